/// Eight floats at a time, the width of the loops of this folder.
typealias Lanes = SIMD8<Float>

/// Loops over eight floats at a time.
enum VectorFunctions {
    /// The eight floats from `base`.
    @inline(__always)
    static func load(_ base: UnsafePointer<Float>) -> Lanes {
        UnsafeRawPointer(base).loadUnaligned(as: Lanes.self)
    }

    /// The first `count` < 8 floats from `base`, the rest zeros.
    @inline(__always)
    static func load(_ base: UnsafePointer<Float>, _ count: Int) -> Lanes {
        var lanes = Lanes()
        for lane in 0..<count { lanes[lane] = base[lane] }
        return lanes
    }

    /// Writes eight floats to `base`.
    @inline(__always)
    static func store(_ lanes: Lanes, _ base: UnsafeMutablePointer<Float>) {
        UnsafeMutableRawPointer(base).storeBytes(of: lanes, as: Lanes.self)
    }

    /// Writes the first `count` < 8 floats to `base`.
    @inline(__always)
    static func store(_ lanes: Lanes, _ base: UnsafeMutablePointer<Float>, _ count: Int) {
        for lane in 0..<count { base[lane] = lanes[lane] }
    }

    /// Replaces each of `count` floats at `target` by a function of it and of the float at the same place of `source`.
    @inline(__always)
    static func map(
        _ target: UnsafeMutablePointer<Float>, _ source: UnsafePointer<Float>, _ count: Int,
        _ body: (_ target: Lanes, _ source: Lanes) -> Lanes
    ) {
        var index = 0
        while index + 8 <= count {
            store(body(load(target + index), load(source + index)), target + index)
            index += 8
        }
        let rest = count - index
        if rest > 0 { store(body(load(target + index, rest), load(source + index, rest)), target + index, rest) }
    }
}
