import Foundation

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    FuzzTarget.chosen.run(FuzzInput(bytes, count))
    return 0
}

/// What libFuzzer calls first: the first argument is ours, `TARGET`, or `seeds FOLDER DATASET`; it goes on with the others.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
    _ count: UnsafeMutablePointer<Int32>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>
) -> Int32 {
    let given = CommandLine.arguments
    if given.count == 4, given[1] == "seeds" {
        do {
            try Seeds.write(to: given[2], dataset: given[3])
            exit(0)
        } catch {
            print(error)
            exit(1)
        }
    }
    guard given.count > 1, FuzzTarget(rawValue: given[1]) != nil else {
        print("give \(FuzzTarget.allCases.map(\.rawValue)) and libFuzzer's arguments, or seeds FOLDER DATASET")
        exit(64)
    }
    // The program's name takes the place of the target's.
    arguments.pointee[1] = arguments.pointee[0]
    arguments.pointee += 1
    count.pointee -= 1
    return 0
}

/// What is fuzzed.
enum FuzzTarget: String, CaseIterable {
    case postings, manifest, files, json, query, filter, analyzers, requests, exchange

    /// The one that the first argument names.
    static let chosen = CommandLine.arguments.dropFirst().first.flatMap(FuzzTarget.init) ?? .postings

    func run(_ input: FuzzInput) {
        switch self {
        case .postings: PostingsTarget.run(input)
        case .manifest: ManifestTarget.run(input)
        case .files: FilesTarget.run(input)
        case .json: JSONTarget.run(input)
        case .query: QueryTarget.run(input)
        case .filter: FilterTarget.run(input)
        case .analyzers: AnalyzersTarget.run(input)
        case .requests: RequestTarget.run(input)
        case .exchange: ExchangeTarget.run(input)
        }
    }
}

/// An input, read from front to back; beyond its end everything is zero.
struct FuzzInput {
    private var rest: UnsafeBufferPointer<UInt8>

    init(_ bytes: UnsafePointer<UInt8>?, _ count: Int) { rest = UnsafeBufferPointer(start: bytes, count: count) }

    var isEmpty: Bool { rest.isEmpty }

    /// The next byte.
    mutating func byte() -> UInt8 {
        guard let first = rest.first else { return 0 }
        rest = UnsafeBufferPointer(rebasing: rest.dropFirst())
        return first
    }

    /// The next integer, little-endian.
    mutating func integer<T: FixedWidthInteger>(_ type: T.Type) -> T {
        var value: T = 0
        for place in 0..<MemoryLayout<T>.size { value |= T(truncatingIfNeeded: byte()) << T(8 * place) }
        return value
    }

    /// All bytes that are left.
    mutating func remainder() -> [UInt8] {
        defer { rest = UnsafeBufferPointer(start: nil, count: 0) }
        return [UInt8](rest)
    }
}

/// Ends the process where something that must hold does not: a finding.
func require(_ condition: Bool, _ what: @autoclosure () -> String) {
    if !condition { fatalError(what()) }
}
