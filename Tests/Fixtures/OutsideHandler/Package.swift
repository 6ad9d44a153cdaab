// swift-tools-version: 6.2
import PackageDescription

// A handler in a package of its own, as somebody outside Bellhop would write it. Its source is the README's example;
// EndToEndTests compare the two and build this package, with the settings that the plugins in this repository have.
let package = Package(
    name: "OutsideHandler",
    dependencies: [.package(name: "bellhop", path: "../../..")],
    targets: [
        .target(
            name: "GiftOrders", dependencies: [.product(name: "Bellhop", package: "bellhop")],
            swiftSettings: [
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("InternalImportsByDefault"),
                .enableUpcomingFeature("MemberImportVisibility"),
                .treatAllWarnings(as: .error),
            ]),
        .testTarget(
            name: "GiftOrdersTests",
            dependencies: ["GiftOrders", .product(name: "BellhopTesting", package: "bellhop")]),
    ]
)
