import CHNSW
import CKernels

/// A graph that leads from row to nearer row: approximate search in a time that grows with the logarithm of the rows.
///
/// Malkov, Yashunin: Efficient and robust approximate nearest neighbor search using hierarchical navigable small world graphs, 2018.
package struct NearestGraph: @unchecked Sendable {
    /// The numbers a graph is made of; each list ends where it is full or at −1.
    package struct Lists: Sendable, Hashable {
        /// The row where a search begins.
        package var entry = 0
        /// The lists of the lowest layer, twice as long as the links.
        package var base: [Int32] = []
        /// Where each row's lists of the upper layers begin, and behind the last one's.
        package var starts: [Int32] = [0]
        /// The lists of the upper layers, row by row from layer 1 on.
        package var upper: [Int32] = []
    }

    /// How many links a row has on an upper layer; on the lowest one twice as many.
    package static let linkRange = 2...512
    /// How many rows are in sight while a graph is built or searched.
    package static let breadthRange = 1...1_000_000
    private static let seed = 100
    private static let rowsAtOnce = 1024
    private static let queriesAtOnce = 32
    /// Rows in sight of all queries of a piece, so that memory does not grow with the breadth.
    private static let sightAtOnce = 1 << 18

    private let graph: chnsw_graph
    private let owners: [any AnyObject & Sendable]
    /// The number of rows.
    package var rows: Int { graph.count }
    /// The longest lists of the upper layers.
    package var links: Int { graph.links }

    /// Builds the graph of rows, inserted one after the other; nil where memory runs out.
    ///
    /// One thread and a fixed seed: the same rows give the same graph. `progress` is told how many rows are in it.
    /// Complexity: O(rows · log rows · breadth · columns); 16-bit floats are converted as a whole first.
    package static func build(
        _ rows: StoredRows, links: Int, breadth: Int, kernels: VectorKernels = .best,
        progress: (Int) -> Void = { _ in }
    ) -> Lists? {
        precondition(linkRange.contains(links) && breadthRange.contains(breadth), "a graph cannot be built so")
        precondition(rows.rows < Int(Int32.max), "there are too many rows for one graph")
        let window: MatrixWindow
        switch rows {
        case .f32(let matrix): window = matrix
        case .f16(let matrix): window = StoredRows.f16(matrix).matrix(0..<matrix.rows).window
        }
        return withExtendedLifetime(window.storage) {
            var source = Self.rows(.f32(window), kernels)
            guard let builder = chnsw_builder_create(&source, links, breadth, seed) else { return nil }
            defer { chnsw_builder_free(builder) }
            var done = 0
            while done < window.rows {
                done = min(done + rowsAtOnce, window.rows)
                guard chnsw_builder_add(builder, done) == CHNSW_OK else { return nil }
                progress(done)
            }
            var lists = Lists(entry: chnsw_builder_entry(builder))
            lists.base = [Int32](repeating: -1, count: window.rows * 2 * links)
            lists.starts = [Int32](repeating: 0, count: window.rows + 1)
            lists.upper = [Int32](repeating: -1, count: chnsw_builder_lists(builder) * links)
            chnsw_builder_copy(builder, &lists.base, &lists.starts, &lists.upper)
            return lists
        }
    }

    /// A graph over little-endian 32-bit numbers that owners keep alive; nil where their counts, a start or a link is not what it can be.
    ///
    /// A graph that is not nil keeps every search within its rows. Complexity: O(rows · links).
    package init?(
        entry: Int, links: Int, base: UnsafeRawBufferPointer, starts: UnsafeRawBufferPointer,
        upper: UnsafeRawBufferPointer, owners: [any AnyObject & Sendable]
    ) {
        precondition(
            1.littleEndian == 1, "numbers are read as they stand in the file, which needs little-endian memory")
        let rows = starts.count / 4 - 1
        guard Self.linkRange.contains(links), entry >= 0, rows >= 0, rows < Int(Int32.max), starts.count % 4 == 0,
            base.count == rows * 2 * links * 4, upper.count.isMultiple(of: links * 4),
            let numbers = Self.numbers(base), let begins = Self.numbers(starts), let layers = Self.numbers(upper)
        else { return nil }
        var graph = chnsw_graph(
            base: numbers, starts: begins, upper: layers, count: rows, lists: upper.count / 4 / links, links: links,
            entry: entry)
        var row = 0
        guard chnsw_check(&graph, &row) == CHNSW_OK else { return nil }
        self.graph = graph
        self.owners = owners
    }

    /// A graph in memory; nil as with bytes.
    package init?(_ lists: Lists, links: Int) {
        let parts = [OwnedBytes(lists.base), OwnedBytes(lists.starts), OwnedBytes(lists.upper)]
        let bytes = parts.map { UnsafeRawBufferPointer(start: $0.start, count: $0.count) }
        self.init(
            entry: lists.entry, links: links, base: bytes[0], starts: bytes[1], upper: bytes[2], owners: parts)
    }

    /// The best `k` of the rows that a search with `breadth` rows in sight comes to, best first; `before` orders equal products.
    ///
    /// The scores have the bits of `NearestRows.scores`. Where the graph leads to fewer than `k` rows, a query is answered exactly. Nothing
    /// depends on the queries beside and the number of threads.
    package func search(
        _ queries: MatrixWindow, in rows: StoredRows, k: Int, breadth: Int, threads: Int,
        kernels: VectorKernels = .best, before: @escaping @Sendable (Int, Int) -> Bool = { $0 < $1 }
    ) -> [[NearestRows.Hit]] {
        precondition(rows.rows == self.rows && rows.columns == queries.columns, "the rows are others")
        let k = min(k, rows.rows)
        let breadth = min(max(breadth, k), rows.rows)
        guard k > 0 else { return [[NearestRows.Hit]](repeating: [], count: queries.rows) }
        let queriesAtOnce = max(1, min(Self.queriesAtOnce, Self.sightAtOnce / breadth))
        let pieces = (queries.rows + queriesAtOnce - 1) / queriesAtOnce
        return FixedParallel.map(pieces, threads: threads) { piece in
            let first = piece * queriesAtOnce
            let asked = first..<min(first + queriesAtOnce, queries.rows)
            let found = candidates(queries, asked, rows, breadth, kernels)
            return asked.map { query -> [NearestRows.Hit] in
                guard let entries = found?[query - first], entries.count >= k else {
                    return NearestRows.search(
                        queries.row(query), in: rows, k: k, threads: 1, kernels: kernels, before: before)[0]
                }
                var best = BestRows(k: k)
                for entry in entries { best.offer(entry, before) }
                return best.sorted(before).map { NearestRows.Hit(row: Int($0.row), score: $0.score) }
            }
        }.flatMap { $0 }
    }

    /// The rows in sight at the end of some queries' searches; nil where memory runs out.
    private func candidates(
        _ queries: MatrixWindow, _ asked: Range<Int>, _ rows: StoredRows, _ breadth: Int, _ kernels: VectorKernels
    ) -> [[BestRows.Entry]]? {
        var source = Self.rows(rows, kernels)
        var graph = graph
        var counts = [Int](repeating: 0, count: asked.count)
        var found = [Int32](repeating: 0, count: asked.count * breadth)
        var scores = [Float](repeating: 0, count: asked.count * breadth)
        let status = withExtendedLifetime((queries.storage, rows, owners)) {
            chnsw_search(
                &graph, &source, queries.base + asked.lowerBound * queries.stride, asked.count, queries.stride, breadth,
                &found, &scores, &counts)
        }
        guard status == CHNSW_OK else { return nil }
        return counts.enumerated().map { query, count in
            (query * breadth..<(query * breadth + count)).map { BestRows.Entry(score: scores[$0], row: found[$0]) }
        }
    }

    private static func rows(_ rows: StoredRows, _ kernels: VectorKernels) -> chnsw_rows {
        var result = chnsw_rows()
        switch rows {
        case .f32(let matrix): result.floats = matrix.base
        case .f16(let matrix): result.halves = matrix.base
        }
        result.stride = rows.stride
        result.count = rows.rows
        result.columns = rows.columns
        result.dots = kernels.table.pointee.dots
        result.convert = ck_half_to_float
        result.level = kernels.level
        return result
    }

    /// The numbers of bytes; nil at an address that is no multiple of 4.
    private static func numbers(_ bytes: UnsafeRawBufferPointer) -> UnsafePointer<Int32>? {
        guard let start = bytes.baseAddress else { return bytes.isEmpty ? UnsafePointer(bitPattern: 4) : nil }
        return Int(bitPattern: start).isMultiple(of: 4) ? start.assumingMemoryBound(to: Int32.self) : nil
    }
}
