import Testing

@testable import HTTPTransport

@Suite struct HeaderBlockTests {
    private func block(_ lines: String...) -> HeaderBlock {
        var block = HeaderBlock()
        for line in lines { _ = block.append(Array(line.utf8)) }
        return block
    }

    @Test func namesAndValuesAreKeptInOrder() {
        let fields = block("HTTP/1.1 200 OK\r\n", "B: 2\r\n", "a:1 \r\n", "B:  3: 4\t\r\n", "Empty:\r\n", "\r\n").fields
        #expect(fields.map(\.name) == ["B", "a", "B", "Empty"])
        #expect(fields.map(\.value) == ["2", "1", "3: 4", ""])
    }

    @Test func anInterimResponseIsReplaced() {
        let fields = block(
            "HTTP/1.1 103 Early Hints\r\n", "Link: x\r\n", "\r\n", "HTTP/1.1 200 OK\r\n", "A: 1\r\n", "\r\n"
        ).fields
        #expect(fields.map(\.name) == ["A"])
    }

    @Test func trailersAreLeftOut() {
        let fields = block("HTTP/1.1 200 OK\r\n", "A: 1\r\n", "\r\n", "Authorization: late\r\n", "\r\n").fields
        #expect(fields.map(\.name) == ["A"])
    }

    /// A trailer can look like the start of another response.
    @Test func aSealedBlockIsNotReplaced() {
        var sealed = block("HTTP/1.1 200 OK\r\n", "A: 1\r\n", "\r\n")
        sealed.seal()
        for line in ["HTTP/1.1 200 OK\r\n", "B: 2\r\n", "\r\n"] { _ = sealed.append(Array(line.utf8)) }
        #expect(sealed.fields.map(\.name) == ["A"])
    }

    @Test func aFoldedLineGoesOnWithTheOneBefore() {
        let fields = block("HTTP/1.1 200 OK\r\n", " lost\r\n", "A: 1\r\n", "\t 2\r\n", "no colon\r\n", "\r\n").fields
        #expect(fields.map(\.name) == ["A"])
        #expect(fields.map(\.value) == ["1 2"])
    }

    @Test func everyLineCountsTowardsTheLimit() {
        var block = HeaderBlock()
        let line = Array("HTTP/1.1 103 Early Hints\r\n".utf8)
        let taken = (0..<10_000).prefix { _ in block.append(line) }
        #expect(taken.count == HeaderBlock.maxBytes / line.count)
    }
}
