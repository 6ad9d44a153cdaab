// swift-tools-version: 6.2
import PackageDescription

/// The handler plugins built into `bellhop`, one folder each under `Plugins/`.
let plugins = ["ForwardEvent", "OrderCreated", "RefundRequested", "ReviewPosted"]

// Products of other packages, named once.
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let histogram = Target.Dependency.product(name: "Histogram", package: "hdrhistogram-swift")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let heap = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

/// Whether the fuzz targets are built as a program with libFuzzer in it (`make fuzz`) or, as a rule, as a test.
let isFuzzing = Context.environment["BELLHOP_FUZZ"] != nil
let sanitizers = "-sanitize=fuzzer,address"
let fuzzed: [Target.Dependency] = [
    "Addresses", "Bellhop", "BellhopConfiguration", "Cryptography", "HTTPCore", "InboxCore", "InboxSQLite", "Listener",
    "ModelClient", "OrderCreated", "Privacy", "RefundRequested", "ReviewPosted", "Terminal", "Vocabulary", httpTypes,
]
let fuzzing: Target =
    isFuzzing
    ? .executableTarget(
        name: "Fuzz", dependencies: fuzzed, path: "Tests/Fuzz", exclude: ["Corpus", "Suite", "run", "words.dict"],
        linkerSettings: [.unsafeFlags([sanitizers, "-use-ld=lld"])])
    : .testTarget(
        name: "FuzzTests", dependencies: fuzzed + ["TestSupport"], path: "Tests/Fuzz",
        exclude: ["Corpus", "LibFuzzer", "run", "words.dict"])

let package = Package(
    name: "bellhop",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "bellhop", targets: ["BellhopCLI"]),
        .library(name: "Bellhop", targets: ["Bellhop"]),
        .library(name: "BellhopTesting", targets: ["BellhopTesting"]),
        .library(name: "ModelClient", targets: ["ModelClient", "HTTPTransport"]),
    ],
    traits: [
        .trait(
            name: "CrashPoints",
            description: "Builds that kill themselves where BELLHOP_CRASH_AT says, for tests; never for a release.")
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        // C libraries: a module map each, imported by exactly one Swift target.
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),

        // What a plugin sees.
        .target(name: "Vocabulary"),
        .target(name: "Bellhop", dependencies: ["Vocabulary"]),
        .target(name: "BellhopTesting", dependencies: ["Bellhop", "Vocabulary"]),

        // Models.
        .target(name: "HTTPCore"),
        .target(name: "HTTPTransport", dependencies: ["CCurl", "HTTPCore"]),
        .target(name: "ModelClient", dependencies: ["HTTPCore", "Vocabulary", heap, logging]),
        .target(
            name: "ModelStandIn",
            dependencies: [
                "BellhopTesting", "Vocabulary", httpTypes, hummingbird, lifecycle, logging, nioCore, nioPosix,
            ]),
        .target(name: "CostEstimate", dependencies: ["ModelClient", "Vocabulary"]),

        // Door, inbox, workers.
        .target(name: "Addresses"),
        .target(name: "CrashPoints"),
        .target(name: "Cryptography", dependencies: ["COpenSSL"]),
        .target(name: "InboxCore", dependencies: ["Bellhop", "Vocabulary"]),
        .target(
            name: "InboxSQLite",
            dependencies: [
                "Bellhop", "CZstd", "CrashPoints", "Cryptography", "InboxCore", "ModelClient", "Vocabulary", grdb,
                grdbSQLite, logging,
            ]),
        .target(
            name: "Listener",
            dependencies: [
                "Addresses", "Bellhop", "InboxCore", "Cryptography", httpTypes, hummingbird, hummingbirdCore, lifecycle,
                logging, nioCore, nioHTTP1, nioHTTPTypes, nioPosix,
            ]),
        .target(
            name: "Console",
            dependencies: [
                "Bellhop", "HTTPCore", "InboxCore", "ModelClient", "Vocabulary", httpTypes, hummingbird, lifecycle,
                logging, nioCore, nioPosix,
            ]),
        .target(
            name: "Workers",
            dependencies: [
                "Bellhop", "CrashPoints", "Cryptography", "HTTPCore", "InboxCore", "ModelClient", "Vocabulary",
                lifecycle,
                logging,
            ]),

        .target(name: "Privacy", dependencies: ["Bellhop", "InboxCore", lifecycle, logging]),

        // The program.
        .target(
            name: "BellhopConfiguration",
            dependencies: ["Addresses", "Bellhop", "CostEstimate", "InboxCore", "ModelClient", "Vocabulary", yams]),
        .target(name: "Handlers", dependencies: ["Bellhop"] + plugins.map { .init(stringLiteral: $0) }),
        .target(
            name: "Replay",
            dependencies: ["Bellhop", "HTTPCore", "Cryptography", "Vocabulary", histogram]),
        .target(name: "Terminal"),
        .target(
            name: "BellhopServer",
            dependencies: [
                "Addresses", "Bellhop", "BellhopConfiguration", "Console", "HTTPCore", "HTTPTransport", "InboxCore",
                "InboxSQLite", "Listener", "ModelClient", "Cryptography", "Privacy", "Workers", lifecycle, logging,
                nioCore,
                unixSignals,
            ]),
        .target(
            name: "Doctor",
            dependencies: [
                "Bellhop", "BellhopConfiguration", "BellhopServer", "Console", "Cryptography", "HTTPCore",
                "InboxSQLite", "Listener", "ModelClient", "Vocabulary",
            ]),
        .target(
            name: "Rehearsal",
            dependencies: [
                "Bellhop", "BellhopConfiguration", "BellhopServer", "BellhopTesting", "Cryptography", "HTTPCore",
                "HTTPTransport", "InboxCore", "Listener", "ModelClient", "ModelStandIn", "Replay", "Vocabulary",
                "Workers", lifecycle, logging,
            ]),
        .executableTarget(
            name: "BellhopCLI",
            dependencies: [
                "Bellhop", "BellhopConfiguration", "BellhopServer", "BellhopTesting", "CMalloc", "Console",
                "CostEstimate", "Cryptography", "Doctor", "HTTPTransport", "Handlers", "InboxCore", "Listener",
                "ModelClient", "ModelStandIn", "Rehearsal", "Replay",
                "Terminal", "Vocabulary", "Workers", argumentParser, lifecycle, logging, unixSignals,
            ]),

        // What is measured, and the floor to measure against.
        .target(name: "BenchmarkReport", path: "Benchmarks/Report"),
        .target(name: "BareCurl", path: "Benchmarks/BareCurl", linkerSettings: [.linkedLibrary("curl")]),
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "BareCurl", "Bellhop", "BenchmarkReport", "HTTPCore", "HTTPTransport", "InboxCore", "InboxSQLite",
                "ModelClient", "Replay",
                "Cryptography", "Vocabulary", argumentParser, histogram, httpTypes, hummingbirdCore, lifecycle, logging,
                nioCore, nioPosix, subprocess, systemPackage,
            ],
            path: "Benchmarks/Sources"),

        // Kills a server under load, again and again, and judges what it left behind.
        .target(name: "TortureJudge", path: "Benchmarks/Torture/Judge"),
        .executableTarget(
            name: "Torture",
            dependencies: [
                "Cryptography", "ModelStandIn", "Replay", "TortureJudge", "Vocabulary", argumentParser, grdb, httpTypes,
                hummingbirdCore, lifecycle, logging, nioCore, nioPosix, subprocess, systemPackage,
            ],
            path: "Benchmarks/Torture/Sources"),

        // What several tests share: numbers and folders, and a server that runs for the time of a test.
        .target(name: "TestSupport", path: "Tests/Support/TestSupport"),
        .target(
            name: "ServiceTestSupport", dependencies: [lifecycle, logging], path: "Tests/Support/ServiceTestSupport"),

        // Tests, a folder per target, and a receiver of effects for some of them.
        .target(
            name: "EffectReceiver",
            dependencies: ["Cryptography", httpTypes, hummingbird, lifecycle, logging, nioCore],
            path: "Tests/EffectReceiver"),
        fuzzing,
        .testTarget(name: "AddressesTests", dependencies: ["Addresses"]),
        .testTarget(name: "BenchmarkReportTests", dependencies: ["BenchmarkReport"]),
        .testTarget(name: "BellhopTests", dependencies: ["Bellhop", "BellhopTesting", "TestSupport", "Vocabulary"]),
        .testTarget(
            name: "BellhopConfigurationTests",
            dependencies: [
                "Bellhop", "BellhopConfiguration", "CostEstimate", "InboxCore", "Listener", "ModelClient",
                "TestSupport", "Vocabulary",
            ]),
        .testTarget(
            name: "BellhopServerTests",
            dependencies: [
                "Addresses", "Bellhop", "BellhopConfiguration", "BellhopServer", "Console", "HTTPCore", "InboxCore",
                "Listener", "ModelClient", "Cryptography", "ServiceTestSupport", "TestSupport", "Vocabulary", "Workers",
                lifecycle, logging,
            ]),
        .testTarget(
            name: "ConsoleTests",
            dependencies: [
                "Bellhop", "Console", "HTTPCore", "HTTPTransport", "InboxCore", "ModelClient", "ServiceTestSupport",
                "Vocabulary", logging,
            ]),
        .testTarget(name: "CostEstimateTests", dependencies: ["CostEstimate", "ModelClient", "Vocabulary"]),
        .testTarget(
            name: "DoctorTests",
            dependencies: [
                "Bellhop", "BellhopConfiguration", "Doctor", "HTTPCore", "HTTPTransport", "ModelClient", "ModelStandIn",
                "ServiceTestSupport", "TestSupport", "Vocabulary", logging,
            ]),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "Bellhop", "BellhopTesting", "Console", "Cryptography", "EffectReceiver", "HTTPCore", "HTTPTransport",
                "InboxCore", "ModelStandIn", "Replay", "ServiceTestSupport", "TestSupport", grdb, logging, nioCore,
                nioPosix, subprocess, systemPackage,
            ]),
        .testTarget(
            name: "HandlersTests",
            dependencies: ["Bellhop", "BellhopTesting", "Handlers", "InboxCore", "Privacy", yams]),
        .testTarget(
            name: "HTTPTransportTests",
            dependencies: [
                "HTTPCore", "HTTPTransport", "ServiceTestSupport", "TestSupport", hummingbird, logging,
                nioCore, nioPosix,
            ]),
        .target(name: "PowerCutVFS", path: "Tests/Support/PowerCutVFS", linkerSettings: [.linkedLibrary("sqlite3")]),
        .testTarget(
            name: "InboxTests",
            dependencies: [
                "Bellhop", "Cryptography", "InboxCore", "InboxSQLite", "ModelClient", "PowerCutVFS", "Privacy",
                "ServiceTestSupport", "TestSupport", "Vocabulary", grdb, logging,
            ]),
        .testTarget(
            name: "LedgerTests", dependencies: ["InboxCore", "InboxSQLite", "ModelClient", "TestSupport", logging]),
        .testTarget(
            name: "ListenerTests",
            dependencies: [
                "Addresses", "Bellhop", "HTTPCore", "HTTPTransport", "InboxCore", "Listener", "Cryptography",
                "ServiceTestSupport", "TestSupport", hummingbird, logging, nioCore, nioEmbedded, nioHTTP1,
                nioPosix,
            ]),
        .testTarget(
            name: "ModelClientTests",
            dependencies: [
                "HTTPCore", "HTTPTransport", "ModelClient", "ModelStandIn", "ServiceTestSupport", "TestSupport",
                "Vocabulary", heap, logging,
            ]
        ),
        .testTarget(
            name: "ModelStandInTests",
            dependencies: [
                "BellhopTesting", "HTTPCore", "HTTPTransport", "ModelStandIn", "ServiceTestSupport", "TestSupport",
                "Vocabulary", logging,
            ]),
        .testTarget(
            name: "PrivacyTests",
            dependencies: [
                "Bellhop", "Cryptography", "InboxCore", "InboxSQLite", "ModelClient", "Privacy", "TestSupport",
                "Vocabulary", grdb, logging,
            ]),
        .testTarget(
            name: "RehearsalTests",
            dependencies: ["BellhopConfiguration", "ModelClient", "ModelStandIn", "Rehearsal"]),
        .testTarget(
            name: "ReplayTests",
            dependencies: [
                "Bellhop", "HTTPCore", "HTTPTransport", "Replay", "Cryptography", "ServiceTestSupport", "TestSupport",
                hummingbird, logging, nioCore,
            ]),
        .testTarget(name: "CryptographyTests", dependencies: ["Cryptography"], exclude: ["Fixtures"]),
        .testTarget(name: "TerminalTests", dependencies: ["Terminal"]),
        .testTarget(name: "TortureTests", dependencies: ["CrashPoints", "TortureJudge"]),
        .testTarget(name: "VocabularyTests", dependencies: ["TestSupport", "Vocabulary"]),
        .testTarget(
            name: "WorkersTests",
            dependencies: [
                "Bellhop", "Cryptography", "EffectReceiver", "HTTPCore", "HTTPTransport", "InboxCore", "InboxSQLite",
                "ModelClient", "Vocabulary", "Workers", lifecycle, logging,
            ]),
    ]
        + plugins.flatMap { name -> [Target] in
            [
                .target(name: name, dependencies: ["Bellhop"], path: "Plugins/\(name)/Sources"),
                .testTarget(
                    name: "\(name)Tests", dependencies: ["Bellhop", "BellhopTesting", .init(stringLiteral: name)],
                    path: "Plugins/\(name)/Tests"),
            ]
        },
    swiftLanguageModes: [.v6]
)

/// The targets that call C: each use of a pointer is marked `unsafe` there.
let callsC: Set = ["HTTPTransport", "Cryptography"]

/// Targets written in C.
let inC: Set = ["BareCurl", "PowerCutVFS"]

for target in package.targets where target.type != .system && !inC.contains(target.name) {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .treatAllWarnings(as: .error),
    ]
    if isFuzzing {
        target.swiftSettings?.append(.unsafeFlags([sanitizers, "-enable-testing"]))
    }
    if callsC.contains(target.name) {
        target.swiftSettings?.append(.strictMemorySafety())
    }
}
