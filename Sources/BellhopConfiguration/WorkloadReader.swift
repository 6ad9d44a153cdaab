package import CostEstimate
package import Foundation
import Vocabulary

/// Reads a workload: work for models, and what a source says it costs.
package enum WorkloadReader {
    /// - Throws: ``ConfigurationError`` for the first mistake, by file and line.
    package static func read(_ url: URL) throws -> Workload {
        let document = try YAMLDocument(
            contentsOf: url, advice: "name a workload such as samples/workloads/daily.yaml")
        return try read(document, folder: url.deletingLastPathComponent())
    }

    static let keys: Keys = [
        "name": .value, "description": .value, "single": .mapping(WorkReader.pricedModelKeys),
        "claimed": .mapping(totalKeys), "work": .list(.mapping(WorkReader.keys)), "mix": .value,
        "volumes": .list(.mapping(volumeKeys)),
    ]
    private static let totalKeys: Keys = ["single": .value, "routed": .value, "saved": .value]
    private static let volumeKeys: Keys = ["calls_per_day": .value, "claimed": .mapping(WorkReader.claimKeys)]
    /// Kinds of work, and volumes, in one file.
    private static let most = 200

    private static func read(_ document: YAMLDocument, folder: URL) throws -> Workload {
        let root = document.root
        try root.check(keys)
        let name = try root.required("name").text()
        var workload = try root["mix"].map { try mixed(root, like: $0, folder: folder) } ?? own(root, named: name)
        workload.name = name
        workload.description = try root["description"]?.text()
        if let volumes = root["volumes"] {
            workload.volumes = try volumes.entries(1...most).map { try volume($0.mapping()) }
        }
        if workload.mix == nil { try checkSource(of: workload, root) }
        return workload
    }

    /// A workload with work of its own.
    private static func own(_ root: YAMLMapping, named name: String) throws -> Workload {
        guard let work = root["work"] else {
            throw root.owner.mistake("needs the key work, a list; or mix, the name of a file that has one")
        }
        var workload = Workload(name: name, work: try work.entries(1...most).map { try WorkReader.read($0.mapping()) })
        workload.source = try root["single"].map(WorkReader.pricedModel)
        if let claimed = try root["claimed"]?.mapping() {
            workload.claimed = try WorkReader.claims(claimed, keys: totalKeys)
            workload.claimedSaving = try claimed["saved"]?.claimedPercent()
        }
        return workload
    }

    /// A workload with the work of another file.
    private static func mixed(_ root: YAMLMapping, like mix: YAMLValue, folder: URL) throws -> Workload {
        for key in ["work", "single", "claimed"] {
            if let value = root[key] {
                throw value.mistake("comes from the file that mix names; leave out one of them")
            }
        }
        if root["volumes"] == nil {
            throw root.owner.mistake("needs the key volumes: without, it would be the file that mix names")
        }
        let name = try mix.text()
        guard !name.contains("/"), !name.hasPrefix(".") else {
            throw mix.mistake("must be the name of a file in the same folder, without a path")
        }
        let document = try YAMLDocument(
            contentsOf: folder.appending(path: name), advice: "mix must name a workload in the same folder")
        if document.root["mix"] != nil { throw mix.mistake("must name a file with work of its own") }
        var workload = try read(document, folder: folder)
        workload.mix = name
        return workload
    }

    private static func volume(_ map: YAMLMapping) throws -> Volume {
        try map.check(volumeKeys)
        return Volume(
            callsPerDay: try map.required("calls_per_day").callsPerDay(),
            claimed: try map["claimed"].map { try WorkReader.claims($0.mapping()) } ?? Claims())
    }

    /// What a source claims can only be checked against prices that it states.
    private static func checkSource(of workload: Workload, _ root: YAMLMapping) throws {
        let claims = [workload.claimed] + workload.work.map(\.claimed) + workload.volumes.map(\.claimed)
        let isClaimed = claims.contains { $0 != Claims() } || workload.claimedSaving != nil
        guard isClaimed || workload.work.contains(where: { $0.stated != nil }), workload.source == nil else { return }
        throw root.owner.mistake(
            "needs the key single, the source's one model with its prices: "
                + "single: { model: NAME, prompt: 3, completion: 15 }")
    }
}
