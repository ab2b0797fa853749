import CKernels

/// For each term of a query and each window of documents the highest contribution that the term can make there, and the block of its list
/// in which the window begins.
///
/// Windows are 2^bits consecutive documents. Of lists without a directory, which are decoded once, the maxima are exact; of others they
/// are the bounds of the blocks that reach into the window. Filling costs some nanoseconds a block.
final class WindowTable {
    private var maxima: UnsafeMutablePointer<Float> = .allocate(capacity: 1024)
    private var starts: UnsafeMutablePointer<Int32> = .allocate(capacity: 1024)
    private var capacity = 1024
    /// For each window the sum of the terms' maxima: no document of it has a higher sum.
    private(set) var totals: UnsafeMutablePointer<Double> = .allocate(capacity: 64)
    private var windowCapacity = 64
    private(set) var windowCount = 0
    private let parts: UnsafeMutablePointer<Float> = .allocate(capacity: IndexFormat.blockSize)

    deinit {
        maxima.deallocate()
        starts.deallocate()
        totals.deallocate()
        parts.deallocate()
    }

    /// The highest contribution of a term in a window.
    @inline(__always)
    func maximum(_ term: Int, _ window: Int) -> Float { maxima[term &* windowCount &+ window] }

    /// The first block of a term's list that does not end before a window.
    @inline(__always)
    func start(_ term: Int, _ window: Int) -> Int { Int(starts[term &* windowCount &+ window]) }

    /// Makes room, with all totals 0.
    func reset(terms: Int, windows: Int) {
        windowCount = windows
        if terms * windows > capacity {
            maxima.deallocate()
            starts.deallocate()
            capacity = 2 * terms * windows
            maxima = .allocate(capacity: capacity)
            starts = .allocate(capacity: capacity)
        }
        if windows > windowCapacity {
            totals.deallocate()
            windowCapacity = windows
            totals = .allocate(capacity: windows)
        }
        totals.update(repeating: 0, count: windows)
        maxima.update(repeating: 0, count: terms * windows)
    }

    /// Fills the row of a term, and sets the bound of its list; throws where the directory of the list is damaged.
    func fill(
        _ term: Int, _ state: inout TermState, bits: Int, documentCount: Int, norms: UnsafePointer<Float>,
        codeNorms: UnsafePointer<Float>
    ) throws {
        let row = maxima + term * windowCount
        let first = starts + term * windowCount
        var highest: Float = 0
        if state.cursor.hasDirectory {
            try fillFromDirectory(
                state.cursor, state.saturation, row, first, &highest, bits: bits, limit: documentCount,
                codeNorms: codeNorms)
        } else {
            try state.cursor.load(block: 0)
            let size = state.cursor.size
            ck_contributions(
                state.cursor.documents, state.cursor.frequencies, size, state.saturation.kernel, norms, parts)
            for index in 0..<size {
                let window = Int(state.cursor.documents[index]) &>> bits
                row[window] = max(row[window], parts[index])
                highest = max(highest, parts[index])
            }
            first.update(repeating: 0, count: windowCount)
        }
        state.bound = Double(highest)
        for window in 0..<windowCount { totals[window] += Double(row[window]) }
    }

    private func fillFromDirectory(
        _ cursor: borrowing PostingCursor, _ saturation: Saturation, _ row: UnsafeMutablePointer<Float>,
        _ first: UnsafeMutablePointer<Int32>, _ highest: inout Float, bits: Int, limit: Int,
        codeNorms: UnsafePointer<Float>
    ) throws {
        var next = 0  // The first window whose start is not known.
        var begin = 0  // The first document that may stand in the block.
        for block in 0..<cursor.blockCount {
            let last = Int(cursor.lastDocument(ofBlock: block))
            guard last >= begin, last < limit else { throw cursor.corrupt("has a directory that does not ascend") }
            let product = cursor.bound(ofBlock: block).product(codeNorms)
            let bound = saturation.score(product: product)
            if bound > highest { highest = bound }
            let end = last &>> bits
            var window = begin &>> bits
            while window <= end {
                if bound > row[window] { row[window] = bound }
                window &+= 1
            }
            while next <= end {
                first[next] = Int32(truncatingIfNeeded: block)
                next &+= 1
            }
            begin = last &+ 1
        }
        while next < windowCount {
            first[next] = Int32(truncatingIfNeeded: cursor.blockCount)
            next &+= 1
        }
    }
}

extension BlockBound {
    /// The highest product of frequency and inverse norm among the pairs.
    @inline(__always)
    func product(_ codeNorms: UnsafePointer<Float>) -> Float {
        @inline(__always)
        func one(_ pair: (frequency: UInt8, length: UInt8)) -> Float {
            // `codeNorms` has 256 elements.
            pair.frequency == Self.anyFrequency ? .infinity : Float(pair.frequency) * codeNorms[Int(pair.length)]
        }
        return max(one(first), max(one(second), one(third)))
    }
}
