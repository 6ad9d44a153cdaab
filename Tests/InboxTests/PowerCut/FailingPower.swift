import Foundation
import PowerCutVFS

/// A file system for SQLite whose power can be cut.
final class FailingPower: @unchecked Sendable {
    // `@unchecked Sendable`: the pointer is never changed, and what it points to has a lock of its own.
    private let power: OpaquePointer
    let name = "powercut-\(UUID().uuidString)"

    struct NotRegistered: Error {}
    struct NotRestored: Error {}

    init() throws {
        guard let power = powercut_create(name) else { throw NotRegistered() }
        self.power = power
    }

    deinit {
        powercut_destroy(power)
    }

    /// Cuts the power during the n-th change from now; 0 for never.
    func cut(atChange change: Int) {
        powercut_arm(power, Int64(change))
    }

    var isOff: Bool { powercut_is_off(power) }

    /// Since the power was last armed.
    var changes: Int { Int(powercut_changes(power)) }

    /// Writes what a restart finds into a new folder.
    func restore(into folder: URL, losing loss: Loss, seed: Int) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        guard powercut_restore(power, folder.path, loss.inC, UInt64(seed)) else { throw NotRestored() }
    }
}

/// What becomes of changes that were not flushed.
enum Loss: String, CaseIterable, Sendable {
    case everything, allButAPrefix, some, partsOfWrites

    fileprivate var inC: PowerCutLoss {
        switch self {
        case .everything: PowerCutLosesAll
        case .allButAPrefix: PowerCutKeepsPrefix
        case .some: PowerCutKeepsSome
        case .partsOfWrites: PowerCutTearsWrites
        }
    }
}
