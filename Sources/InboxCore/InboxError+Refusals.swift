extension InboxError {
    package static var noDelivery: InboxError {
        InboxError(.notFound, "no delivery has this id")
    }

    package static var nothingToRetry: InboxError {
        InboxError(
            .conflict,
            "every job of this delivery is ready or running already, or no handler is bound to its topic; then bind one with "
                + "a file in webhooks/")
    }

    package static var noPayload: InboxError {
        InboxError(.conflict, "the payload of this delivery is not there any more, or is damaged; it cannot run again")
    }

    /// What a run was answered waits for the storage, and the end of the run with it.
    package static var unsettled: InboxError {
        InboxError(
            .storage,
            "answers that were paid for cannot be written yet, and until they are their job keeps its place and no other is "
                + "begun; check the disk that holds the data folder")
    }

    package static var closed: InboxError {
        InboxError(.closed, "the inbox is closed")
    }
}
