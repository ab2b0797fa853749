import CICU

/// Writes traditional Chinese characters as simplified ones: `漢語` gives `汉语`.
///
/// By ICU's transliterator `Traditional-Simplified`, whose rules know some contexts (`著作` keeps its `著`). One for each thread; the
/// first one of a process takes some 10 ms to make, later ones nothing.
/// Source: ICU's data, so the outcome depends on ICU's version.
final class SimplifiedChinese {
    private let transliterator: OpaquePointer
    private var buffer: [UInt8] = []

    /// Nil where ICU's data has no such transliterator.
    init?() {
        guard let transliterator = cicu_transliterator_open("Traditional-Simplified") else { return nil }
        self.transliterator = transliterator
    }

    deinit { cicu_transliterator_close(transliterator) }

    func apply(to term: inout [UInt8]) {
        // The first Han character, U+2E80, begins with this byte.
        guard term.contains(where: { $0 >= 0xE2 }) else { return }
        let capacity = term.count * 6 + 64
        if buffer.count < capacity { buffer = [UInt8](repeating: 0, count: capacity) }
        let written = cicu_transliterate(transliterator, term, Int32(term.count), &buffer, Int32(buffer.count))
        guard written >= 0 else { return }
        term.replaceSubrange(term.indices, with: buffer.prefix(Int(written)))
    }
}
