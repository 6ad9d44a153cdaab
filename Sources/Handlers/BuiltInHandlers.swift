package import Bellhop
import OrderCreated
import RefundRequested
import ReviewPosted

/// The handler plugins that are built into `bellhop`: one line for each folder of `Plugins/`.
package enum BuiltInHandlers {
    package static let all: [any WebhookHandler.Type] = [
        OrderCreated.self,
        RefundRequested.self,
        ReviewPosted.self,
    ]
}
