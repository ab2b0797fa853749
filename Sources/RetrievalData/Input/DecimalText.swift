/// Reads and writes decimal numbers as bytes without a detour over strings, rounded as `Double(_:)` rounds.
enum DecimalText {
    /// The number that the text stands for, or nil for text out of the ordinary, be it right or wrong.
    ///
    /// Ordinary are an optional minus, digits, an optional fraction and an optional exponent of up to three digits, with
    /// up to 19 significant digits and a value that one exact step gives. `Double(_:)` reads the rest.
    static func double(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
        var rest = text[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative { rest.removeFirst() }
        var significand: UInt64 = 0
        let whole = digits(&rest, into: &significand)
        guard whole > 0 else { return nil }
        var fraction = 0
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            fraction = digits(&rest, into: &significand)
            guard fraction > 0 else { return nil }
        }
        if whole + fraction > 19, significantDigits(text, whole + fraction) > 19 { return nil }
        var scale = fraction
        if let letter = rest.first, letter | 0x20 == UInt8(ascii: "e") {
            rest.removeFirst()
            let isBelow = rest.first == UInt8(ascii: "-")
            if isBelow || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
            var exponent: UInt64 = 0
            guard 1...3 ~= digits(&rest, into: &exponent) else { return nil }
            scale += isBelow ? Int(exponent) : -Int(exponent)
        }
        guard rest.isEmpty, let size = quotient(significand, byTenTo: scale) else { return nil }
        return isNegative ? -size : size
    }

    /// The whole number that an optional minus and up to 18 digits stand for; nil for all other text.
    static func integer(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
        var rest = text[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative { rest.removeFirst() }
        var size: UInt64 = 0
        guard 1...18 ~= digits(&rest, into: &size), rest.isEmpty else { return nil }
        return isNegative ? -Int(size) : Int(size)
    }

    /// Appends the digits of a whole number from 0 on.
    static func append(_ number: Int, to bytes: inout [UInt8]) {
        if number >= 10 { append(number / 10, to: &bytes) }
        bytes.append(UInt8(ascii: "0") + UInt8(number % 10))
    }

    /// Takes digits from the front and returns how many there were; with more than 19 the value is of no use.
    @inline(__always)
    private static func digits(_ rest: inout Slice<UnsafeBufferPointer<UInt8>>, into value: inout UInt64) -> Int {
        let begin = rest.startIndex
        var place = begin
        while place < rest.endIndex {
            let digit = rest[place] &- UInt8(ascii: "0")
            if digit > 9 { break }
            value = value &* 10 &+ UInt64(digit)
            place += 1
        }
        rest = rest[place...]
        return place - begin
    }

    /// The number of digits without the zeros before them.
    private static func significantDigits(_ text: UnsafeBufferPointer<UInt8>, _ count: Int) -> Int {
        var zeros = 0
        for byte in text {
            if byte == UInt8(ascii: "0") {
                zeros += 1
            } else if byte != UInt8(ascii: "-"), byte != UInt8(ascii: ".") {
                break
            }
        }
        return count - zeros
    }

    /// `significand / 10^scale`, rounded to nearest, ties to even; nil where one exact step does not give it.
    ///
    /// W. Clinger, How to Read Floating Point Numbers Accurately, PLDI 1990: two numbers that doubles hold exactly give
    /// a rightly rounded quotient or product. A longer significand is divided as an integer: a quotient of 63 or 64 bits,
    /// whose last bit says whether there is a remainder, rounds as the true one does.
    @inline(__always)
    private static func quotient(_ significand: UInt64, byTenTo scale: Int) -> Double? {
        if significand == 0 { return 0 }
        if significand <= 1 << 53 {
            if 0...22 ~= scale { return Double(significand) / powers[scale] }
            if -22 ... -1 ~= scale { return Double(significand) * powers[-scale] }
            return nil
        }
        if scale == 0 { return Double(significand) }
        guard 1...19 ~= scale else { return nil }
        let shift = significand.leadingZeroBitCount
        let divisor = integerPowers[scale]
        let up = divisor.leadingZeroBitCount
        let numerator = significand << UInt64(shift)
        let (quotient, remainder) = (divisor << UInt64(up)).dividingFullWidth((numerator >> 1, numerator << 63))
        let bits = remainder == 0 ? quotient : quotient | 1
        return Double(sign: .plus, exponent: up - shift - 63, significand: Double(bits))
    }

    /// The powers of ten that doubles hold exactly.
    private static let powers: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    /// The powers of ten below 2^64.
    private static let integerPowers: [UInt64] = [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
        100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000,
        10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
    ]
}
