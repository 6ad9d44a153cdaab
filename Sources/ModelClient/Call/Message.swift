extension ModelCall {
    /// One turn of the conversation.
    public struct Message: Sendable, Hashable, Codable {
        public enum Role: String, Sendable, Hashable, Codable {
            case system, user, assistant
            /// What a tool gave back; ``Message/toolCallID`` says for which call.
            case tool
        }

        public var role: Role
        public var content: String
        /// The tools that an assistant's message calls.
        public var toolCalls: [ToolCall]
        /// The call that a tool's message answers.
        public var toolCallID: String?

        public init(
            _ role: Role, _ content: String, toolCalls: [ToolCall] = [], toolCallID: String? = nil
        ) {
            self.role = role
            self.content = content
            self.toolCalls = toolCalls
            self.toolCallID = toolCallID
        }
    }
}
