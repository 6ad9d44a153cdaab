package import Bellhop

extension Topic {
    /// A shop's or a customer's wish to be told or forgotten, and that the app may act for the shop no more. Bellhop
    /// answers them itself, takes them in for as long as there is any room, and from a shop that has gone, too.
    package static let obliged: Set<Topic> = [
        "customers/data_request", "customers/redact", "shop/redact", "app/uninstalled",
    ]
}
