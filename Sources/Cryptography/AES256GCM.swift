import COpenSSL
import Foundation

/// AES-256-GCM as OpenSSL's providers offer it, looked up once.
@safe final class AES256GCM: @unchecked Sendable {
    // `@unchecked Sendable`: OpenSSL allows the use of a fetched algorithm on many threads at once.
    private let algorithm: OpaquePointer?

    static let shared = AES256GCM()
    static let nonceBytes = 12
    static let tagBytes = 16

    private init() {
        unsafe algorithm = Lookup.repeated { unsafe EVP_CIPHER_fetch(nil, "AES-256-GCM", nil) }
    }

    deinit {
        unsafe EVP_CIPHER_free(algorithm)
    }

    /// - Parameters:
    ///   - key: 32 bytes.
    ///   - nonce: 12 bytes that this key has never been used with.
    ///   - context: proven to be the same when the text is opened, but not part of what comes out.
    /// - Returns: the ciphertext, as long as the plain text, and the tag behind it.
    func encrypt(_ plain: Data, key: [UInt8], nonce: Data, context: Data) throws -> Data {
        let cipher = try unsafe makeContext(key: key, nonce: nonce, isEncrypting: true)
        defer { unsafe EVP_CIPHER_CTX_free(cipher) }
        try unsafe authenticate(context, in: cipher)
        var output = Data(count: plain.count + Self.tagBytes)
        try unsafe output.withUnsafeMutableBytes { target in
            try unsafe transform(plain, into: target, with: cipher)
            var rest: CInt = 0
            guard unsafe EVP_CipherFinal_ex(cipher, target.bytes(from: plain.count), &rest) == 1,
                unsafe EVP_CIPHER_CTX_ctrl(
                    cipher, EVP_CTRL_AEAD_GET_TAG, CInt(Self.tagBytes), target.bytes(from: plain.count)) == 1
            else { throw SignatureError.library("EVP_CipherFinal_ex") }
        }
        return output
    }

    /// - Parameter sealed: the ciphertext and the tag behind it.
    /// - Returns: the plain text; `nil` when a bit of it, of the nonce or of the context is not what it was.
    func decrypt(_ sealed: Data, key: [UInt8], nonce: Data, context: Data) throws -> Data? {
        guard sealed.count >= Self.tagBytes else { return nil }
        let cipher = try unsafe makeContext(key: key, nonce: nonce, isEncrypting: false)
        defer { unsafe EVP_CIPHER_CTX_free(cipher) }
        try unsafe authenticate(context, in: cipher)
        let body = sealed.dropLast(Self.tagBytes)
        var tag = [UInt8](sealed.suffix(Self.tagBytes))
        // Room for one byte at least: an empty buffer has no address.
        var output = Data(count: max(1, body.count))
        let isGenuine = try unsafe output.withUnsafeMutableBytes { target in
            try unsafe transform(Data(body), into: target, with: cipher)
            guard unsafe EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_SET_TAG, CInt(Self.tagBytes), &tag) == 1 else {
                throw SignatureError.library("EVP_CIPHER_CTX_ctrl")
            }
            var rest: CInt = 0
            return unsafe EVP_CipherFinal_ex(cipher, target.bytes(from: body.count), &rest) == 1
        }
        guard isGenuine else {
            ERR_clear_error()
            return nil
        }
        return output.prefix(body.count)
    }

    private func makeContext(key: [UInt8], nonce: Data, isEncrypting: Bool) throws -> OpaquePointer {
        guard let algorithm = unsafe algorithm else { throw SignatureError.library("EVP_CIPHER_fetch") }
        guard key.count == 32, nonce.count == Self.nonceBytes, let cipher = unsafe EVP_CIPHER_CTX_new() else {
            throw SignatureError.library("EVP_CIPHER_CTX_new")
        }
        let status = unsafe EVP_CipherInit_ex2(cipher, algorithm, key, [UInt8](nonce), isEncrypting ? 1 : 0, nil)
        guard status == 1 else {
            unsafe EVP_CIPHER_CTX_free(cipher)
            throw SignatureError.library("EVP_CipherInit_ex2")
        }
        return unsafe cipher
    }

    private func authenticate(_ context: Data, in cipher: OpaquePointer) throws {
        guard !context.isEmpty else { return }
        var count: CInt = 0
        guard unsafe EVP_CipherUpdate(cipher, nil, &count, [UInt8](context), try size(of: context)) == 1 else {
            throw SignatureError.library("EVP_CipherUpdate")
        }
    }

    private func transform(
        _ input: Data, into target: UnsafeMutableRawBufferPointer, with cipher: OpaquePointer
    ) throws {
        guard !input.isEmpty else { return }
        let size = try size(of: input)
        let status = unsafe input.withUnsafeBytes { source in
            var count: CInt = 0
            return unsafe EVP_CipherUpdate(
                cipher, target.bytes(from: 0), &count, source.assumingMemoryBound(to: UInt8.self).baseAddress, size)
        }
        guard status == 1 else { throw SignatureError.library("EVP_CipherUpdate") }
    }

    /// OpenSSL counts in 32 bits.
    private func size(of data: Data) throws -> CInt {
        guard let size = CInt(exactly: data.count) else {
            throw SignatureError(code: .library, message: "\(data.count) bytes are too many for one seal")
        }
        return size
    }
}

extension UnsafeMutableRawBufferPointer {
    /// Where the bytes from an offset on lie.
    fileprivate func bytes(from offset: Int) -> UnsafeMutablePointer<UInt8>? {
        unsafe baseAddress.map { unsafe ($0 + offset).assumingMemoryBound(to: UInt8.self) }
    }
}
