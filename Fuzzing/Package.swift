// swift-tools-version: 6.2
import PackageDescription

// A package of its own, as Benchmarks is. `run.sh` gives the flags that instrument every target, those of the package above too.

let package = Package(
    name: "DecoyFuzzing",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "decoy", path: "..")],
    targets: [
        .target(name: "AnalyzerChecks", dependencies: [.product(name: "TextAnalysis", package: "decoy")]),
        // Has no need of libFuzzer: built without its flags.
        .executableTarget(name: "AnalyzerLoop", dependencies: ["AnalyzerChecks"]),
        .executableTarget(
            name: "DecoyFuzzing",
            dependencies: [
                "AnalyzerChecks",
                .product(name: "LexicalSearch", package: "decoy"), .product(name: "RetrievalData", package: "decoy"),
                .product(name: "SearchServer", package: "decoy"),
            ]),
    ],
    swiftLanguageModes: [.v6])
