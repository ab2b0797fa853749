import DecoyTestSupport
import NumericKernels
import Testing

@Suite("Matrix products")
struct MatrixProductTests {
    enum Form: CaseIterable { case plain, rightTransposed, leftTransposed }

    static func product(
        _ form: Form, _ a: Matrix, _ b: Matrix, into c: inout Matrix, accumulate: Bool, scale: Float, threads: Int,
        engine: ProductEngine
    ) {
        switch form {
        case .plain:
            MatrixProduct.multiply(
                a.window, b.window, into: &c, accumulate: accumulate, scale: scale, threads: threads, engine: engine)
        case .rightTransposed:
            MatrixProduct.multiplyTransposed(
                a.window, b.window, into: &c, accumulate: accumulate, scale: scale, threads: threads, engine: engine)
        case .leftTransposed:
            MatrixProduct.transposedMultiply(
                a.window, b.window, into: &c, accumulate: accumulate, scale: scale, threads: threads, engine: engine)
        }
    }

    /// The product in double precision.
    static func naive(_ form: Form, _ a: Matrix, _ b: Matrix, _ row: Int, _ column: Int) -> Double {
        let k = form == .leftTransposed ? a.rows : a.columns
        return (0..<k).reduce(0) { sum, inner in
            let left = form == .leftTransposed ? a[inner, row] : a[row, inner]
            let right = form == .rightTransposed ? b[column, inner] : b[inner, column]
            return sum + Double(left) * Double(right)
        }
    }

    @Test(
        "Library and reference equal the product in double precision, on one thread and on several.",
        arguments: Form.allCases)
    func equalsNaive(_ form: Form) {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<6 {
            let m = Int.random(in: 1...90, using: &generator)
            let n = Int.random(in: 1...90, using: &generator)
            let k = Int.random(in: 1...40, using: &generator)
            let a =
                form == .leftTransposed
                ? Matrix.random(rows: k, columns: m, using: &generator)
                : Matrix.random(rows: m, columns: k, using: &generator)
            let b =
                form == .rightTransposed
                ? Matrix.random(rows: n, columns: k, using: &generator)
                : Matrix.random(rows: k, columns: n, using: &generator)
            let start = Matrix.random(rows: m, columns: n, using: &generator)
            for engine in [ProductEngine.platform, .reference] {
                for threads in [1, 3] {
                    var c = start
                    Self.product(form, a, b, into: &c, accumulate: true, scale: 0.5, threads: threads, engine: engine)
                    for row in stride(from: 0, to: m, by: 7) {
                        for column in stride(from: 0, to: n, by: 5) {
                            let wanted = 0.5 * Self.naive(form, a, b, row, column) + Double(start[row, column])
                            #expect(abs(Double(c[row, column]) - wanted) < 1e-5, "seed \(seed), \(m) x \(n) x \(k)")
                        }
                    }
                }
            }
        }
    }

    @Test("The bits do not depend on the number of threads.", arguments: Form.allCases)
    func threads(_ form: Form) {
        var generator = SeededGenerator(seed: 5)
        let a = Matrix.random(rows: 96, columns: 96, using: &generator)
        let tall = Matrix.random(rows: 300, columns: 96, using: &generator)
        for (left, right, rows, columns) in form == .plain
            ? [(tall, a, 300, 96)]
            : form == .rightTransposed ? [(a, tall, 96, 300), (tall, a, 300, 96)] : [(a, a, 96, 96)]
        {
            var one = Matrix(rows: rows, columns: columns)
            var many = Matrix(rows: rows, columns: columns)
            Self.product(form, left, right, into: &one, accumulate: false, scale: 1, threads: 1, engine: .platform)
            Self.product(form, left, right, into: &many, accumulate: false, scale: 1, threads: 4, engine: .platform)
            #expect(one.values == many.values)
        }
    }

    @Test("A product over nothing is zero, or what was there where it accumulates.")
    func emptyInner() {
        let a = Matrix(rows: 2, columns: 0)
        let b = Matrix(rows: 0, columns: 2)
        var c = Matrix(columns: 2, values: [1, 2, 3, 4])
        MatrixProduct.multiply(a.window, b.window, into: &c, accumulate: true)
        #expect(c.values == [1, 2, 3, 4])
        MatrixProduct.multiply(a.window, b.window, into: &c)
        #expect(c.values == [0, 0, 0, 0])
    }
}
