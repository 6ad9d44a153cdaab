import Bellhop
import Cryptography
import Foundation
import Replay
import Testing

struct SignedDeliveryTests {
    @Test(arguments: [
        (
            #"{"id":1,"admin_graphql_api_id":"gid:\/\/shopify\/Order\/1"}"#,
            "G8Nxl209drVndSIQZ10o8Nu8UKpTuhWN+nHeWUmNCDk="
        ),
        (#"{"name":"Zoë Grüße","city":"東京","note":"☕️ naïve"}"#, "jp60yJ79OmK3avdSGeP1KGPtxivxZ/LJx6spRMIUawI="),
        (
            #"{"shop_id":954889,"shop_domain":"kelp-and-cotton.myshopify.com"}"# + "\n",
            "UxyMM2HM6UrP0ztoQPcOy5lB82q2Qi9QW78hI9pQsVA="
        ),
    ])
    func signsTheBytesAsTheyAre(body: String, signature: String) throws {
        let delivery = try #require(try Array(plan(samples: [sample("one", body: body)]).deliveries()).first)
        #expect(delivery.header("X-Shopify-Hmac-Sha256") == signature)
        #expect(delivery.body == Data(body.utf8))
    }

    @Test func carriesTheHeadersOfAClassicWebhook() throws {
        let moment = Date(timeIntervalSince1970: 1_795_341_600.25)
        let plan = try plan(samples: [sample("one", topic: "refunds/create")])
        let delivery = try #require(try Array(plan.deliveries(now: { moment })).first)
        #expect(delivery.header("Content-Type") == "application/json")
        #expect(delivery.header("User-Agent") == "Shopify-Captain-Hook")
        #expect(delivery.header("X-Shopify-Topic") == "refunds/create")
        #expect(delivery.header("X-Shopify-Shop-Domain") == "kelp-and-cotton.myshopify.com")
        #expect(delivery.header("X-Shopify-API-Version") == "2026-10")
        #expect(delivery.header("X-Shopify-Webhook-Id") == delivery.ids.webhook.uuidString.lowercased())
        #expect(delivery.header("X-Shopify-Event-Id") == delivery.ids.event.uuidString.lowercased())
        #expect(delivery.header("X-Shopify-Triggered-At") == "2026-11-22T10:00:00.250Z")
    }

    @Test func aForgedSignatureHasTheRightFormAndIsWrong() throws {
        let genuine = try DeliverySignature.genuine(Data("{}".utf8), secret: SigningSecret("secret"))
        let forged = genuine.forged
        #expect(forged != genuine)
        #expect(Data(base64Encoded: forged.header)?.count == 32)
        #expect(forged.forged.header.dropFirst() == genuine.header.dropFirst())
    }
}
