import Foundation
import ModelStandIn
import Testing

struct FaultRuleTests {
    @Test(arguments: [
        ("*=server_error", FaultRule(model: "*", fault: .serverError)),
        (
            "openai/gpt-5-mini=rate_limited:3600",
            FaultRule(model: "openai/gpt-5-mini", fault: .rateLimited(retryAfter: "3600"))
        ),
        ("some/model:free=rate_limited", FaultRule(model: "some/model:free", fault: .rateLimited(retryAfter: nil))),
        ("*=slow:1500,times=2", FaultRule(model: "*", fault: .slow(milliseconds: 1500), times: 2)),
        (
            "*=unavailable:Wed, 21 Oct 2026 07:28:00 GMT,times=1",
            FaultRule(model: "*", fault: .unavailable(retryAfter: "Wed, 21 Oct 2026 07:28:00 GMT"), times: 1)
        ),
    ])
    func readsAnArgument(argument: String, rule: FaultRule) throws {
        #expect(try FaultRule(argument: argument) == rule)
    }

    @Test(arguments: [
        ("server_error", "MODEL=FAULT"), ("=server_error", "MODEL=FAULT"), ("*=", "no fault named"),
        ("*=meteor", "no fault named \"meteor\""), ("*=slow", "milliseconds"), ("*=slow:soon", "milliseconds"),
        ("*=slow:-1", "milliseconds"), ("*=hang:5", "takes no parameter"), ("*=hang,times=0", "above 0"),
        ("*=hang,times=many", "above 0"), ("*=raw", "in a file only"),
    ])
    func saysWhatIsWrongWithAnArgument(argument: String, hint: String) {
        let error = #expect(throws: FaultRuleError.self) { try FaultRule(argument: argument) }
        #expect(error?.description.contains(hint) == true)
    }

    @Test func readsAFileAndWritesItBack() throws {
        let file = """
            [{"model": "*", "fault": "rate_limited:40", "times": 3},
             {"model": "a/b", "fault": "cut_mid_body"},
             {"model": "a/b", "fault": {"raw": {"status": 502, "headers": {"X-A": "b"}, "body": "<html>"}}}]
            """
        let rules = try JSONDecoder().decode([FaultRule].self, from: Data(file.utf8))
        #expect(
            rules == [
                FaultRule(model: "*", fault: .rateLimited(retryAfter: "40"), times: 3),
                FaultRule(model: "a/b", fault: .cutMidBody),
                FaultRule(
                    model: "a/b", fault: .raw(RawResponse(status: 502, headers: ["X-A": "b"], body: "<html>"))),
            ])
        #expect(try JSONDecoder().decode([FaultRule].self, from: JSONEncoder().encode(rules)) == rules)
    }

    @Test(arguments: [
        #"{"model": "*", "fault": "meteor"}"#, #"{"model": "*", "fault": {"raw": {"status": 99}}}"#,
        #"{"model": "*", "fault": {"status": 500}}"#, #"{"fault": "hang"}"#,
    ])
    func refusesAFileThatIsNotUnderstood(file: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(FaultRule.self, from: Data(file.utf8)) }
    }

    @Test func everyNamedFaultCanBeWrittenAndReadBack() throws {
        let names = Fault.names.filter { !$0.contains("MILLISECONDS") }.map { $0.prefix { $0 != "[" } }
        #expect(names.count > 25)
        for name in names {
            #expect(try Fault(text: String(name)).description == name)
        }
    }
}
