import Testing
import Vocabulary

@testable import ModelClient

@Suite(.timeLimit(.minutes(3)))
struct SimulationTests {
    private static let models = ["cheap", "fair", "good", "spare", "best"]

    private func rules(budget: Budget? = nil, adjust: (inout ModelClientConfiguration) -> Void = { _ in })
        -> Engine.Rules
    {
        var configuration = ModelClientConfiguration.sample()
        if let budget {
            let perShop = Budget(.each(label: "shop"), daily: USD(nanos: budget.daily.nanos / 2))
            configuration.budgets = BudgetRules(budgets: [budget, perShop], emergencyModels: ["cheap"])
        }
        adjust(&configuration)
        return Engine.Rules(configuration)
    }

    /// A call with three of the models in a chance order.
    @Sendable private static func offer(_ dice: Dice) -> Engine.Offer {
        var names = models
        let hops = (0..<3).map { target in
            let name = names.remove(at: Int(dice.next() % UInt64(names.count)))
            let price = Int64((models.firstIndex(of: name) ?? 0) + 1) * 300_000
            return Engine.Offer.Hop(
                target: target, model: name, provider: name == "spare" ? "two" : "one",
                worstCase: USD(nanos: price + Int64(dice.share() * 1_000_000)), tokens: 1000, timeout: .seconds(30))
        }
        return Engine.Offer(
            hops: hops, task: dice.pick([.classification, .reviewSentiment, .fraudDetection]),
            labels: ["shop": dice.pick(["a", "b", "c"])], priority: Int(dice.next() % 10),
            deadline: .seconds(20 + Int(dice.share() * 100)), maxRequests: 6, spendLimit: .cents(2))
    }

    private func day(seed: UInt64, calls: Int, crashes: [Duration] = []) -> Simulation.Setup {
        Simulation.Setup(
            seed: seed, rules: rules(budget: Budget(.all, daily: USD(nanos: 30_000_000_000))), calls: calls,
            time: .seconds(86_400), offer: Self.offer,
            outages: [
                .init(
                    models: ["cheap"], time: .seconds(20_000)..<(.seconds(24_000)), failure: .unavailable,
                    takes: .milliseconds(50)),
                .init(
                    models: ["good", "best"], time: .seconds(40_000)..<(.seconds(41_000)), failure: .timeout,
                    takes: .seconds(30)),
                .init(
                    models: Set(Self.models), time: .seconds(60_000)..<(.seconds(60_300)), failure: .notConnected,
                    takes: .milliseconds(5)),
            ], crashes: crashes)
    }

    @Test func `a day of 50,000 calls keeps every rule at every step`() {
        var simulation = Simulation(day(seed: 1, calls: 50_000))
        simulation.run()
        #expect(simulation.violations == [])
        let tally = simulation.tally
        #expect(tally.answered > 40_000)
        #expect(tally.answered + tally.endings.values.reduce(0, +) == 50_000)
        #expect(tally.occasions[.retry, default: 0] > 100)
        #expect(tally.occasions[.fallback, default: 0] > 100)
        #expect(tally.occasions[.correction, default: 0] > 100)
        #expect(tally.alerts.contains(.modelDown("cheap")))
        #expect(tally.alerts.contains(.modelRecovered("cheap")))
    }

    @Test func `the same seed gives the same run, another seed another`() {
        func run(_ seed: UInt64) -> Simulation.Tally {
            var simulation = Simulation(day(seed: seed, calls: 3000, crashes: [.seconds(30_000)]))
            simulation.run()
            return simulation.tally
        }
        let first = run(7)
        #expect(first == run(7))
        #expect(first.digest != run(8).digest)
    }

    @Test(arguments: 0..<20)
    func `no interleaving of calls, failures and crashes crosses the ceiling`(seed: Int) {
        let dice = Dice(seed: UInt64(seed))
        let crashes = (0..<5).map { _ in Duration.seconds(Int(dice.share() * 600)) }
        var simulation = Simulation(
            Simulation.Setup(
                seed: UInt64(seed), rules: rules(budget: Budget(.all, daily: .cents(40), ceiling: .cents(50))),
                calls: 2000, time: .seconds(600), offer: Self.offer, failureShare: 0.3, cancelledShare: 0.1,
                crashes: crashes))
        simulation.run()
        #expect(simulation.violations == [])
        #expect(simulation.tally.billed <= .cents(50))
        #expect(simulation.tally.billed > .cents(10))
    }

    @Test func `a total outage is met with next to no traffic and one probe an interval`() {
        let outage = Duration.seconds(0)..<Duration.seconds(60)
        let breaker = BreakerRules()
        var setup = Simulation.Setup(
            seed: 3, rules: rules(), calls: 12_000, time: .seconds(60), offer: Self.offer,
            outages: [
                .init(models: Set(Self.models), time: outage, failure: .unavailable, takes: .milliseconds(100))
            ], cancelledShare: 0, offersAgain: true)
        setup.failureShare = 0
        var simulation = Simulation(setup)
        simulation.run()
        #expect(simulation.violations == [])
        // First tries, retries, fallbacks, probes, and whatever those send that wait and come again.
        let sent = simulation.tally.asked.values.reduce(0, +)
        #expect(simulation.tally.returns > 12_000)
        #expect(sent * 10 <= 12_000 * 11)
        // The first wave of 50 at once finds out about five models; after it there are only probes.
        #expect(sent < 1000)
        for (model, times) in simulation.tally.times {
            // After the first wave each request is a probe.
            let probes = times.filter { $0 > .seconds(5) && outage.contains($0) }
            for (one, next) in zip(probes, probes.dropFirst()) {
                #expect(next - one >= breaker.interval, "\(model) was probed twice in an interval")
            }
            #expect(!probes.isEmpty)
        }
    }

    /// Ten times a day somebody changes budgets, limits and the number of places, and providers tell later what a
    /// broken answer cost.
    @Test(arguments: 0..<5)
    func `no change of rules and no late bill crosses what holds at the time`(seed: Int) {
        let dice = Dice(seed: UInt64(seed) + 100)
        var setup = day(seed: UInt64(seed), calls: 2000, crashes: [.seconds(30_000), .seconds(70_000)])
        setup.adoptions = (1...10).map { index in
            let daily = USD(nanos: Int64(1 + dice.next() % 6) * 200_000_000)
            var adopted = rules(budget: Budget(.all, daily: daily)) { configuration in
                configuration.limits.concurrency = 1 + Int(dice.next() % 20)
            }
            adopted.modelLimits["cheap"] = RateLimits(requestsPerMinute: 1 + Int(dice.next() % 10))
            return (.seconds(index * 8_000), adopted)
        }
        setup.failureShare = 0.3
        setup.correctedShare = 0.8
        var simulation = Simulation(setup)
        simulation.run()
        #expect(simulation.violations == [])
        #expect(simulation.tally.corrections > 20)
        #expect(simulation.tally.answered > 200)
    }

    @Test(arguments: 0..<3)
    func `rate limits of models and providers hold through a rush`(seed: Int) {
        var limited = rules()
        for model in Self.models {
            limited.modelLimits[model] = RateLimits(requestsPerMinute: 20, tokensPerMinute: 50_000)
        }
        limited.providerLimits["one"] = RateLimits(requestsPerMinute: 40)
        var setup = Simulation.Setup(
            seed: UInt64(seed), rules: limited, calls: 2000, time: .seconds(600), offer: Self.offer, failureShare: 0.1,
            offersAgain: true, crashes: [.seconds(200)])
        setup.adoptions = [(.seconds(400), limited)]
        var simulation = Simulation(setup)
        simulation.run()
        #expect(simulation.violations == [])
        // 60 a minute for ten minutes and a little more, and what the meters hold at the start and after the crash.
        let sent = simulation.tally.asked.values.reduce(0, +)
        #expect((600...900).contains(sent))
    }

    @Test func `a refused key stops its provider alone, until one probe shows that it is good`() {
        let refused = Duration.seconds(100)..<Duration.seconds(2000)
        var setup = Simulation.Setup(
            seed: 5, rules: rules(), calls: 4000, time: .seconds(4000), offer: Self.offer,
            outages: [
                .init(
                    models: ["cheap", "fair", "good", "best"], time: refused, failure: .authentication,
                    takes: .milliseconds(50))
            ], cancelledShare: 0)
        setup.failureShare = 0
        var simulation = Simulation(setup)
        simulation.run()
        #expect(simulation.violations == [])
        #expect(simulation.tally.alerts.filter { $0 == .keyRefused(provider: "one") }.count == 1)
        let asked = ["cheap", "fair", "good", "best"].flatMap { simulation.tally.times[$0] ?? [] }.sorted()
        // After the requests that were under way there are only probes.
        let probes = asked.filter { $0 > refused.lowerBound + .seconds(10) && refused.contains($0) }
        #expect(!probes.isEmpty)
        for (one, next) in zip(probes, probes.dropFirst()) { #expect(next - one >= BreakerRules().accountInterval) }
        let spare = simulation.tally.times["spare"] ?? []
        #expect(spare.contains { refused.contains($0) })
        #expect(asked.contains { $0 > refused.upperBound + BreakerRules().accountInterval })
    }

    @Test func `a model that the provider does not have is asked no more, until other rules are adopted`() {
        let gone = Duration.seconds(100)..<Duration.seconds(1000)
        var setup = Simulation.Setup(
            seed: 6, rules: rules(), calls: 4000, time: .seconds(2000), offer: Self.offer,
            outages: [.init(models: ["fair"], time: gone, failure: .unknownModel, takes: .milliseconds(50))],
            cancelledShare: 0, adoptions: [(.seconds(500), rules()), (.seconds(1500), rules())])
        setup.failureShare = 0
        var simulation = Simulation(setup)
        simulation.run()
        #expect(simulation.violations == [])
        #expect(simulation.tally.alerts.filter { $0 == .unknownModel("fair", provider: "one") }.count == 2)
        let times = simulation.tally.times["fair"] ?? []
        // Once it is known, once it is tried again, and then it is there.
        #expect(
            !times.contains { ($0 > .seconds(110) && $0 < .seconds(500)) || (510...1499).contains($0 / .seconds(1)) })
        #expect(times.contains { $0 > .seconds(1500) })
    }

    @Test func `every kind of failure by chance keeps every rule`() {
        var setup = day(seed: 11, calls: 3000, crashes: [.seconds(50_000)])
        setup.kinds = FailureKind.allCases
        setup.failureShare = 0.1
        setup.correctedShare = 0.5
        setup.adoptions = [(.seconds(30_000), rules(budget: Budget(.all, daily: .cents(500))))]
        var simulation = Simulation(setup)
        simulation.run()
        #expect(simulation.violations == [])
    }
}
