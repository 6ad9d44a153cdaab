import Bellhop
import Foundation
import InboxCore
import InboxSQLite

/// Invented payloads: short, so that they are stored as they are and can be searched for.
enum Sample {
    /// The words that a customer wrote, and that must not be found any more.
    static let marker = "Zq7-marker-of-Zoe"

    static func order(_ id: Int, customer: Int?, email: String? = nil, note: String = marker) -> String {
        let customer = customer.map { #","customer":{"id":\#($0)}"# } ?? ""
        let email = email.map { #","email":"\#($0)""# } ?? ""
        return #"{"id":\#(id),"note":"\#(note)"\#(customer)\#(email)}"#
    }

    static func redact(customer: Int, email: String = "zoe@example.com", orders: [Int] = []) -> String {
        """
        {"shop_domain":"\(Shop.example.domain)","customer":{"id":\(customer),"email":"\(email)","phone":null},
        "orders_to_redact":\(orders)}
        """
    }

    /// A customer's request that does not say which customer.
    static let redactNobody = #"{"shop_id":1,"shop_domain":"\#(Shop.example.domain)"}"#

    static let redactShop = #"{"shop_id":1,"shop_domain":"\#(Shop.example.domain)"}"#

    static let uninstalled = #"{"id":1,"myshopify_domain":"\#(Shop.example.domain)"}"#

    static func dataRequest(customer: Int) -> String {
        """
        {"shop_domain":"\(Shop.example.domain)","customer":{"id":\(customer),"email":"zoe@example.com"},
        "orders_requested":[],"data_request":{"id":1}}
        """
    }

    /// A result that quotes the customer wherever it can.
    static func quoting(_ words: String, order: Int64 = 1) -> JobResult {
        Stage.result(.done(effects: [.note(.order(order), words)]), calls: [Stage.call(quoting: words)])
    }
}
