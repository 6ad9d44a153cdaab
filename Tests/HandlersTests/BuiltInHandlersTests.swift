import Bellhop
import Foundation
import Handlers
import Testing

@Suite struct BuiltInHandlersTests {
    @Test func `the list names every folder of Plugins, by name`() throws {
        let folders = try Repository.names(in: "Plugins")
        #expect(BuiltInHandlers.all.map { String(describing: $0) } == folders)
    }

    @Test func `ids are unique and well-formed`() {
        let ids = BuiltInHandlers.all.map { $0.id }
        #expect(Set(ids).count == ids.count)
        for id in ids {
            #expect(id.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil, "\(id)")
        }
    }

    @Test func `every handler reads a topic and may spend something`() {
        for handler in BuiltInHandlers.all {
            #expect(!handler.topics.isEmpty, "\(handler)")
            #expect(handler.spendLimit > .zero && handler.spendLimit <= .cents(100), "\(handler)")
            #expect(handler.version >= 1, "\(handler)")
        }
    }

    @Test func `every handler has sources, tests and a README that names its id and topics`() throws {
        for handler in BuiltInHandlers.all {
            let folder = "Plugins/\(handler)"
            #expect(try Set(Repository.names(in: folder)).isSuperset(of: ["Sources", "Tests", "README.md"]))
            let readme = try Repository.text(of: "\(folder)/README.md")
            for word in [handler.id] + handler.topics.map(\.rawValue) {
                #expect(readme.contains("`\(word)`"), "\(folder) does not name \(word)")
            }
        }
    }

    @Test func `every topic that a handler reads into a type of its own has at least two samples`() throws {
        let reading = BuiltInHandlers.all.filter { !Self.passesBodiesOn($0) }
        #expect(!reading.isEmpty)
        for topic in Set(reading.flatMap { $0.topics }) {
            let samples = try Repository.names(in: "samples/\(topic)").filter { $0.hasSuffix(".json") }
            #expect(samples.count >= 2, "\(topic)")
        }
    }

    private static func passesBodiesOn<Handler: WebhookHandler>(_ type: Handler.Type) -> Bool {
        Handler.Payload.self == JSONValue.self
    }
}
