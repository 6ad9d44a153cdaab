import Bellhop
import Cryptography
import Foundation
import Replay
import Testing

/// A sample that is no file on disk.
func sample(_ name: String, topic: Topic = "orders/create", body: String? = nil) -> SampleFile {
    SampleFile(
        url: URL(fileURLWithPath: "/samples/\(topic)/\(name).json"), topic: topic,
        body: Data((body ?? #"{"name":"\#(name)"}"#).utf8))
}

func plan(
    samples: [SampleFile] = [sample("one"), sample("two")], repeats: Int = 1, duplicates: Double = 0,
    forgeries: Double = 0, ids: ReplayPlan.IDs = .fresh, seed: UInt64 = 7
) throws -> ReplayPlan {
    ReplayPlan(
        samples: samples, shop: try #require(Shop(domain: "kelp-and-cotton.myshopify.com")),
        secret: SigningSecret("shpss_test_4f1d2c3b"), repeats: repeats, duplicates: duplicates,
        forgeries: forgeries, ids: ids, seed: seed)
}

extension SignedDelivery {
    func header(_ name: String) -> String? {
        headers.first { $0.name == name }?.value
    }
}
