/// One number that a search over parameters may choose.
public struct TuningParameter: Sendable, Hashable, Codable {
    /// The name in reports, such as `k1`.
    public var name: String
    /// The value that is kept unless another one is better.
    public var standard: Double
    /// The values that are tried first, ascending.
    public var grid: [Double]
    /// The least value that may be chosen.
    public var lowest: Double
    /// The greatest value that may be chosen.
    public var highest: Double
    /// Chosen values are multiples of it, or of the grid; the smallest step of the refinement.
    public var resolution: Double
    /// Whether the grid is crossed with those of the other parameters; else it is gone through alone, the others standing still.
    public var isCrossed: Bool

    /// A parameter; values of the grid that lie outside of the range are left out.
    public init(
        _ name: String, standard: Double, grid: [Double], in range: ClosedRange<Double>, resolution: Double = 0.05,
        isCrossed: Bool = true
    ) {
        self.name = name
        self.standard = standard
        self.grid = Set(grid).filter(range.contains).sorted()
        lowest = range.lowerBound
        highest = range.upperBound
        self.resolution = max(resolution, 1e-4)
        self.isCrossed = isCrossed
    }

    /// A value brought into the range and to a multiple of the resolution, as the decimal number it is written as.
    func admissible(_ value: Double) -> Double {
        let multiple = (value / resolution).rounded() * resolution
        return ((min(max(multiple, lowest), highest)) * 10_000).rounded() / 10_000
    }

    /// Half of the distance from a value to the nearer of its neighbours on the grid; at least the resolution.
    func firstStep(at value: Double) -> Double {
        let distances = grid.filter { $0 != value }.map { abs($0 - value) }
        return max((distances.min() ?? 0) / 2, resolution)
    }
}
