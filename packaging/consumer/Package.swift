// swift-tools-version: 6.2
import PackageDescription

// A package as a user of the libraries would write it, apart from the path; `make test-consumer` builds and runs it.
// The name beside the path keeps the dependency independent of the name of the folder that the repository was checked out to.

let package = Package(
    name: "Consumer",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "decoy", path: "../..")],
    targets: [
        .executableTarget(
            name: "Consumer",
            dependencies: [
                .product(name: "LexicalSearch", package: "decoy"),
                .product(name: "RetrievalEvaluation", package: "decoy"),
                .product(name: "RetrievalData", package: "decoy"),
            ])
    ],
    swiftLanguageModes: [.v6])
