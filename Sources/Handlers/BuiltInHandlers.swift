package import Bellhop
import ForwardEvent
import OrderCreated
import RefundRequested
import ReviewPosted

/// The handler plugins that are built into `bellhop`: one line for each folder of `Plugins/`.
package enum BuiltInHandlers {
    package static let all: [any WebhookHandler.Type] = [
        ForwardEvent.self,
        OrderCreated.self,
        RefundRequested.self,
        ReviewPosted.self,
    ]
}
