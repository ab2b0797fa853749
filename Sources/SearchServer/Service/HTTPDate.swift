import Essentials
import Synchronization

/// The time as the header `Date` has it (RFC 9110, section 5.6.7), made once a second.
enum HTTPDate {
    private struct Known {
        var second = 0
        var text = ""
    }

    private static let known = Mutex(Known())
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Now.
    static var now: String {
        let second = time(nil)
        return known.withLock { known in
            if known.second != second { known = Known(second: second, text: text(of: second)) }
            return known.text
        }
    }

    /// A time in seconds since 1970.
    static func text(of second: Int) -> String {
        let (day, clock) = second.quotientAndRemainder(dividingBy: 86400)
        let (year, month, date) = civil(day)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let hours = "\(two(clock / 3600)):\(two(clock / 60 % 60)):\(two(clock % 60))"
        return "\(days[day % 7]), \(two(date)) \(months[month - 1]) \(year) \(hours) GMT"
    }

    /// Year, month and day of a number of days since 1970 (Howard Hinnant, chrono-compatible low-level date algorithms).
    private static func civil(_ days: Int) -> (Int, Int, Int) {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}
