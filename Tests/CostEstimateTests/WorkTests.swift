import CostEstimate
import Foundation
import Testing
import Vocabulary

struct WorkTests {
    @Test(
        arguments: [
            (800, "0.5", 400, 400), (801, "0.5", 401, 400), (1000, "0.7", 700, 300), (10, "0", 0, 10), (10, "1", 10, 0),
            (3, "0.333333333", 1, 2),
        ] as [(Int, String, Int, Int)])
    func `splits a total without losing a token`(total: Int, share: String, prompt: Int, completion: Int) throws {
        let tokens = TokensPerCall(total: total, promptShare: try number(share))
        #expect(tokens == TokensPerCall(prompt: prompt, completion: completion))
        #expect(tokens.total == total)
    }

    @Test func `a day costs its calls times one call`() throws {
        // 400 × 3 + 400 × 15 dollars a million = 0.0072 a call; 2,400 of them.
        let inventory = work("inventory", calls: 2400, tokens: 800)
        #expect(inventory.perDay(on: try model("m", "3", "15")) == (try dollars("17.28")))
    }

    @Test func `input and output have their own prices`() throws {
        var reviews = work("reviews", calls: 10, tokens: 2)
        reviews.tokens = TokensPerCall(prompt: 900, completion: 100)
        // 900 × 0.10 + 100 × 0.40 dollars a million = 0.00013 a call.
        #expect(reviews.perDay(on: try model("m", "0.10", "0.40")) == (try dollars("0.0013")))
    }

    @Test func `a call is rounded up to the nano-dollar, as the client counts it`() throws {
        // 0.083333 dollars a million is 83,333 pico-dollars a token: 84 nano-dollars for one, 1,000 times.
        var single = work("single", calls: 1000, tokens: 2)
        single.tokens = TokensPerCall(prompt: 1, completion: 0)
        #expect(single.perDay(on: try model("m", "0.083333", "1")) == USD(nanos: 84_000))
    }

    @Test(
        arguments: [
            ("0.05", "0.045", true), ("0.05", "0.0449", false), ("0.05", "0.0549", true), ("0.05", "0.055", false),
            ("22", "21.7875", true), ("22", "21.4999", false), ("14.40", "14.4", true), ("14.4", "14.44", true),
            ("14.40", "14.44", false), ("0", "0", true),
        ] as [(String, String, Bool)])
    func `a claim is met by what rounds to it at its own decimals`(
        claimed: String, figure: String, isMet: Bool
    ) throws {
        #expect(try claim(claimed).isMet(by: number(figure)) == isMet)
    }
}
