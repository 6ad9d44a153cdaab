extension Settings.Server {
    /// Where webhooks are posted to from this machine.
    package var webhooksURL: String {
        let isEveryAddress = ["0.0.0.0", "::"].contains(host)
        let name = isEveryAddress ? "127.0.0.1" : host.contains(":") ? "[\(host)]" : host
        return "http://\(name):\(port)/webhooks"
    }
}
