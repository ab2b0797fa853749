import CICU

/// Writes the decimal digits of every script as ASCII digits: `१९४७` and `١٩٤٧` give `1947`.
///
/// Digits are the code points of general category Nd; numerals such as `Ⅳ` or `四` are not.
/// Source: Unicode's numeric values, as ICU has them.
enum DigitFolding {
    static func apply(to term: inout [UInt8]) {
        guard !UTF8Scalars.isASCII(term) else { return }
        UTF8Scalars.map(&term) { scalar in
            let value = cicu_digit_value(scalar.value)
            return (0...9).contains(value) ? Unicode.Scalar(UInt8(value) + UInt8(ascii: "0")) : scalar
        }
    }
}
