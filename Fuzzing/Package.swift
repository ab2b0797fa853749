// swift-tools-version: 6.2
import PackageDescription

// A package of its own, as Benchmarks is. `run.sh` gives the flags that instrument every target, those of the package above too.

let package = Package(
    name: "DecoyFuzzing",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "decoy", path: "..")],
    targets: [
        .executableTarget(
            name: "DecoyFuzzing",
            dependencies: [
                .product(name: "LexicalSearch", package: "decoy"), .product(name: "RetrievalData", package: "decoy"),
            ])
    ],
    swiftLanguageModes: [.v6])
