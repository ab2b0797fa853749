/// How a measure's values stand in tables.
enum MeasureText {
    /// Four decimals; none for counts such as `NumRet`.
    static func value(_ value: Double, _ measure: Measure) -> String {
        NumberText.fixed(value, isCount(measure) ? 0 : 4)
    }

    /// The places of the best values where they differ; none for counts, of which none is better.
    static func best(_ values: [Double?], _ measure: Measure) -> [Int] {
        let known = values.compactMap(\.self)
        guard !isCount(measure), let best = known.max(), known.contains(where: { $0 < best }) else { return [] }
        return values.indices.filter { values[$0] == best }
    }

    private static func isCount(_ measure: Measure) -> Bool { measure.name.hasPrefix("Num") }
}
