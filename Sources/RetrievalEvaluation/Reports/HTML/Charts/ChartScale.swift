import Essentials

/// Maps values to places on an axis, linearly or by logarithm, with ticks at round numbers.
struct ChartScale {
    /// The lowest and highest value.
    let domain: ClosedRange<Double>
    /// The place of the lowest and of the highest value; for a vertical axis the first is the larger.
    let start: Double
    let end: Double
    let isLogarithmic: Bool

    /// A scale over the domain; a logarithmic one needs values above 0.
    init(_ domain: ClosedRange<Double>, start: Double, end: Double, isLogarithmic: Bool = false) {
        self.domain = domain
        self.start = start
        self.end = end
        self.isLogarithmic = isLogarithmic && domain.lowerBound > 0
    }

    /// The place of a value; values beyond the domain stand at its end.
    func place(_ value: Double) -> Double {
        let low = transformed(domain.lowerBound)
        let width = transformed(domain.upperBound) - low
        guard width > 0, value.isFinite else { return start }
        let inside = min(max(value, domain.lowerBound), domain.upperBound)
        return start + (transformed(inside) - low) / width * (end - start)
    }

    /// Some three to `count` round values in the domain; on a logarithmic scale powers of ten, over two of them or less also 2 and 5 times those.
    func ticks(_ count: Int = 5) -> [Double] {
        if isLogarithmic {
            let exponents =
                Int(log10(domain.lowerBound).rounded(.up))...Int(log10(domain.upperBound).rounded(.down) + 1)
            let isNarrow = domain.upperBound <= domain.lowerBound * 100
            return exponents.flatMap { exponent in
                (isNarrow ? [1.0, 2, 5] : [1]).map { $0 * pow(10, Double(exponent)) }
            }.filter(domain.contains)
        }
        let step = Self.step(domain, count)
        let first = (domain.lowerBound / step - 1e-9).rounded(.up)
        let last = (domain.upperBound / step + 1e-9).rounded(.down)
        return first > last ? [] : (Int(first)...Int(last)).map { Double($0) * step }
    }

    /// The ticks' labels, with as many decimals as the step needs.
    func labels(_ count: Int = 5) -> [String] {
        let step = isLogarithmic ? 1 : Self.step(domain, count)
        let decimals = min(max(Int((-log10(step) - 1e-9).rounded(.up)), 0), 9)
        return ticks(count).map { NumberText.fixed($0, decimals).replacing("-", with: "−") }
    }

    /// A range around values that has some width, grown to round ends; 0…1 for no values.
    static func domain(of values: [Double], includingZero: Bool = false) -> ClosedRange<Double> {
        let finite = values.filter(\.isFinite) + (includingZero ? [0] : [])
        guard var low = finite.min(), var high = finite.max() else { return 0...1 }
        if high - low < max(abs(high), abs(low)) * 1e-9 || high == low {
            let half = max(abs(high) * 0.1, 1e-3)
            low -= half
            high += half
            if includingZero && finite.allSatisfy({ $0 >= 0 }) { low = 0 }
        }
        let step = step(low...high, 5)
        return (low / step + 1e-9).rounded(.down) * step...(high / step - 1e-9).rounded(.up) * step
    }

    /// 1, 2 or 5 times a power of ten, so that at most about `count` steps fit.
    static func step(_ domain: ClosedRange<Double>, _ count: Int) -> Double {
        let raw = (domain.upperBound - domain.lowerBound) / Double(max(count, 1))
        guard raw > 0, raw.isFinite else { return 1 }
        let power = pow(10, log10(raw).rounded(.down))
        let factor = [1.0, 2, 5, 10].first { $0 * power >= raw * (1 - 1e-9) } ?? 10
        return factor * power
    }

    private func transformed(_ value: Double) -> Double { isLogarithmic ? log10(value) : value }
}
