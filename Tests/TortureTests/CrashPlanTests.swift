import Foundation
import Testing

@testable import CrashPoints

@Suite struct CrashPlanTests {
    @Test func `the process dies at the passing that was asked for, and at no other point`() throws {
        let plan = try #require(CrashPlan("model_answered:3"))
        #expect(!plan.isDue(at: "model_answered"))
        #expect(!plan.isDue(at: "effect_sent"))
        #expect(!plan.isDue(at: "model_answered"))
        #expect(!plan.isDue(at: "effect_sent"))
        #expect(plan.isDue(at: "model_answered"))
    }

    @Test func `without a number it is the first passing`() throws {
        #expect(try #require(CrashPlan("effect_sent")).isDue(at: "effect_sent"))
    }

    @Test(arguments: ["", ":1", "effect_sent:", "effect_sent:0", "effect_sent:-1", "effect_sent:x", "effect_sent:1:2"])
    func `what is no plan is refused`(text: String) {
        #expect(CrashPlan(text) == nil)
    }

    /// A point that the torture does not know of would never be reached, and nobody would miss it.
    @Test func `the torture knows every point`() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let points = try ["CommitPoints", "CrashPoint"].map { name in
            try String(contentsOf: root.appending(path: "Sources/CrashPoints/\(name).swift"), encoding: .utf8)
        }.joined().matches(of: /CrashPoint\("([a-z_]+)"\)/).map { String($0.output.1) }
        let fates = try String(
            contentsOf: root.appending(path: "Benchmarks/Torture/Sources/Fates.swift"), encoding: .utf8
        )
        .matches(of: /"([a-z]+_[a-z_]+)"/).map { String($0.output.1) }
        #expect(points.count > 10)
        #expect(Set(points) == Set(fates))
    }
}
