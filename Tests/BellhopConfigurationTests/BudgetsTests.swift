import BellhopConfiguration
import Foundation
import ModelClient
import Testing
import Vocabulary

@Suite struct BudgetsTests {
    @Test func `every key is read`() throws {
        let rules = try Sample.settings(
            adding: """
                budgets:
                  time_zone: Europe/Berlin
                  daily: 20
                  ceiling: 24.5
                  alert_at: 75
                  emergency_models: [small]
                  credit_fee: 5.5
                  scopes:
                    - { each: shop, daily: 10 }
                    - { label: task, value: fraud_detection, daily: 0.005, ceiling: 0.01 }
                    - { label: shop, value: Kelp-And-Cotton.myshopify.com, daily: 1 }
                """
        ).models.budgets
        #expect(rules.timeZone == "Europe/Berlin")
        #expect(rules.alertAt == 75)
        #expect(rules.emergencyModels == ["small"])
        #expect(rules.creditFee == 5.5)
        #expect(
            rules.budgets == [
                Budget(.all, daily: .cents(2000), ceiling: .cents(2450)),
                Budget(.each(label: "shop"), daily: .cents(1000), ceiling: .cents(1200)),
                Budget(
                    .only(label: "task", value: "fraud_detection"), daily: USD(nanos: 5_000_000), ceiling: .cents(1)),
                Budget(.only(label: "shop", value: "kelp-and-cotton.myshopify.com"), daily: .cents(100)),
            ])
    }

    @Test func `there is no budget unless one is written`() throws {
        #expect(try Sample.settings().models.budgets == BudgetRules())
    }

    @Test(arguments: [
        ("budgets: { daily: -1 }", "without a sign"), ("budgets: { daily: 1,5 }", "unknown key"),
        ("budgets: { daily: 0 }", "more than 0"), ("budgets: { daily: 1e3 }", "amount in dollars"),
        ("budgets: { daily: 99999999999999999999 }", "amount in dollars"),
        ("budgets: { ceiling: 5 }", "write daily beside it"), ("budgets: { alert_at: 0 }", "from 1 to 100"),
        ("budgets: { credit_fee: 51 }", "from 0 to 50"), ("budgets: { credit_fee: .nan }", "from 0 to 50"),
        ("budgets: { scopes: [{ daily: 5 }] }", "for which calls"),
        ("budgets: { scopes: [{ each: shop, label: task, daily: 5 }] }", "for which calls"),
        ("budgets: { scopes: [{ label: task, daily: 5 }] }", "for which calls"),
        ("budgets: { scopes: [{ each: shpo, daily: 5 }] }", "did you mean shop?"),
        ("budgets: { scopes: [{ each: shop }] }", "needs the key daily"),
        ("budgets: { scopes: [{ label: shop, value: kelp, daily: 5 }] }", "shop's host name"),
        ("budgets: { dayly: 5 }", "did you mean daily?"),
    ])
    func `what cannot be meant is refused with its line`(line: String, words: String) throws {
        let error = try Sample.mistake(adding: line)
        #expect(error.line == 13)
        #expect(error.message.contains(words), "\(error)")
    }
}
