package import Bellhop
import Foundation
import Vocabulary

/// Finds the sample payloads below files and folders.
package enum SampleLibrary {
    /// Reads the files given, and every `.json` file in the folders given and below them, except in folders named
    /// `answers`. The result is sorted by path; a file that is named twice is read once.
    ///
    /// - Parameter topic: the topic of all of them; `nil` takes it from each path.
    /// - Throws: ``SampleError`` for the first file that cannot be used, or when there is none.
    package static func load(paths: [String], topic: Topic? = nil) throws -> [SampleFile] {
        let files = try Set(paths.flatMap(files(at:))).sorted { $0.path < $1.path }
        guard !files.isEmpty else {
            throw SampleError(path: paths.joined(separator: ", "), problem: .nothingFound)
        }
        return try files.map { try sample(at: $0, topic: topic) }
    }

    private static func files(at path: String) throws -> [URL] {
        var isFolder: ObjCBool = false
        let url = URL(fileURLWithPath: path).standardizedFileURL
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
            throw SampleError(path: path, problem: .missing)
        }
        guard isFolder.boolValue else { return [url] }
        return FileManager.default.enumerator(atPath: url.path).map { files(in: url, $0) } ?? []
    }

    private static func files(in folder: URL, _ enumerator: FileManager.DirectoryEnumerator) -> [URL] {
        enumerator.compactMap { $0 as? String }.compactMap { path in
            let components = path.split(separator: "/")
            let skipped = components.contains { $0 == "answers" || $0.hasPrefix(".") }
            guard path.hasSuffix(".json"), !skipped else { return nil }
            return folder.appendingPathComponent(path).standardizedFileURL
        }
    }

    private static func sample(at url: URL, topic: Topic?) throws -> SampleFile {
        guard let topic = topic ?? SampleFile.topic(ofPath: url) else {
            throw SampleError(path: url.path, problem: .noTopic)
        }
        guard let body = try? Data(contentsOf: url) else {
            throw SampleError(path: url.path, problem: .unreadable)
        }
        guard body.count <= SampleFile.largest else {
            throw SampleError(path: url.path, problem: .tooLarge)
        }
        guard (try? JSONValue(parsing: body)) != nil else {
            throw SampleError(path: url.path, problem: .notJSON)
        }
        return SampleFile(url: url, topic: topic, body: body)
    }
}

/// A sample that cannot be delivered.
package struct SampleError: Error, Hashable, CustomStringConvertible {
    package var path: String
    package var problem: Problem

    package enum Problem: Sendable, Hashable {
        case missing, nothingFound, unreadable, tooLarge, notJSON, noTopic
    }

    package var description: String {
        switch problem {
        case .missing: "\(path): there is no such file or folder"
        case .nothingFound: "\(path): there is no .json file"
        case .unreadable: "\(path): the file cannot be read"
        case .tooLarge: "\(path): a delivery has at most \(SampleFile.largest >> 20) MiB"
        case .notJSON: "\(path): the file is not JSON"
        case .noTopic:
            "\(path): the path shows no topic; put the file into samples/RESOURCE/EVENT/ or name the topic with --topic"
        }
    }
}
