import Foundation

/// What a process has in memory, in MiB.
struct Memory {
    var resident: Double
    /// Of it, what no file backs.
    var anonymous: Double

    init(of process: Int32) throws {
        let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        func mebibytes(_ key: String) -> Double {
            let line = status.split(separator: "\n").first { $0.hasPrefix(key) }
            return (line?.split(separator: " ").compactMap { Double($0) }.first ?? .nan) / 1024
        }
        resident = mebibytes("VmRSS:")
        anonymous = mebibytes("RssAnon:")
    }
}
