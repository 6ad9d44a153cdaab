import Bellhop
import Console
import Foundation
import InboxCore
import ModelClient
import Testing

/// docs/api.md held against what the routes answer.
@Suite(.timeLimit(.minutes(5))) struct DocumentedAPITests {
    /// Names in the objects under these keys are data.
    private static let data: Set = ["counts", "details", "jobs", "refused", "vouched_by", "body"]

    private let page: String

    init() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
        page = try String(contentsOf: root.appending(path: "docs/api.md").standardizedFileURL, encoding: .utf8)
    }

    @Test(arguments: [
        "health", "counts", "events", "events/a", "dead", "effects", "costs?by=day,model", "refusals", "handlers",
        "privacy",
    ])
    func `every key of an answer is documented`(route: String) async throws {
        let refusals = RefusalReport(
            counts: ["signature_wrong": 7],
            alarm: .init(isRaised: true, accepted: 1, refused: 7, reason: "signature_wrong"),
            recent: [.init(at: Date(), reason: "x", address: "192.0.2.1", method: "POST", path: "/", headers: [])])
        let pause = HandlerStatus.Pause(
            handlerID: "greeter", reason: "r", fingerprint: "f", since: Date(), until: Date(), isProbing: false)
        let desk = WorkerDesk(pauses: { [pause] }, resume: { _ in true }, rehearse: { _, _, _ in [] })
        try await RunningConsole.open(
            effects: MemoryInbox.withTwoPosts().0, refusals: refusals, workers: desk, privacy: ShelfPrivacy()
        ) { console in
            let answer = try JSONValue(parsing: try await console.send(.get, "/api/\(route)").body)
            let keys = keys(of: answer)
            #expect(keys.count > 1)
            #expect(keys.filter { !page.contains("`\($0)`") } == [])
            #expect(answer["error"] == nil)
        }
    }

    private func keys(of value: JSONValue) -> Set<String> {
        switch value {
        case .object(let members):
            members.reduce(into: []) { keys, member in
                keys.insert(member.key)
                if case .object = member.value, Self.data.contains(member.key) { return }
                keys.formUnion(self.keys(of: member.value))
            }
        case .array(let values): values.reduce(into: []) { $0.formUnion(keys(of: $1)) }
        default: []
        }
    }
}
