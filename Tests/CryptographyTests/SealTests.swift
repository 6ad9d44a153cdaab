import Foundation
import Testing

@testable import Cryptography

@Suite struct SealTests {
    private let key: StorageKey
    private let place = "bodies.content/1"

    init() throws {
        key = try StorageKey(bytes: Data(0..<32))
    }

    /// Test cases 13 to 16 of "The Galois/Counter Mode of Operation (GCM)" by McGrew and Viega, submitted to NIST in
    /// 2004; the ones with a key of 256 bits and a nonce of 96.
    @Test(arguments: GCMVector.all)
    func `the known texts come out`(vector: GCMVector) throws {
        let key = [UInt8](vector.key)
        let sealed = try AES256GCM.shared.encrypt(vector.plain, key: key, nonce: vector.nonce, context: vector.context)
        #expect(sealed == vector.cipher + vector.tag)
        #expect(
            try AES256GCM.shared.decrypt(sealed, key: key, nonce: vector.nonce, context: vector.context)
                == vector.plain)
    }

    @Test(arguments: [0, 1, 15, 16, 17, 4096, 100_000])
    func `what is sealed can be opened, whatever its length`(length: Int) throws {
        let plain = Data((0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        let sealed = try Seal.close(plain, with: key, for: place)
        #expect(sealed.count == length + Seal.overhead)
        #expect(try Seal.open(sealed, with: key, for: place) == plain)
        #expect(Seal.keyID(of: sealed) == key.id)
    }

    @Test func `the same text is never sealed to the same bytes`() throws {
        let seals = try (0..<100).map { _ in try Seal.close(Data("hello".utf8), with: key, for: place) }
        #expect(Set(seals).count == 100)
    }

    @Test func `no bit can be changed without being noticed`() throws {
        let sealed = try Seal.close(Data("zoe@example.com".utf8), with: key, for: place)
        for position in sealed.indices {
            for bit in 0..<8 {
                var tampered = sealed
                tampered[position] ^= 1 << bit
                #expect(throws: SealError.damaged) { try Seal.open(tampered, with: key, for: place) }
            }
        }
    }

    @Test func `nothing can be cut off or put behind`() throws {
        let sealed = try Seal.close(Data("zoe@example.com".utf8), with: key, for: place)
        for length in 0..<sealed.count {
            #expect(throws: SealError.damaged) { try Seal.open(sealed.prefix(length), with: key, for: place) }
        }
        #expect(throws: SealError.damaged) { try Seal.open(sealed + Data([0]), with: key, for: place) }
    }

    @Test func `sealed bytes do not open in another place`() throws {
        let sealed = try Seal.close(Data("hello".utf8), with: key, for: place)
        #expect(throws: SealError.damaged) { try Seal.open(sealed, with: key, for: "bodies.content/2") }
    }

    @Test func `a slice is opened without its surroundings`() throws {
        let framed = Data("<<".utf8) + (try Seal.close(Data("hello".utf8), with: key, for: place)) + Data(">>".utf8)
        #expect(try Seal.open(framed.dropFirst(2).dropLast(2), with: key, for: place) == Data("hello".utf8))
    }
}

struct GCMVector: Sendable, CustomTestStringConvertible {
    var number: Int
    var key: Data
    var nonce: Data
    var plain = Data()
    var context = Data()
    var cipher = Data()
    var tag: Data

    var testDescription: String { "case \(number)" }

    private static let longKey = hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308")
    private static let longNonce = hex("cafebabefacedbaddecaf888")
    private static let longPlain = hex(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
            + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255")
    private static let longCipher = hex(
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
            + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad")

    static let all = [
        GCMVector(
            number: 13, key: Data(count: 32), nonce: Data(count: 12), tag: hex("530f8afbc74536b9a963b4f1c4cb738b")),
        GCMVector(
            number: 14, key: Data(count: 32), nonce: Data(count: 12), plain: Data(count: 16),
            cipher: hex("cea7403d4d606b6e074ec5d3baf39d18"), tag: hex("d0d1c8a799996bf0265b98b5d48ab919")),
        GCMVector(
            number: 15, key: longKey, nonce: longNonce, plain: longPlain, cipher: longCipher,
            tag: hex("b094dac5d93471bdec1a502270e3cc6c")),
        GCMVector(
            number: 16, key: longKey, nonce: longNonce, plain: longPlain.prefix(60),
            context: hex("feedfacedeadbeeffeedfacedeadbeefabaddad2"), cipher: longCipher.prefix(60),
            tag: hex("76fc6ece0f4e1768cddf8853bb2d551b")),
    ]

    private static func hex(_ digits: String) -> Data {
        Data(Hexadecimal.decode(digits) ?? [])
    }
}
