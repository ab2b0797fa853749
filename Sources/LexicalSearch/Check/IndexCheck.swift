import DurableStorage

/// What a check of an index found.
public struct IndexCheckReport: Sendable, Hashable, Codable {
    /// One file of the index.
    public struct File: Sendable, Hashable, Codable {
        /// The file's name.
        public var name: String
        /// Its size in bytes.
        public var size: Int
        /// What is wrong with it; empty for a sound file.
        public var problems: [String]
    }

    /// The files, the manifest first.
    public var files: [File] = []
    /// The number of documents.
    public var documentCount = 0
    /// The number of postings that were decoded.
    public var postingCount = 0

    /// Whether nothing is wrong.
    public var isSound: Bool { files.allSatisfy(\.problems.isEmpty) }

    /// One line a problem: the file and what is wrong with it.
    public var problems: [String] { files.flatMap { file in file.problems.map { "\(file.name): \($0)" } } }
}

/// Verifies a whole index: every checksum, then every structure and how the structures fit together.
public enum IndexCheck {
    /// How far a check is.
    public struct Progress: Sendable, Hashable {
        /// The file at hand.
        public var file: String
        /// Bytes that were verified.
        public var bytesDone: Int
        /// Bytes that are to be verified.
        public var bytesTotal: Int
    }

    /// Checks the index at a path; throws `StorageError` where there is none, its manifest is damaged or a file cannot be read, reports everything
    /// else.
    public static func check(path: String, progress: (Progress) -> Void = { _ in }) throws -> IndexCheckReport {
        try check(directory: FileSystemDirectory(path: path), progress: progress)
    }

    /// Checks the index in a directory.
    public static func check(
        directory: any Directory, progress: (Progress) -> Void = { _ in }
    ) throws -> IndexCheckReport {
        let manifest = try Manifest.read(from: directory)
        var report = IndexCheckReport()
        report.files.append(
            .init(
                name: IndexFormat.manifestName, size: try directory.open(IndexFormat.manifestName).count, problems: []))
        var state = Progress(
            file: "", bytesDone: 0, bytesTotal: manifest.segments.flatMap(\.files).reduce(0) { $0 + $1.size })
        var base = 0
        var opened: [Segment] = []
        for segment in manifest.segments {
            var sound = true
            for (file, kind) in segment.kindsOfFiles {
                state.file = file.name
                progress(state)
                let problem = try checkPages(of: file, kind, directory) { state.bytesDone += $0 }
                report.files.append(.init(name: file.name, size: file.size, problems: problem.map { [$0] } ?? []))
                if problem != nil { sound = false }
            }
            // Structures are looked at only where every byte is as it was written.
            if sound, let segment = checkStructure(of: segment, base: base, directory, &report) {
                opened.append(segment)
            }
            base += segment.documentCount
            report.documentCount += segment.liveDocumentCount
        }
        if report.isSound { checkUniqueness(of: opened, &report) }
        progress(state)
        return report
    }

    /// What is wrong with a file's bytes, if anything.
    private static func checkPages(
        of file: Manifest.File, _ kind: FileKind, _ directory: any Directory, _ done: (Int) -> Void
    ) throws -> String? {
        do {
            let opened = try ChecksummedFile(
                directory, file.name, kind: kind, version: IndexFormat.version, expected: file.seal)
            opened.file.willReadSequentially(true)
            for page in 0..<opened.pageCount { try opened.verifyPage(page) }
            done(file.size)
            return nil
        } catch StorageError.corrupt(_, let reason) {
            return reason
        } catch StorageError.notFound {
            return "it is missing"
        } catch let error as StorageError {
            // A file that may not be read is not a damaged one.
            if case .io = error { throw error }
            return "\(error)"
        } catch {
            return "\(error)"
        }
    }

    private static func checkStructure(
        of manifest: Manifest.Segment, base: Int, _ directory: any Directory, _ report: inout IndexCheckReport
    ) -> Segment? {
        func note(_ error: any Error, in name: String) {
            var (file, reason) = (name, "\(error)")
            if case StorageError.corrupt(let path, let why) = error {
                file = path.split(separator: "/").last.map(String.init) ?? name
                reason = why
            }
            let index = report.files.firstIndex { $0.name == file } ?? 0
            report.files[index].problems.append(reason)
        }
        do {
            let segment = try Segment(directory, manifest, base: base)
            for field in segment.fields {
                var check = FieldCheck(field, of: segment)
                do { try check.checkPostings() } catch { note(error, in: field.manifest.postings.name) }
                do { try check.checkPositions() } catch {
                    note(error, in: field.manifest.positions?.name ?? manifest.name)
                }
                report.postingCount += check.postingCount
            }
            let check = SegmentCheck(segment: segment)
            do { try check.checkDocumentsWithTerms() } catch { note(error, in: IndexFormat.manifestName) }
            do { try check.checkIDs() } catch { note(error, in: manifest.ids.name) }
            do { try check.checkTexts() } catch { note(error, in: manifest.texts?.name ?? manifest.name) }
            do { try check.checkColumns() } catch { note(error, in: manifest.columns?.name ?? manifest.name) }
            return segment
        } catch {
            note(error, in: IndexFormat.manifestName)
            return nil
        }
    }

    /// No two documents that are not deleted have the same id.
    private static func checkUniqueness(of segments: [Segment], _ report: inout IndexCheckReport) {
        func problem() throws -> String? {
            for (index, segment) in segments.enumerated() {
                for document in 0..<segment.documentCount where segment.isLive(document) {
                    let id = try segment.ids.id(of: document)
                    for later in segments[(index + 1)...] where try later.liveDocument(withID: id) != nil {
                        return "segments '\(segment.name)' and '\(later.name)' both hold the document '\(id)'"
                    }
                }
            }
            return nil
        }
        do {
            if let problem = try problem() { report.files[0].problems.append(problem) }
        } catch {
            report.files[0].problems.append("\(error)")
        }
    }
}
