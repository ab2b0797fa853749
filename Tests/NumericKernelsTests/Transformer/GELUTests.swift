import DecoyTestSupport
import Foundation
import NumericKernels
import Testing

@Suite("GELU")
struct GELUTests {
    /// The function in double precision.
    static func naive(_ x: Double, _ form: GELU.Form) -> Double {
        switch form {
        case .erf: x * 0.5 * (1 + erf(x / 2.0.squareRoot()))
        case .rectified: max(x, 0)
        case .tanh: x * 0.5 * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
        }
    }

    @Test(
        "Values equal the function in double precision, gradients its finite differences.",
        arguments: GELU.Form.allCases)
    func equalsNaive(_ form: GELU.Form) {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        let points =
            [0, -0.0, 30, -30, 1e-6, 100, -100] + (0..<206).map { _ in Float.random(in: -8...8, using: &generator) }
        // The rectifier has a kink at 0, where a difference is no slope.
        let isSmooth = { (x: Float) in form != .rectified || abs(x) > 1e-3 }
        let input = Matrix(columns: 71, values: points)
        var output = input
        GELU.apply(&output, form: form)
        expectClose(output.values, points.map { Float(Self.naive(Double($0), form)) }, 5e-7, "seed \(seed)")
        let upstream = Matrix.random(rows: 3, columns: 71, using: &generator)
        var gradient = upstream
        GELU.backpropagate(input: input, gradient: &gradient, form: form)
        let wanted = zip(points, upstream.values).map { x, g in
            Float(slope(of: { [Self.naive($0[0], form)] }, at: [Double(x)], along: 0, weight: [Double(g)]))
        }
        let smooth = points.indices.filter { isSmooth(points[$0]) }
        expectClose(smooth.map { gradient.values[$0] }, smooth.map { wanted[$0] }, 2e-6, "seed \(seed)")
    }

    @Test("Values and gradients are PyTorch's.", arguments: [("geluErf", GELU.Form.erf), ("geluTanh", .tanh)])
    func golden(_ name: String, _ form: GELU.Form) throws {
        let golden = try GoldenCase.named(name)
        var output = golden.inputs[0].matrix
        GELU.apply(&output, form: form)
        expectClose(output.values, golden.output.values)
        var gradient = golden.gradient.matrix
        GELU.backpropagate(input: golden.inputs[0].matrix, gradient: &gradient, form: form)
        expectClose(gradient.values, golden.gradients[0].values)
    }

    @Test("The bits do not depend on the number of threads.")
    func threads() {
        var generator = SeededGenerator(seed: 3)
        let input = Matrix.random(rows: 130, columns: 131, using: &generator)
        var one = input
        var many = input
        GELU.apply(&one)
        GELU.apply(&many, threads: 3)
        #expect(one.values == many.values)
        GELU.backpropagate(input: input, gradient: &one)
        GELU.backpropagate(input: input, gradient: &many, threads: 3)
        #expect(one.values == many.values)
    }
}
