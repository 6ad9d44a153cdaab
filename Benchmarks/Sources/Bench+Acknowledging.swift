import BenchmarkReport
import Foundation
import Subprocess
import Synchronization

extension Bench {
    /// Acknowledgements a second at 64 connections: Bellhop with its store, the same HTTP server bare, and nginx bare.
    func acknowledging() async throws -> Report.Section {
        var full: [Double] = []
        var bare: [Double] = []
        var nginx: [Double] = []
        for round in 1...rounds {
            progress("acknowledging", round)
            nginx.append(try await rate { try await servingNginx($0) })
            bare.append(try await rate { try await servingBare($0) })
            full.append(try await rate { try await servingBellhop(data: subfolder("data"), $0) })
        }
        var section = Report.Section(
            "Acknowledgements a second",
            "`wrk` with \(Self.connections) connections posts the signed order of \(try body().count) bytes, each under "
                + "a new webhook id, for \(Int(seconds)) s; \(rounds) rounds in turn, medians. Bellhop verifies, stores on "
                + "SQLite with `synchronous=FULL` and answers; the others read the body and answer 200.",
            columns: ["server", "per second", "Bellhop's ratio to it", "aim"])
        section.add("Bellhop, stored", count(full.median), "", "")
        section.add(
            "the same HTTP server, bare 200", count(bare.median), fixed(medianRatio(full, bare), 2),
            Aim.atLeast(0.4).verdict(on: medianRatio(full, bare)))
        section.add("nginx, bare 200", count(nginx.median), fixed(medianRatio(full, nginx), 2), "")
        return section
    }

    /// Runs wrk against a server.
    private func rate(
        _ serve: (@escaping @Sendable (Running) async throws -> Void) async throws -> Void
    ) async throws -> Double {
        let measured = Mutex<Double?>(nil)
        let command = [
            "wrk", "-t", "1", "-c", String(Self.connections), "-d", "\(Int(seconds))s", "-s", "Benchmarks/deliver.lua",
        ]
        let arguments = ["--", Self.body, try signature(), UUID().uuidString]
        try await serve { server in
            let result = try await Subprocess.run(
                .name(command[0]),
                arguments: Arguments(
                    Array(command.dropFirst()) + ["http://127.0.0.1:\(server.port)/webhooks"] + arguments),
                output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
            guard let line = result.standardOutput.split(separator: "\n").last(where: { $0.hasPrefix("RESULT") }),
                case let numbers = line.split(separator: " ").compactMap({ Double($0) }), numbers.count == 5,
                numbers[2] == 0
            else { throw MeasurementFailed(what: "wrk: \(result.standardOutput) \(result.standardError)") }
            measured.withLock { $0 = numbers[0] / (numbers[1] / 1e6) }
        }
        guard let rate = measured.withLock({ $0 }) else { throw MeasurementFailed(what: "wrk gave no result") }
        return rate
    }

    struct MeasurementFailed: Error {
        var what: String
    }

    func progress(_ what: String, _ round: Int) {
        FileHandle.standardError.write(Data("\(what), round \(round) of \(rounds)\n".utf8))
    }

    /// The median of the ratios round by round.
    func medianRatio(_ a: [Double], _ b: [Double]) -> Double {
        zip(a, b).map { $0 / $1 }.median
    }

    func count(_ number: Double) -> String {
        fixed(number, 0)
    }

    func fixed(_ number: Double, _ digits: Int) -> String {
        number.formatted(
            .number.precision(.fractionLength(digits)).grouping(.never).locale(Locale(identifier: "en_US_POSIX")))
    }
}
