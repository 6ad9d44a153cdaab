/// Waits until every door is open, then tells once.
actor Readiness {
    private let expectsAdmin: Bool
    private let onReady: @Sendable (Server.Ports) async -> Void
    private var webhooks: Int?
    private var admin: Int?

    init(expectsAdmin: Bool, onReady: @escaping @Sendable (Server.Ports) async -> Void) {
        self.expectsAdmin = expectsAdmin
        self.onReady = onReady
    }

    func publicDoor(port: Int) async {
        webhooks = port
        await tell()
    }

    func privateDoor(port: Int) async {
        admin = port
        await tell()
    }

    private func tell() async {
        guard let webhooks, !expectsAdmin || admin != nil else { return }
        await onReady(Server.Ports(webhooks: webhooks, admin: admin))
    }
}
