import Foundation
import InboxSQLite

/// Looks whether the inbox could live where it should.
struct DataFolderCheck {
    let path: String
    /// Bytes that must be free for ordinary webhooks to be taken in.
    let minFreeDisk: Int

    func run() -> [Finding] {
        let folder = URL(fileURLWithPath: path, isDirectory: true).standardizedFileURL
        guard let there = folder.nearestThatExists else {
            return [
                Finding(.dataFolder, .fail, path, "no folder above it exists", advice: "name another under server.data")
            ]
        }
        let kind = FileSystemKind(named: MountTable.own.type(of: there.resolvingSymlinksInPath().path))
        return [writing(there: there.path == folder.path, there), fileSystem(kind), room(DiskSpace.free(at: there))]
            .compactMap { $0 }
    }

    /// - Parameter free: in bytes; `nil` when it cannot be told.
    func room(_ free: Int?) -> Finding? {
        guard let free, free / 2 < minFreeDisk else { return nil }
        let message =
            "has \(free >> 20) MiB free; with less than \(minFreeDisk >> 20) MiB ordinary webhooks are refused"
        return Finding(
            .dataFolder, free < minFreeDisk ? .fail : .warn, path, message,
            advice: "make room, or lower inbox.min_free_disk")
    }

    private func writing(there isThere: Bool, _ folder: URL) -> Finding {
        let problem = isThere ? folder.problemOfWriting : folder.isWritableFolder ? nil : "cannot be made"
        if let problem {
            return Finding(
                .dataFolder, .fail, path, problem,
                advice: "let the user who runs the server write there, or name another folder under server.data")
        }
        return Finding(.dataFolder, .ok, path, isThere ? "can be written" : "will be made")
    }

    func fileSystem(_ kind: FileSystemKind) -> Finding {
        switch kind {
        case .local(let name): Finding(.dataFolder, .ok, path, "lies on a local disk (\(name))")
        case .unknown(let name):
            Finding(
                .dataFolder, .warn, path, "lies on a file system that is not known here\(name.map { ", \($0)" } ?? "")",
                advice: "make sure that it is on a local disk that survives a restart")
        case .passing(let name):
            Finding(
                .dataFolder, .warn, path, "lies on \(name), which is gone with the container or the machine",
                advice: "mount a volume and name it under server.data")
        case .network(let name):
            Finding(
                .dataFolder, .fail, path, "lies on \(name): locks and flushes of SQLite do not hold there",
                advice: "name a folder on a local disk under server.data")
        }
    }
}

extension URL {
    /// The folder itself, or the first above it that is there.
    fileprivate var nearestThatExists: URL? {
        var url = self
        while !FileManager.default.fileExists(atPath: url.path) {
            let parent = url.deletingLastPathComponent().standardizedFileURL
            guard parent.path != url.path else { return nil }
            url = parent
        }
        return url
    }

    fileprivate var isWritableFolder: Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
            && FileManager.default.isWritableFile(atPath: path)
    }

    /// Why a file cannot be written into the folder; `nil` when it can. The file is removed again.
    fileprivate var problemOfWriting: String? {
        guard isWritableFolder else { return "is not a folder that can be written" }
        let file = appending(path: ".bellhop-doctor-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        return (try? Data("doctor".utf8).write(to: file)) == nil ? "takes no file; is the disk full?" : nil
    }
}
