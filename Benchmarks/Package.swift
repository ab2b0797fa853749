// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody who uses the library resolves or builds it. The name beside the path keeps the dependency
// independent of the name of the folder that the repository was checked out to.

let package = Package(
    name: "DecoyBenchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "decoy", path: "..")],
    targets: [
        .target(name: "CICUIterator", linkerSettings: [.linkedLibrary("icuuc"), .linkedLibrary("icudata")]),
        .executableTarget(name: "TransformerGradients", dependencies: [.product(name: "Decoy", package: "decoy")]),
        .executableTarget(
            name: "DecoyBenchmarks", dependencies: ["CICUIterator", .product(name: "Decoy", package: "decoy")]),
        .executableTarget(name: "EncodeTexts", dependencies: [.product(name: "Decoy", package: "decoy")]),
        .executableTarget(name: "TransformerTraining", dependencies: [.product(name: "Decoy", package: "decoy")]),
        .executableTarget(name: "WriteTransformer", dependencies: [.product(name: "Decoy", package: "decoy")]),
    ],
    swiftLanguageModes: [.v6])
