import Bellhop
import EffectReceiver
import Foundation
import Testing

@Suite(.timeLimit(.minutes(10))) struct EffectReloadTests {
    @Test func `a corrected address is taken up while the server runs`() async throws {
        let gone = try await EffectReceiver.run { $0.url }
        try await EffectReceiver.run { receiver in
            try await Project.withFolder { folder in
                let place = try EffectPlace(folder, receiver: receiver, repetition: "idempotent")
                try place.write(url: gone)
                try await place.serve { server in
                    try await server.deliver()
                    try await server.says("effect not delivered yet")
                    let waiting = try await server.effect(in: ["planned"])
                    #expect(waiting["attempts"]?.integer ?? 0 >= 1)
                    let reason = try #require(waiting["reason"]?.string)
                    #expect(reason.contains("stock was not reached"))

                    try place.write(url: receiver.url)
                    try server.hangUp()
                    try await server.says("configuration taken up")
                    _ = try await server.run(["effects", "retry", waiting["key"]?.string ?? ""])
                    _ = try await server.effect(in: ["done"])
                }
            }
            #expect(receiver.posts.count == 1)
        }
    }
}
