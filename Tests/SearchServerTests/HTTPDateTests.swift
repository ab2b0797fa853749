import DecoyTestSupport
import Foundation
import Testing

@testable import SearchServer

@Suite("The header Date")
struct HTTPDateTests {
    @Test("It is what Foundation makes of the same second.")
    func reference() throws {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(identifier: "GMT")
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        var random = SeededGenerator(seed: 9)
        let seconds =
            [0, 951_782_399, 951_782_400, 4_102_444_799]
            + (0..<300).map { _ in Int.random(in: 0...4_000_000_000, using: &random) }
        for second in seconds {
            let expected = format.string(from: Date(timeIntervalSince1970: Double(second)))
            #expect(HTTPDate.text(of: second) == expected, "\(second), seed 9")
        }
    }
}
