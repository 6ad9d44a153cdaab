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
        ("*=slow:1500,share=0.25", FaultRule(model: "*", fault: .slow(milliseconds: 1500), share: 0.25)),
        ("*=hang,times=2,share=1", FaultRule(model: "*", fault: .hang, times: 2, share: 1)),
        ("*=hang,share=0,times=2", FaultRule(model: "*", fault: .hang, times: 2, share: 0)),
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
        ("*=hang,times=many", "above 0"), ("*=raw", "no fault named"), ("*=hang,share=2", "0 to 1"),
        ("*=hang,share=nan", "0 to 1"), ("*=hang,share=often,times=1", "0 to 1"),
    ])
    func saysWhatIsWrongWithAnArgument(argument: String, hint: String) {
        let error = #expect(throws: FaultRuleError.self) { try FaultRule(argument: argument) }
        #expect(error?.description.contains(hint) == true)
    }

    @Test func everyNamedFaultCanBeWrittenAndReadBack() throws {
        #expect(Fault.names.count > 50)
        for name in Fault.names {
            let text = name.prefix { $0 != "[" }.split(separator: ":").joined(separator: ":")
            let written = text.replacing(/:[A-Z]+$/, with: ":5")
            #expect(try Fault(text: written).description == written)
        }
    }

    @Test(arguments: [
        "rate_limit_reset:1795341660000", "capacity_exhausted:40", "fewer_max_tokens:100", "other_model:made/up:free",
        "cost_as:1e-05", "cost_as:-1.50E+3", "slow_body:2", "cut_after:0",
    ])
    func keepsAParameter(text: String) throws {
        #expect(try Fault(text: text).description == text)
    }

    @Test(arguments: [
        ("*=cost_as", "1e-05"), ("*=cost_as:much", "1e-05"), ("*=cost_as:01", "1e-05"), ("*=cut_after", "tokens"),
        ("*=stall_after:-1", "tokens"), ("*=capacity_exhausted:soon", "seconds"), ("*=crlf:1", "takes no parameter"),
    ])
    func saysWhatIsWrongWithAParameter(argument: String, hint: String) {
        let error = #expect(throws: FaultRuleError.self) { try FaultRule(argument: argument) }
        #expect(error?.description.contains(hint) == true)
    }
}
