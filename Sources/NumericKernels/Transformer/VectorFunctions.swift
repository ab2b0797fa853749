/// Eight floats at a time, the width of the loops of this folder.
typealias Lanes = SIMD8<Float>

/// Elementary functions on eight floats, without branches.
enum VectorFunctions {
    /// eˣ to 2 units in the last place between −87 and 88; below it gives e⁻⁸⁷ (about 10⁻³⁸), above it e⁸⁸.
    ///
    /// x = n ln 2 + r with |r| ≤ ln 2 / 2, eʳ by a polynomial of degree 6 (its Taylor series, error below 2⁻²³·⁵), 2ⁿ by the exponent bits.
    @inline(__always)
    static func exp(_ value: Lanes) -> Lanes {
        let x = value.clamped(lowerBound: Lanes(repeating: -87), upperBound: Lanes(repeating: 88))
        // Adding 1.5 · 2²³ rounds to an integer, which then stands in the low bits.
        let magic: Float = 12_582_912
        let shifted = x * 1.442_695_04 + magic
        let n = shifted - magic
        let r = (x - n * 0.693_359_375) + n * 2.121_944_4e-4
        var p = Lanes(repeating: 1.0 / 720)
        p = p * r + (1.0 / 120)
        p = p * r + (1.0 / 24)
        p = p * r + (1.0 / 6)
        p = p * r + 0.5
        p = p * r + 1
        p = p * r + 1
        let bits = unsafeBitCast(p, to: SIMD8<UInt32>.self) &+ (unsafeBitCast(shifted, to: SIMD8<UInt32>.self) &<< 23)
        return unsafeBitCast(bits, to: Lanes.self)
    }

    /// The eight floats from `base`.
    @inline(__always)
    static func load(_ base: UnsafePointer<Float>) -> Lanes {
        UnsafeRawPointer(base).loadUnaligned(as: Lanes.self)
    }

    /// The first `count` < 8 floats from `base`, the rest `filler`.
    @inline(__always)
    static func load(_ base: UnsafePointer<Float>, _ count: Int, filler: Float = 0) -> Lanes {
        var lanes = Lanes(repeating: filler)
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

    /// The sum of the eight in a fixed tree.
    @inline(__always)
    static func sum(_ lanes: Lanes) -> Float {
        let four = lanes.lowHalf + lanes.highHalf
        let two = four.lowHalf + four.highHalf
        return two.x + two.y
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

    /// The sum over `count` places of a function of the floats of `a` and `b` there; the order of the sum depends on `count` alone.
    @inline(__always)
    static func sum(
        _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int, _ body: (Lanes, Lanes) -> Lanes
    ) -> Float {
        var total = Lanes()
        var index = 0
        while index + 8 <= count {
            total += body(load(a + index), load(b + index))
            index += 8
        }
        let rest = count - index
        if rest > 0 {
            var last = body(load(a + index, rest), load(b + index, rest))
            for lane in rest..<8 { last[lane] = 0 }
            total += last
        }
        return sum(total)
    }

    /// sums += a b, place by place.
    @inline(__always)
    static func addProduct(
        _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, to sums: UnsafeMutablePointer<Float>, _ count: Int
    ) {
        var index = 0
        while index + 8 <= count {
            store(load(sums + index) + load(a + index) * load(b + index), sums + index)
            index += 8
        }
        while index < count {
            sums[index] += a[index] * b[index]
            index += 1
        }
    }
}
