import DurableStorage
import RetrievalData

@testable import LexicalSearch

/// Everything that a program does with an index, so that a damaged one shows what it does.
enum IndexUse {
    /// Opens, searches and reads the index; throws what these throw, and returns whether all strategies gave the same.
    static func read(_ directory: InMemoryDirectory) throws -> Bool {
        var isAgreed = true
        let reader = try IndexReader(directory: directory)
        let kept = try reader.documentIDs()
        _ = try reader.metadataKeys()
        var searcher = try Searcher(reader: reader)
        searcher.tuning.windowBits = 5
        searcher.phrases = reader.summary.storesPositions
        for query in ["bank", "river \"interest rate\" don't", "東京 \"x ray 2020\" apple"] {
            var rankings: [[ScoredDocument]] = []
            for strategy in [EvaluationStrategy.exhaustive, .maxScore] {
                searcher.strategy = strategy
                rankings.append(try searcher.search(query, k: 70))
            }
            isAgreed = isAgreed && rankings[0] == rankings[1]
            for hit in rankings[0] { require(hit.score > 0, "a hit without a score") }
            if let best = rankings[1].first {
                _ = try searcher.explain(query, document: best.id)
                _ = try searcher.document(best.id)
            }
            _ = try searcher.scores(of: rankings[0].map(\.id) + kept.prefix(3), for: Query(id: "q", text: query))
        }
        if reader.summary.storesPositions, reader.fields == nil {
            _ = try ProximityRetriever(searcher, depth: 10).search("interest bank", k: 20)
        }
        if reader.summary.storesText {
            _ = try FeedbackRetriever(searcher, model: RM3(documents: 3, terms: 4)).search("interest café", k: 10)
        }
        for filter in [
            "year >= 2010 and not lang = de", "mixed != 2020 or exists a.b", "tags in (bank, x) and open = true",
        ] {
            let restricted = try searcher.restricted(to: MetadataFilter(filter))
            _ = try restricted.search("bank", k: 5)
            _ = try restricted.documentIDs()
        }
        return isAgreed
    }

    /// Deletes, adds and merges; throws what these throw.
    static func change(_ directory: InMemoryDirectory) throws -> Bool {
        for compacts in [false, true] {
            let writer = try IndexWriter(opening: directory, change: .update)
            try writer.add([Document(id: "d3", text: "a new text", metadata: #"{"year": 1, "new": "x"}"#)])
            _ = try writer.delete(["d1", "d2", "d50", "d171"])
            if compacts { writer.compact() }
            _ = try writer.commit()
        }
        return true
    }

    /// All of it, and the check before it.
    ///
    /// Errors are those that an index may give. Where the check finds nothing wrong, nothing may throw, strategies agree, and what was changed is sound too.
    static func all(_ directory: InMemoryDirectory, changes: Bool) throws {
        let report = try IndexCheck.check(directory: directory)
        var errors: [any Error] = []
        var isAgreed = true
        for step in changes ? [read, change] : [read] {
            do {
                isAgreed = try step(directory) && isAgreed
            } catch let error as StorageError {
                errors.append(error)
            } catch let error as SearchError {
                errors.append(error)
            } catch let error as FilterError {
                errors.append(error)
            }
        }
        let isBroken = errors.contains { if case StorageError.corrupt = $0 { true } else { false } }
        if report.isSound {
            require(!isBroken, "checked as sound, but \(errors)")
            require(isAgreed, "checked as sound, but the strategies differ")
            if changes, errors.isEmpty {
                let after = try IndexCheck.check(directory: directory)
                require(after.isSound, "after a change: \(after.problems)")
            }
        }
    }
}
