import Vocabulary

/// A stream that is unusual or breaks. It is charged in full unless its case says otherwise.
package enum StreamFault: Sendable, Hashable {
    // Where the usage stands.
    /// In a last chunk with `choices: []`, also where the server would not tell it.
    case usageWithoutChoices
    /// In a last chunk with one choice that has an empty delta.
    case usageWithEmptyChoice
    case usageOnFinish
    /// On every chunk, with the tokens so far.
    case usageOnEveryChunk

    // What is written between the chunks, and how.
    /// Comments only, for so long; then the stream.
    case commentsFirst(milliseconds: Int)
    /// A chunk in the middle that is no JSON; everything else is told.
    case malformedLine
    /// No end marker after everything else.
    case missingDone
    /// Characters of several bytes are written byte by byte.
    case splitCharacters
    case crlf
    /// The whole answer as one JSON body, as from a server that does not stream.
    case notStreamed

    // How it breaks.
    /// The connection is closed after so many tokens.
    case cut(afterTokens: Int)
    /// The stream ends after so many tokens, in good order but for the rest of it.
    case end(afterTokens: Int)
    /// Nothing comes after so many tokens, until the client gives up or the hang limit is over.
    case stall(afterTokens: Int)
    /// An error in the middle, with a number as its code. At no cost.
    case error
    /// An error in the middle, with a word as its code. At no cost.
    case errorWithWord

    func apply(to answer: inout Answer) {
        switch self {
        case .usageWithoutChoices: answer.form.stream.usage = .lastWithoutChoices
        case .usageWithEmptyChoice: answer.form.stream.usage = .lastWithEmptyChoice
        case .usageOnFinish: answer.form.stream.usage = .onFinish
        case .usageOnEveryChunk: answer.form.stream.usage = .onEveryChunk
        case .commentsFirst(let milliseconds): answer.form.stream.commentsFirst = .milliseconds(milliseconds)
        case .malformedLine: answer.form.stream.hasMalformedLine = true
        case .missingDone: answer.form.stream.endsWithDone = false
        case .splitCharacters: answer.form.stream.splitsCharacters = true
        case .crlf: answer.form.stream.lineEnd = "\r\n"
        case .notStreamed: answer.form.isStream = false
        case .cut(let tokens): answer.form.stream.interruption = .cut(afterTokens: tokens)
        case .end(let tokens): answer.form.stream.interruption = .end(afterTokens: tokens)
        case .stall(let tokens): answer.form.stream.interruption = .stall(afterTokens: tokens)
        case .error: answer.breakOff(with: 502)
        case .errorWithWord: answer.breakOff(with: "server_error")
        }
    }
}
