import Foundation
import Testing
import Vocabulary

struct TokenPriceTests {
    @Test(
        arguments: [("0.25", 250_000), ("15", 15_000_000), ("0.083333", 83_333), ("0.0000001", 1)] as [(String, Int64)])
    func `holds a list price exactly or rounds it up`(dollars: String, picos: Int64) throws {
        let price = try #require(Decimal(string: dollars).flatMap { TokenPrice(dollarsPerMillion: $0) })
        #expect(price.picos == picos)
    }

    @Test func `has no negative price, which catalogues use for unknown`() {
        #expect(TokenPrice(dollarsPerMillion: -1) == nil)
        #expect(TokenPrice(picos: -1) == nil)
    }

    @Test func `rounds the cost of a call up, not that of a token`() throws {
        let price = try #require(TokenPrice(picos: 83_333))
        #expect(price.cost(of: 1) == USD(nanos: 84))
        #expect(price.cost(of: 1000) == USD(nanos: 83_333))
        #expect(price.cost(of: 0) == .zero)
    }

    @Test func `saturates for hostile counts and charges nothing for negative ones`() throws {
        let price = try #require(TokenPrice(picos: .max))
        #expect(price.cost(of: .max) == USD(nanos: .max / 1000 + 1))
        #expect(price.cost(of: -5) == .zero)
        #expect(TokenPrice.free.cost(of: .max) == .zero)
    }
}
