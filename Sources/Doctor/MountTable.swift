import Foundation

/// What is mounted where, as Linux tells in `/proc/self/mountinfo` (proc(5)).
struct MountTable {
    private var mounts: [(point: String, type: String)] = []

    /// - Parameter text: a mount on each line: mount point fifth, and the type behind a lone hyphen.
    init(_ text: String) {
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count > 5, let hyphen = fields[5...].firstIndex(of: "-"), hyphen + 1 < fields.count else {
                continue
            }
            mounts.append((point: Self.unescaped(fields[4]), type: String(fields[hyphen + 1])))
        }
    }

    /// That of this process; empty where there is no such file.
    static var own: MountTable {
        let data = FileManager.default.contents(atPath: "/proc/self/mountinfo") ?? Data()
        return MountTable(String(decoding: data, as: UTF8.self))
    }

    /// The type of the file system that a path lies on; of several mounts at one point the last counts.
    ///
    /// - Parameter path: absolute, without links.
    func type(of path: String) -> String? {
        let covering = mounts.filter { mount in
            mount.point == "/" || path == mount.point || path.hasPrefix(mount.point + "/")
        }
        let longest = covering.map(\.point.count).max()
        return covering.last { $0.point.count == longest }?.type
    }

    /// Spaces and their like are written as a backslash and three octal digits.
    private static func unescaped(_ field: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = field.utf8[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(3)
            if byte == UInt8(ascii: "\\"), digits.count == 3,
                let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
            {
                bytes.append(code)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
