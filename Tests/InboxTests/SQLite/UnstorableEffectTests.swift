import Bellhop
import Foundation
import InboxCore
import Testing
import Vocabulary

@testable import InboxSQLite

/// What is recorded can be read back.
@Suite(.timeLimit(.minutes(5))) struct UnstorableEffectTests {
    private static func nested(_ levels: Int) -> JSONValue {
        (1..<levels).reduce(JSONValue.array([])) { value, _ in .array([value]) }
    }

    @Test(arguments: [JSONValue.number(.nan), nested(200), ["a": .array([.number(.nan)])]])
    func `an effect that cannot be read back is not recorded`(body: JSONValue) async throws {
        try await withTemporaryFolder { folder in
            let inbox = try await SQLiteInbox.open(folder: folder, logger: .quiet)
            _ = try await inbox.store(Sample.delivery("w1"))
            let claim = try await inbox.claimOne()
            let effects = [Sample.post(1), .post(Effect.Post(to: "erp", body))]
            let error = await #expect(throws: InboxError.self) {
                try await inbox.finish(claim, with: Sample.result(.done(effects: effects)))
            }
            #expect(error?.code == .damaged)
            #expect(error?.message.contains("effect") == true)
            #expect(try await inbox.states().isEmpty)
            #expect(try await inbox.finish(claim, with: Sample.result(.held(reason: "an effect is too deep"))))
            await inbox.close()
        }
    }

    @Test func `the deepest body that can be read is`() async throws {
        try await withTemporaryFolder { folder in
            let inbox = try await SQLiteInbox.open(folder: folder, logger: .quiet)
            let effect = Effect.post(Effect.Post(to: "erp", Self.nested(199)))
            _ = try await inbox.plan([effect])
            #expect(try await inbox.claimEffects().map(\.effect) == [effect])
            await inbox.close()
        }
    }
}
