import Foundation

extension Stage {
    static let destinationSecret = "torture-destination-secret"

    /// The part of the configuration that says where effects go.
    static func destinations(receiver: String) -> String {
        """
        destinations:
          receiver: { url: "\(receiver)/posts", secret_env: TORTURE_DESTINATION_SECRET }

        """
    }

    /// Has each new order posted to the receiver.
    func subscribeForwarding() throws {
        let text = """
            topic: orders/create
            handler: forward
            settings:
              destination: receiver

            """
        try Data(text.utf8).write(to: webhooks.appending(path: "orders-create-forward.yaml"))
    }
}
