import Foundation
import InboxCore
import Testing

@testable import InboxSQLite

@Suite(.timeLimit(.minutes(5)))
struct DamageTests {
    static let compressed = String(repeating: "order ", count: 1000)

    @Test(arguments: [
        "UPDATE bodies SET content = x'00' WHERE delivery = 1",
        "UPDATE bodies SET content = substr(content, 1, length(content) - 5) WHERE delivery = 1",
        "UPDATE bodies SET content = x'28B52FFD' || substr(content, 5, 8) || zeroblob(20) WHERE delivery = 1",
        "UPDATE bodies SET headers = '{' WHERE delivery = 1",
        "UPDATE bodies SET encoding = 'lzw' WHERE delivery = 1",
        "UPDATE bodies SET encoding = 'raw' WHERE delivery = 1",
        "UPDATE deliveries SET body_bytes = body_bytes + 1 WHERE seq = 1",
        "UPDATE deliveries SET body_bytes = body_bytes - 1 WHERE seq = 1",
        "UPDATE deliveries SET body_bytes = 9000000000000000000 WHERE seq = 1",
        "UPDATE deliveries SET body_bytes = -1 WHERE seq = 1",
        "UPDATE deliveries SET shop = '?' WHERE seq = 1",
        "DELETE FROM bodies WHERE delivery = 1",
    ])
    func aDamagedDeliveryIsHeldAndTheNextIsHandedOut(sql: String) async throws {
        try await withTemporaryFolder { folder in
            let inbox = try await SQLiteInbox.open(folder: folder, logger: .quiet)
            _ = try await inbox.store(Sample.delivery("damaged", body: Self.compressed))
            _ = try await inbox.store(Sample.delivery("sound", body: Self.compressed))
            #expect(try await inbox.writer.submit(SQLCommand(sql: sql + " RETURNING 1")) == 1)

            #expect(try await inbox.claim().map(\.delivery.webhookID) == ["sound"])
            #expect(try await inbox.counts().jobs == [.held: 1, .running: 1])
            let reason = try await inbox.writer.submit(
                SQLCommand(sql: "SELECT reason = 'the stored delivery is damaged' FROM jobs WHERE id = 1"))
            #expect(reason == 1)
            await inbox.close()
        }
    }

    @Test(arguments: 0..<32)
    func aFlippedBitIsNoticed(position: Int) throws {
        let content = Data(Self.compressed.utf8)
        var frame = try #require(ZstdFrame.compress(content))
        let index = position * frame.count / 32
        frame[index] ^= 0x10
        let damaged = try? ZstdFrame.decompress(frame, bytes: content.count)
        // Some bits of a frame's header mean nothing; what comes out is right then.
        #expect(damaged == nil || damaged == content)
    }

    @Test func aFrameIsNotTrustedAboutItsSize() throws {
        let bomb = try #require(ZstdFrame.compress(Data(count: 10 << 20)))
        #expect(bomb.count < 2000)
        #expect(throws: ZstdFrame.Damaged.self) { try ZstdFrame.decompress(bomb, bytes: 1000) }
    }

    @Test func whatDoesNotShrinkStaysAsItIs() {
        let noise = Data((0..<1000).map { _ in UInt8.random(in: 0...255) })
        #expect(ZstdFrame.compress(noise) == nil)
        #expect(StoredBody(storing: noise).encoding == .raw)
        #expect(StoredBody(storing: Data()).content == Data())
    }
}
