import Bellhop
import EffectReceiver
import Foundation
import HTTPCore
import HTTPTransport
import Subprocess
import Synchronization
import Testing

/// The server is killed while the receiver holds a post. What happens after the next start depends on what the
/// destination says of repetitions.
@Suite(.timeLimit(.minutes(10))) struct EffectKillTests {
    @Test func `idempotent: it is repeated under the same key`() async throws {
        try await kill(repetition: "idempotent") { place, receiver in
            try await place.serve { server in
                let effect = try await server.effect(in: ["done"])
                #expect(effect["reason"] == nil)
            }
            #expect(receiver.posts.count == 2)
            #expect(receiver.countsByKey.count == 1)
            #expect(receiver.questions.isEmpty)
            #expect(Set(receiver.posts.map(\.body)).count == 1)
            for post in receiver.posts { #expect(try post.isSigned(with: EffectPlace.secret)) }
        }
    }

    @Test func `neither: it is unknown, never sent again, and a person decides`() async throws {
        try await kill(repetition: "neither") { place, receiver in
            let key = try #require(receiver.posts.first?.key)
            for _ in 1...2 {
                try await place.serve { server in
                    let effect = try await server.effect(in: ["unknown"])
                    #expect(effect["reason"]?.string?.contains("look at the receiver") == true)
                }
            }
            try await place.serve { server in
                #expect(try await server.effect(in: ["unknown"])["key"]?.string == key)
                let shown = try await server.run(["effects", "show", key])
                #expect(shown.output.contains("bellhop effects done \(key)"))
                let done = try await server.run(["effects", "done", key])
                #expect(done.output.contains("done now"), "\(done.errors)")
                _ = try await server.effect(in: ["done"])
                let again = try await server.run(["effects", "retry", key])
                #expect(again.status != .exited(0))
                #expect(again.errors.contains("it is done"))
            }
            #expect(receiver.countsByKey == [key: 1])
        }
    }

    @Test(arguments: [404, 200])
    func `askable: it is asked first, and sent only if it did not arrive`(status: Int) async throws {
        try await kill(repetition: "askable", answeringQuestions: status) { place, receiver in
            try await place.serve { server in _ = try await server.effect(in: ["done"]) }
            let expected = status == 404 ? ["POST", "GET", "POST"] : ["POST", "GET"]
            #expect(receiver.requests.map(\.method) == expected)
            #expect(Set(receiver.requests.compactMap(\.key)).count == 1)
        }
    }

    /// Runs a server that is killed while it sends an effect, then `body`.
    private func kill(
        repetition: String, answeringQuestions status: Int = 500,
        then body: (EffectPlace, EffectReceiver) async throws -> Void
    ) async throws {
        let isFirst = Mutex(true)
        let answering: EffectReceiver.Answering = { request in
            if request.method == "GET" { return ReceiverAnswer(status) }
            let holds = isFirst.withLock { isFirst in
                defer { isFirst = false }
                return isFirst
            }
            return holds ? await .never() : .ok
        }
        try await EffectReceiver.run(answering: answering) { receiver in
            try await Project.withFolder { folder in
                let place = try EffectPlace(folder, receiver: receiver, repetition: repetition)
                try await place.serve { server in
                    try await server.deliver()
                    await receiver.arrived(1)
                    try server.kill()
                }
                try await body(place, receiver)
            }
        }
    }
}
