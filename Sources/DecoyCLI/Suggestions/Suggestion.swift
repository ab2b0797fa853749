import Essentials

/// The known word that was probably meant by one that is not known.
enum Suggestion {
    /// The nearest of the known words, whatever their case; nil where none is near.
    ///
    /// Near is a third of the word's characters, at least 1, and less than all of them; a known word that begins with this one is near too.
    /// Of words that are equally near the first counts. `limit` is another distance that is near.
    static func nearest(to word: String, among known: some Sequence<String>, limit: Int? = nil) -> String? {
        let lowered = word.lowercased()
        var best: (word: String, distance: Int)?
        for candidate in known where candidate != word {
            let distance = EditDistance.between(candidate.lowercased(), lowered)
            if distance < best?.distance ?? Int.max { best = (candidate, distance) }
        }
        if let best, best.distance <= limit ?? max(1, word.count / 3), best.distance < word.count { return best.word }
        guard word.count >= 3 else { return nil }
        let longer = known.filter { $0.lowercased().hasPrefix(lowered) && $0 != word }
        return longer.count == 1 ? longer.first : nil
    }

    /// `did you mean 'search'?`, to stand before the remedy; nil where nothing is near.
    static func question(for word: String, among known: some Sequence<String>) -> String? {
        nearest(to: word, among: known).map { "did you mean '\($0)'?" }
    }

    /// The entry nearest to a path's last part that is in the same folder; nil where none is near, or the folder itself is not there.
    static func path(near path: String) -> String? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: true)
        guard let name = parts.last.map(String.init) else { return nil }
        let folder = String(path.withoutTrailingSlashes.dropLast(name.count))
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
        // A folder with more entries is not one in which names are typed.
        guard names.count <= 10_000 else { return nil }
        let visible = names.filter { !$0.hasPrefix(".") && !$0.hasSuffix(".partial") }.sorted()
        // What stands behind the last point is alike in files that have nothing else in common.
        let stem = name.lastIndex(of: ".").map { name[..<$0] } ?? name[...]
        return nearest(to: name, among: visible, limit: max(1, stem.count / 3)).map { folder + $0 }
    }
}
