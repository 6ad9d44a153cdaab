extension InboxError {
    package static var noDelivery: InboxError {
        InboxError(.notFound, "no delivery has this id")
    }

    package static var nothingToRetry: InboxError {
        InboxError(
            .conflict, "every job of this delivery is ready or running already, or no handler is bound to its topic")
    }

    package static var noPayload: InboxError {
        InboxError(.conflict, "the payload of this delivery is not there any more, or is damaged; it cannot run again")
    }

    package static var closed: InboxError {
        InboxError(.closed, "the inbox is closed")
    }
}
