// swift-tools-version: 6.2
import PackageDescription

// The module table of ARCHITECTURE.md. `ArchitectureTests` compares the real edges with it.

/// C targets over system libraries: an opaque header of our own, the library's headers only in the C file.
let shims: [Target] = [
    .target(
        name: "CICU",
        linkerSettings: [.linkedLibrary("icuuc"), .linkedLibrary("icudata")]),
    .target(name: "CSnowball", linkerSettings: [.linkedLibrary("stemmer")]),
    .target(name: "CSimdJSON", linkerSettings: [.linkedLibrary("simdjson")]),
    .target(name: "CCompression", linkerSettings: [.linkedLibrary("z"), .linkedLibrary("zstd")]),
    .target(name: "COneDNN"),
    .target(name: "CHNSW"),
    .target(name: "CLineEditing", linkerSettings: [.linkedLibrary("edit")]),
    .target(name: "CKernels"),
]

let libraries: [Target] = [
    .target(name: "Essentials"),
    .target(name: "RetrievalData", dependencies: ["Essentials", "CSimdJSON", "CCompression"]),
    .target(name: "DurableStorage", dependencies: ["CCompression"]),
    .target(name: "TextAnalysis", dependencies: ["CICU", "CSnowball", "CKernels"]),
    .target(
        name: "LexicalSearch",
        dependencies: ["Essentials", "TextAnalysis", "RetrievalData", "DurableStorage", "CKernels"]),
    .target(name: "NumericKernels", dependencies: ["COneDNN", "CKernels", "CHNSW"]),
    .target(
        name: "DenseRetrieval",
        dependencies: ["Essentials", "NumericKernels", "TextAnalysis", "RetrievalData", "DurableStorage"]),
    .target(name: "NegativeMining", dependencies: ["Essentials", "RetrievalData"]),
    .target(name: "RetrievalEvaluation", dependencies: ["Essentials", "RetrievalData"]),
    .target(name: "NegativeReview", dependencies: ["Essentials", "RetrievalData", "DurableStorage"]),
    .target(
        name: "SearchServer",
        dependencies: [
            "Essentials", "RetrievalData", "TextAnalysis", "LexicalSearch", "DenseRetrieval", "NegativeMining",
            "NegativeReview", "DurableStorage", .product(name: "HummingbirdCore", package: "hummingbird"),
            .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
            .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
            .product(name: "HTTPTypes", package: "swift-http-types"), .product(name: "Logging", package: "swift-log"),
            .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        ],
        resources: [
            .embedInCode("Page/search.html"), .embedInCode("Page/search.js"), .embedInCode("Page/review.html"),
            .embedInCode("Page/review.js"), .embedInCode("Page/page.js"), .embedInCode("Page/columns.js"),
            .embedInCode("Page/details.js"), .embedInCode("Page/style.css"), .embedInCode("Page/openapi.json"),
        ]),
    .target(
        name: "Decoy",
        dependencies: [
            "RetrievalData", "TextAnalysis", "LexicalSearch", "DenseRetrieval", "NegativeMining", "RetrievalEvaluation",
        ]),
]

let commandLine: [Target] = [
    .target(
        name: "DecoyCLI",
        // The libraries by name too: a change of one must rebuild this, and an umbrella that only re-exports it stays the same.
        dependencies: [
            "Decoy", "RetrievalData", "TextAnalysis", "LexicalSearch", "DenseRetrieval", "NegativeMining",
            "RetrievalEvaluation", "NegativeReview", "SearchServer", "NumericKernels", "CLineEditing",
            "DurableStorage", "Essentials", .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ]),
    .executableTarget(name: "DecoyMain", dependencies: ["DecoyCLI"]),
]

let tests: [Target] = [
    .target(
        name: "DecoyTestSupport",
        dependencies: ["RetrievalData", "TextAnalysis", "DurableStorage", "LexicalSearch"],
        path: "Sources/DecoyTestSupport"),
    .testTarget(
        name: "RetrievalDataTests", dependencies: ["RetrievalData", "DecoyTestSupport"], exclude: ["Fixtures"]),
    .testTarget(name: "DurableStorageTests", dependencies: ["DurableStorage", "DecoyTestSupport"]),
    .testTarget(name: "TextAnalysisTests", dependencies: ["TextAnalysis", "CICU", "CKernels", "DecoyTestSupport"]),
    .testTarget(
        name: "LexicalSearchTests", dependencies: ["LexicalSearch", "DecoyTestSupport"], exclude: ["Fixtures"]),
    .testTarget(
        name: "NumericKernelsTests", dependencies: ["NumericKernels", "CKernels", "DecoyTestSupport"],
        exclude: ["Fixtures"]),
    .testTarget(
        name: "DenseRetrievalTests", dependencies: ["DenseRetrieval", "DecoyTestSupport"], exclude: ["Fixtures"]),
    .testTarget(
        name: "NegativeMiningTests", dependencies: ["NegativeMining", "DecoyTestSupport"], exclude: ["Fixtures"]),
    .testTarget(
        name: "RetrievalEvaluationTests", dependencies: ["RetrievalEvaluation", "DecoyTestSupport"],
        exclude: ["Fixtures"]),
    .testTarget(name: "NegativeReviewTests", dependencies: ["NegativeReview", "DecoyTestSupport"]),
    .testTarget(
        name: "SearchServerTests",
        dependencies: ["SearchServer", "LexicalSearch", "DurableStorage", "NegativeReview", "DecoyTestSupport"]),
    .testTarget(name: "CorpusTests", dependencies: ["Decoy", "DecoyTestSupport"]),
    .testTarget(name: "ArchitectureTests"),
    .testTarget(
        name: "EndToEndTests", dependencies: ["DecoyMain", "DecoyTestSupport"], exclude: ["Fixtures"]),
    .testTarget(name: "BrowserTests", dependencies: ["DecoyMain", "DecoyTestSupport"]),
]

let package = Package(
    name: "decoy",
    platforms: [.macOS(.v15), .iOS(.v18)],
    products: [
        .library(name: "Decoy", targets: ["Decoy"]),
        .library(name: "RetrievalData", targets: ["RetrievalData"]),
        .library(name: "TextAnalysis", targets: ["TextAnalysis"]),
        .library(name: "LexicalSearch", targets: ["LexicalSearch"]),
        .library(name: "DenseRetrieval", targets: ["DenseRetrieval"]),
        .library(name: "NegativeMining", targets: ["NegativeMining"]),
        .library(name: "RetrievalEvaluation", targets: ["RetrievalEvaluation"]),
        .library(name: "SearchServer", targets: ["SearchServer"]),
        .executable(name: "decoy", targets: ["DecoyMain"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        // What Hummingbird is made of and its interface speaks of.
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: shims + libraries + commandLine + tests,
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c11,
    cxxLanguageStandard: .cxx17)

// `make docs` asks for it; whoever builds or uses the package doesn't resolve it (Documentation/decisions/documentation.md).
if Context.environment["DECOY_DOCUMENTATION"] != nil {
    package.dependencies.append(.package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"))
}
