import Bellhop
import Foundation
import Testing

@Suite struct IdentifierTests {
    @Test func `a shop is its host in lower case`() {
        #expect(Shop(domain: "Kelp-And-Cotton.MyShopify.com")?.domain == "kelp-and-cotton.myshopify.com")
    }

    @Test(
        arguments: [
            "", "a", "localhost", ".shop.com", "shop.com.", "a..b", "shop.com/x", "shop com", "shop.com:80", "schön.de",
            String(repeating: "a", count: 252) + ".com",
        ])
    func `what is no host name is no shop`(text: String) {
        #expect(Shop(domain: text) == nil)
        #expect(throws: DecodingError.self) { try JSONValue.string(text).decode(Shop.self) }
    }

    @Test func `a resource id names its type and keeps large numbers exact`() throws {
        let order = ResourceID.order(1_152_921_504_606_847_977)
        #expect(order.gid == "gid://shopify/Order/1152921504606847977")
        #expect(order == ResourceID(gid: order.gid))
        #expect(order.type == "Order")
        #expect(ResourceID.product(7).type == "Product")
        #expect(ResourceID(gid: "gid://shopify/Metaobject/181320450327")?.type == "Metaobject")
    }

    @Test(
        arguments: [
            "", "1047", "gid://shopify/Order", "gid://shopify/Order/", "gid://shopify//1", "gid://other/Order/1",
            "gid://shopify/Order/1/2", "https://shopify/Order/1", "gid://shopify/Order/1 ", "gid://shopify/Ördér/1",
            "gid://shopify/Order/" + String(repeating: "1", count: 200),
        ])
    func `what is no global id is refused`(text: String) {
        #expect(ResourceID(gid: text) == nil)
        #expect(throws: DecodingError.self) { try JSONValue.string(text).decode(ResourceID.self) }
    }

    @Test func `topics, shops and resource ids are plain texts in JSON`() throws {
        struct Names: Codable, Equatable {
            var topic: Topic
            var shop: Shop
            var resource: ResourceID
        }
        let names = Names(topic: "orders/create", shop: .example, resource: .order(1))
        let json = try JSONValue(parsing: JSONEncoder().encode(names))
        #expect(
            json == [
                "topic": "orders/create", "shop": "kelp-and-cotton.myshopify.com", "resource": "gid://shopify/Order/1",
            ])
        #expect(try json.decode(Names.self) == names)
    }
}
