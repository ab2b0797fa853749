/// Eight floats at a time, with the functions that no vector instruction has.
enum Lanes {
    typealias Vector = SIMD8<Float>
    static let width = 8

    /// Calls `body` for `count` floats from `base`, eight at a time; what is missing from the last eight reads as 0 and is not written.
    @inline(__always)
    static func update(_ base: UnsafeMutablePointer<Float>, _ count: Int, _ body: (Int, Vector) -> Vector) {
        var index = 0
        while index + width <= count {
            store(body(index, load(base + index)), base + index)
            index += width
        }
        if index < count {
            let values = body(index, load(base + index, count - index))
            for lane in 0..<(count - index) { base[index + lane] = values[lane] }
        }
    }

    @inline(__always)
    static func load(_ base: UnsafePointer<Float>) -> Vector {
        UnsafeRawPointer(base).loadUnaligned(as: Vector.self)
    }

    /// The first `count` of eight floats, at most eight; the rest is 0.
    @inline(__always)
    static func load(_ base: UnsafePointer<Float>, _ count: Int) -> Vector {
        if count >= width { return load(base) }
        var values = Vector.zero
        for lane in 0..<count { values[lane] = base[lane] }
        return values
    }

    @inline(__always)
    static func store(_ values: Vector, _ base: UnsafeMutablePointer<Float>) {
        UnsafeMutableRawPointer(base).storeBytes(of: values, as: Vector.self)
    }

    /// eˣ to about 2e-7 of its size; x is held within [-87, 88].
    ///
    /// x = n ln 2 + r with |r| ≤ ln 2 / 2; eʳ by the polynomial of degree 6 of the Cephes library's `expf`, 2ⁿ by the exponent bits.
    @inline(__always)
    static func exp(_ x: Vector) -> Vector {
        let x = x.clamped(lowerBound: Vector(repeating: -87), upperBound: Vector(repeating: 88))
        // Adding 1.5 · 2²³ rounds to the nearest whole number, which then stands in the low bits.
        let shifter = Vector(repeating: 12_582_912)
        let shifted = x * 1.442_695_04 + shifter
        let whole = shifted - shifter
        let r = (x - whole * 0.693_359_375) + whole * 2.121_944_4e-4
        var p = r * 1.987_569_15e-4 + 1.398_199_95e-3
        p = p * r + 8.333_451_9e-3
        p = p * r + 4.166_579_6e-2
        p = p * r + 1.666_666_55e-1
        p = p * r + 5.000_000_1e-1
        let power = p * (r * r) + r + 1
        let bits = unsafeBitCast(shifted, to: SIMD8<UInt32>.self) &- UInt32(0x4B40_0000) &+ 127
        return power * unsafeBitCast(bits &<< 23, to: Vector.self)
    }

    /// The error function to about 4e-7: an odd rational function of degrees 13 and 8 (Eigen's `erf`), x held within [-4, 4].
    @inline(__always)
    static func erf(_ x: Vector) -> Vector {
        let x = x.clamped(lowerBound: Vector(repeating: -4), upperBound: Vector(repeating: 4))
        let square = x * x
        var p = square * -2.726_142_3e-10 + 2.770_681_4e-8
        p = p * square - 2.101_024_0e-6
        p = p * square - 5.692_506_4e-5
        p = p * square - 7.349_906_3e-4
        p = p * square - 2.954_599_8e-3
        p = p * square - 1.609_603_3e-2
        var q = square * -1.456_607_2e-5 - 2.133_740_6e-4
        q = q * square - 1.682_827e-3
        q = q * square - 7.373_329_2e-3
        q = q * square - 1.426_473_9e-2
        return x * p / q
    }
}
