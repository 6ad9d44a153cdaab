import Bellhop
import Foundation
import Replay
import Testing

struct SampleLibraryTests {
    @Test func takesTopicsFromFoldersAndSortsByPath() throws {
        try Folder.with([
            "samples/orders/create/b.json": #"{"id": 2}"#,
            "samples/orders/create/a.json": "{\"id\": 1}\n",
            "samples/app/uninstalled/x.json": "{}",
            "samples/answers/reviews.json": "[]",
            "samples/orders/create/notes.txt": "not a sample",
            "samples/.hidden/x.json": "{}",
        ]) { folder in
            let samples = try SampleLibrary.load(paths: ["\(folder)/samples"])
            #expect(samples.map(\.topic) == ["app/uninstalled", "orders/create", "orders/create"])
            #expect(samples.map(\.url.lastPathComponent) == ["x.json", "a.json", "b.json"])
            #expect(samples[1].body == Data("{\"id\": 1}\n".utf8))
        }
    }

    @Test func readsAFileOnceHoweverOftenItIsNamed() throws {
        try Folder.with(["samples/orders/create/a.json": "{}"]) { folder in
            let file = "\(folder)/samples/orders/create/a.json"
            let samples = try SampleLibrary.load(paths: [file, "\(folder)/samples", "\(folder)/samples/../samples"])
            #expect(samples.count == 1)
        }
    }

    @Test func aGivenTopicIsThatOfEveryFile() throws {
        try Folder.with(["elsewhere/a.json": "{}", "samples/orders/create/b.json": "{}"]) { folder in
            let samples = try SampleLibrary.load(paths: [folder], topic: "orders/paid")
            #expect(samples.map(\.topic) == ["orders/paid", "orders/paid"])
        }
    }

    @Test func saysWhatIsWrong() throws {
        try Folder.with([
            "samples/orders/create/broken.json": "{",
            "elsewhere/a.json": "{}",
            "empty/readme.txt": "",
        ]) { folder in
            func problem(_ path: String) -> SampleError.Problem? {
                #expect(throws: SampleError.self) { try SampleLibrary.load(paths: ["\(folder)/\(path)"]) }?.problem
            }
            #expect(problem("samples") == .notJSON)
            #expect(problem("elsewhere") == .noTopic)
            #expect(problem("empty") == .nothingFound)
            #expect(problem("nowhere") == .missing)
        }
    }

    @Test(arguments: [
        ("/x/samples/orders/create/a.json", "orders/create"),
        ("/x/samples/orders/create/deep/a.json", "orders/create"),
        ("/samples/old/x/samples/orders/paid/a.json", "orders/paid"),
        ("/x/samples/orders/a.json", nil), ("/x/samples/a.json", nil), ("/x/orders/create/a.json", nil),
    ])
    func theTopicIsTheTwoFoldersBelowSamples(path: String, topic: String?) {
        #expect(SampleFile.topic(ofPath: URL(fileURLWithPath: path))?.rawValue == topic)
    }
}

/// A temporary folder with files in it, removed afterwards.
private enum Folder {
    static func with(_ files: [String: String], _ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (path, text) in files {
            let url = folder.appendingPathComponent(path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
        try body(folder.path)
    }
}
