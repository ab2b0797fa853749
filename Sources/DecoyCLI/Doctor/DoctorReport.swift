/// What `decoy doctor` found: what this program is and runs on, what works, and what is slow.
struct DoctorReport: Encodable, Sendable {
    struct Program: Encodable, Sendable {
        var version: String
        /// `release` or `debug`.
        var build: String
        var swift: String
    }

    struct System: Encodable, Sendable {
        var name: String
        var architecture: String
        var cores: Int
        /// The share of the cores that a container grants, in cores; nil where there is no limit.
        var coreLimit: Double?
        var memory: Int
        /// What is free for this process; nil where the system does not say.
        var availableMemory: Int?
    }

    struct Libraries: Encodable, Sendable {
        var icu: String?
        var snowball: String
        var oneDNN: String?
        var simdjson: String
        var zlib: String
        var zstd: String
        var libedit: String
    }

    struct Processor: Encodable, Sendable {
        /// The instructions of the loops of scoring, bit packing and vectors.
        var loops: String
        /// What multiplies matrices, and with which instructions.
        var products: String
        /// What `--precision bf16` runs on; nil where it saves no time.
        var bfloat16: String?
    }

    /// A folder that is written into.
    struct Folder: Encodable, Sendable {
        var purpose: String
        var path: String
        var free: Int?
        /// Why it cannot be written; nil where it can.
        var problem: String?
    }

    /// A small piece of work with a known result.
    struct Trial: Encodable, Sendable {
        var name: String
        var milliseconds: Double
        /// What went wrong; nil where the result was right.
        var problem: String?
    }

    /// What is slow or broken, why, and what to do.
    struct Remark: Encodable, Sendable {
        var problem: String
        var remedy: String
    }

    var program: Program
    var system: System
    var processor: Processor
    var libraries: Libraries
    var folders: [Folder]
    var trials: [Trial]
    var broken: [Remark]
    var slow: [Remark]

    var isSound: Bool { broken.isEmpty }

    /// For a person: a line each, then what is broken, then what is slow.
    var text: String {
        var lines: [String] = []
        func add(_ title: String, _ rows: [(String, String)]) {
            lines += ["", title]
            lines += rows.map { name, value in
                "  " + name + String(repeating: " ", count: max(1, 13 - name.count)) + value
            }
        }
        lines.append("decoy \(program.version), \(program.build) build, Swift \(program.swift)")
        let limit = system.coreLimit.map { ", of which this container may use \($0)" } ?? ""
        let available = system.availableMemory.map { ", \(ByteSize(bytes: $0)) of it free" } ?? ""
        add(
            "MACHINE",
            [
                ("system", "\(system.name), \(system.architecture)"), ("cores", "\(system.cores)\(limit)"),
                ("memory", "\(ByteSize(bytes: system.memory))\(available)"),
            ]
                + folders.map { folder in
                    let free = folder.free.map { ", \(ByteSize(bytes: $0)) free" } ?? ""
                    return (
                        folder.purpose, "\(folder.path)\(free)\(folder.problem == nil ? "" : ", cannot be written")"
                    )
                })
        add(
            "PROCESSOR",
            [
                ("loops", processor.loops), ("products", processor.products),
                ("bf16", processor.bfloat16 ?? "no instructions of its own; --precision bf16 saves memory, not time"),
            ])
        let missing = "not there"
        add(
            "LIBRARIES",
            [
                ("ICU", libraries.icu ?? missing), ("Snowball", libraries.snowball),
                ("oneDNN", libraries.oneDNN ?? missing), ("simdjson", libraries.simdjson), ("zlib", libraries.zlib),
                ("zstd", libraries.zstd), ("libedit", libraries.libedit),
            ])
        add(
            "TRIALS",
            trials.map { trial in
                (trial.problem == nil ? "ok" : "BROKEN", "\(trial.name) (\(trial.milliseconds) ms)")
            })
        for (title, remarks) in [("BROKEN", broken), ("SLOW", slow)] where !remarks.isEmpty {
            lines += ["", title]
            lines += remarks.flatMap { ["  \($0.problem)", "    \($0.remedy)"] }
        }
        if broken.isEmpty, slow.isEmpty { lines += ["", "all is well"] }
        return lines.joined(separator: "\n")
    }
}
