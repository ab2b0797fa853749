import ArgumentParser
import Decoy
import Essentials

/// The options of mining that bring evidence of their own that a candidate is relevant.
struct EvidenceFlags: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Reject what this ranks above the positive: an index, a vector folder (with --teacher-model), a cross-encoder's folder, or a run file.",
            valueName: "path"), completion: .file())
    var teacher: String?

    @Option(
        help: ArgumentHelp("The model that made the teacher's vectors.", valueName: "model"), completion: .directory)
    var teacherModel: String?

    @Option(help: "How far the teacher must score a candidate below the positive.")
    var teacherMargin = 0.0

    @Option(
        help: ArgumentHelp(
            #"Reject documents that hold one of the query's answers; lines {"query_id": "…", "answers": ["…"]}."#,
            valueName: "file"), completion: .file())
    var answers: String?

    @Option(
        help: ArgumentHelp("Reject documents that have a positive's value in this metadata field.", valueName: "field"))
    var groupField: String?

    @Option(
        help: ArgumentHelp(
            "Reject documents that further judgements hold relevant; those of grade 0 pass the estimate, margins, --max-score and the teacher.",
            valueName: "qrels"))
    var judged: String?

    func validate() throws {
        guard teacher != nil || (teacherModel == nil && teacherMargin == 0) else {
            throw ValidationError("--teacher-model and --teacher-margin go with --teacher")
        }
        guard teacherMargin >= 0, teacherMargin.isFinite else {
            throw ValidationError("--teacher-margin \(teacherMargin): give 0 or more")
        }
        guard groupField?.isEmpty != true else { throw ValidationError("--group-field needs the name of a field") }
    }

    /// The filters, quick ones first; inputs that have nothing to say of any judged query are input errors.
    func filters(
        documents: any DocumentStore, qrels: Qrels, marginAgainst: PositiveReference, threads: Int
    ) throws -> [any FalseNegativeFilter] {
        var filters: [any FalseNegativeFilter] = []
        if let judged {
            let further = try QrelsReader.read(judged)
            try Self.require(further.queryIDs, of: judged, in: qrels)
            filters.append(JudgedFilter(qrels: further))
        }
        if let groupField {
            try Self.require(key: groupField, of: documents)
            filters.append(SameGroupFilter(field: groupField, documents: documents))
        }
        if let answers {
            let known = try AnswerReader.read(answers)
            try Self.require(known.keys, of: answers, in: qrels)
            filters.append(AnswerFilter(answers: known, documents: documents))
        }
        if let teacher {
            let retriever = try openTeacher(teacher, documents: documents, qrels: qrels, threads: threads)
            filters.append(
                TeacherFilter(
                    teacher: retriever, margin: teacherMargin, against: marginAgainst,
                    scoresOnDemand: retriever is CachedRetriever))
        }
        return filters
    }

    /// Whether the teacher is a cross-encoder, which reads texts.
    var teacherReadsTexts: Bool { teacher.map(CrossEncoderFolder.isPresent(at:)) ?? false }

    private func openTeacher(
        _ path: String, documents: any DocumentStore, qrels: Qrels, threads: Int
    ) throws -> any Retriever {
        if teacherReadsTexts {
            guard teacherModel == nil else {
                throw UsageProblem("--teacher-model goes with vectors; \(path) is a cross-encoder")
            }
            // One pair is one thread's work: queries are mined side by side.
            let encoder = try CrossEncoderFolder.read(path, threads: threads)
            return CachedRetriever(CrossEncoderRetriever(encoder: encoder, documents: documents))
        }
        if path == "-" || FileType.isFolder(path) == false {
            guard teacherModel == nil else {
                throw UsageProblem("--teacher-model goes with vectors; \(path) is a file")
            }
            let run = try RunReader.read(path)
            try Self.require(run.rankings.map(\.queryID), of: path, in: qrels)
            return RunRetriever(run)
        }
        switch try FolderKind(of: path) {
        case .lexicalIndex:
            guard teacherModel == nil else {
                throw UsageProblem("--teacher-model goes with vectors; \(path) is an index")
            }
            return try Searcher(reader: IndexReader(path: path), threads: threads)
        case .vectors:
            guard let teacherModel else {
                throw UsageProblem("--teacher \(path) needs --teacher-model, the model that made the vectors")
            }
            return try RetrieverOptions.openVectors(path, model: teacherModel, threads: threads)
        case .model:
            throw UsageProblem(
                "\(path) is a model; a teacher needs vectors (decoy encode makes vectors of a model) or is a cross-encoder"
            )
        }
    }

    /// Throws where none of the queries is judged: the file belongs to another data set.
    private static func require(_ queries: some Sequence<QueryID>, of path: String, in qrels: Qrels) throws {
        if queries.contains(where: { !qrels[$0].isEmpty }) { return }
        throw InputErrors(
            InputError(
                source: path, problem: "none of its queries is judged in --qrels",
                remedy: "check that both belong to the same data set"))
    }

    /// Throws where the index knows that no document has a key.
    private static func require(key: String, of documents: any DocumentStore) throws {
        guard let reader = (documents as? Searcher)?.reader, reader.hasMetadataColumns else { return }
        let names = try reader.metadataKeys().map(\.name)
        if names.contains(key) { return }
        let known =
            names.isEmpty ? "no document has metadata" : "known keys: " + names.prefix(40).joined(separator: ", ")
        throw UsageProblem("--group-field: no document has the key \(key); \(known)")
    }
}
