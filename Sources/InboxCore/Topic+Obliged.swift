package import Bellhop

extension Topic {
    /// What has to be taken in for as long as there is any room: a shop's or a customer's wish to be forgotten, and that
    /// the app may act for the shop no more.
    package static let obliged: Set<Topic> = [
        "customers/data_request", "customers/redact", "shop/redact", "app/uninstalled",
    ]
}
