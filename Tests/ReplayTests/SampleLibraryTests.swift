import Bellhop
import Foundation
import Replay
import TestSupport
import Testing

struct SampleLibraryTests {
    @Test func takesTopicsFromFoldersAndSortsByPath() throws {
        try TemporaryFolder.with([
            "samples/orders/create/b.json": #"{"id": 2}"#,
            "samples/orders/create/a.json": "{\"id\": 1}\n",
            "samples/app/uninstalled/x.json": "{}",
            "samples/answers/reviews.json": "[]",
            "samples/orders/create/notes.txt": "not a sample",
            "samples/.hidden/x.json": "{}",
        ]) { folder in
            let samples = try SampleLibrary.load(paths: ["\(folder.path)/samples"])
            #expect(samples.map(\.topic) == ["app/uninstalled", "orders/create", "orders/create"])
            #expect(samples.map(\.url.lastPathComponent) == ["x.json", "a.json", "b.json"])
            #expect(samples[1].body == Data("{\"id\": 1}\n".utf8))
        }
    }

    @Test func readsAFileOnceHoweverOftenItIsNamed() throws {
        try TemporaryFolder.with(["samples/orders/create/a.json": "{}"]) { folder in
            let file = "\(folder.path)/samples/orders/create/a.json"
            let samples = try SampleLibrary.load(paths: [
                file, "\(folder.path)/samples", "\(folder.path)/samples/../samples",
            ])
            #expect(samples.count == 1)
        }
    }

    @Test func aGivenTopicIsThatOfEveryFile() throws {
        try TemporaryFolder.with(["elsewhere/a.json": "{}", "samples/orders/create/b.json": "{}"]) { folder in
            let samples = try SampleLibrary.load(paths: [folder.path], topic: "orders/paid")
            #expect(samples.map(\.topic) == ["orders/paid", "orders/paid"])
        }
    }

    @Test func saysWhatIsWrong() throws {
        try TemporaryFolder.with([
            "samples/orders/create/broken.json": "{",
            "elsewhere/a.json": "{}",
            "empty/readme.txt": "",
        ]) { folder in
            func problem(_ path: String) -> SampleError.Problem? {
                #expect(throws: SampleError.self) { try SampleLibrary.load(paths: ["\(folder.path)/\(path)"]) }?.problem
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
