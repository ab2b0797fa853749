import CLineEditing
import Decoy
import DurableStorage
import Essentials
import NumericKernels
import RetrievalData
import TextAnalysis

/// Looks at the machine and the program; nothing is left behind.
enum Examination {
    /// Everything that `decoy doctor` says; `output` is a folder that results are to go to.
    static func report(output: String) -> DoctorReport {
        let system = system()
        var report = DoctorReport(
            program: .init(version: DecoyVersion.current, build: isDebug ? "debug" : "release", swift: swift),
            system: system, processor: processor(), libraries: libraries(),
            folders: [
                folder(output, purpose: "output"),
                folder(FileManager.default.temporaryDirectory.path, purpose: "temporary"),
            ], trials: DoctorTrials.run(), broken: [], slow: [])
        report.broken = broken(report)
        report.slow = slow(report)
        return report
    }

    private static var isDebug: Bool { _isDebugAssertConfiguration() }

    private static var swift: String {
        #if compiler(>=6.4)
            "6.4 or later"
        #elseif compiler(>=6.3)
            "6.3"
        #else
            "6.2"
        #endif
    }

    private static func processor() -> DoctorReport.Processor {
        let instructions = NumericPlatform.productInstructions.map { ", \($0)" } ?? ""
        return .init(
            loops: NumericPlatform.vectorLoops, products: ProductEngine.platformName + instructions,
            bfloat16: NumericPlatform.bfloat16)
    }

    private static func libraries() -> DoctorReport.Libraries {
        let edit = clineediting_version()
        return .init(
            icu: TextLibraries.icu, snowball: "\(TextLibraries.snowballAlgorithms) algorithms (it states no version)",
            oneDNN: NumericPlatform.oneDNNVersion, simdjson: InputLibraries.simdjson, zlib: InputLibraries.zlib,
            zstd: InputLibraries.zstd, libedit: "\(edit / 100).\(edit % 100)")
    }

    private static func system() -> DoctorReport.System {
        #if arch(x86_64)
            let architecture = "x86-64"
        #elseif arch(arm64)
            let architecture = "arm64"
        #else
            let architecture = "another architecture"
        #endif
        let process = ProcessInfo.processInfo
        return .init(
            name: process.operatingSystemVersionString, architecture: architecture,
            cores: process.activeProcessorCount, coreLimit: coreLimit, memory: Int(clamping: process.physicalMemory),
            availableMemory: availableMemory)
    }

    /// What a container's control group grants: `cpu.max` holds a quota and a period in microseconds, or `max`.
    private static var coreLimit: Double? {
        let parts = (try? String(contentsOfFile: "/sys/fs/cgroup/cpu.max", encoding: .utf8))?.split { $0.isWhitespace }
        guard let parts, parts.count == 2, let quota = Double(parts[0]), let period = Double(parts[1]), period > 0
        else { return nil }
        return (quota / period * 10).rounded() / 10
    }

    private static var availableMemory: Int? {
        guard let text = try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix("MemAvailable:") })
        else { return nil }
        let kilobytes = line.split { $0.isWhitespace }.dropFirst().first.flatMap { Int($0) }
        return kilobytes.map { $0 << 10 }
    }

    /// Writes a file into the folder and removes it.
    private static func folder(_ path: String, purpose: String) -> DoctorReport.Folder {
        let files = FileManager.default
        let attributes = try? files.attributesOfFileSystem(forPath: path)
        var folder = DoctorReport.Folder(
            purpose: purpose, path: path,
            free: (attributes?[.systemFreeSize] as? any BinaryInteger).map { Int(clamping: $0) })
        let probe = path + "/decoy-doctor-\(ProcessInfo.processInfo.processIdentifier)"
        do {
            try AtomicFile.write(path: probe) { try $0.write("can be written\n") }
            try files.removeItem(atPath: probe)
        } catch {
            folder.problem = String(describing: error)
        }
        return folder
    }

    private static func broken(_ report: DoctorReport) -> [DoctorReport.Remark] {
        var remarks = report.folders.compactMap { folder in
            folder.problem.map {
                DoctorReport.Remark(
                    problem: $0,
                    remedy: folder.purpose == "temporary"
                        ? "set TMPDIR to a folder that can be written"
                        : "write results elsewhere (-o), or have the right granted")
            }
        }
        for trial in report.trials {
            guard let problem = trial.problem else { continue }
            remarks.append(
                .init(
                    problem: "\(trial.name): \(problem)",
                    remedy: "install the libraries that decoy was built with, or build it again on this machine"))
        }
        return remarks
    }

    private static func slow(_ report: DoctorReport) -> [DoctorReport.Remark] {
        var remarks: [DoctorReport.Remark] = []
        func add(_ isSo: Bool, _ problem: String, _ remedy: String) {
            if isSo { remarks.append(.init(problem: problem, remedy: remedy)) }
        }
        add(
            isDebug, "this is a debug build: everything takes ten to a hundred times as long",
            "build with swift build -c release --product decoy, and use .build/release/decoy")
        add(
            ProductEngine.platformName == "plain Swift",
            "there is no oneDNN: training and encoding multiply in plain loops",
            "install its library; on Debian and Ubuntu: apt-get install libdnnl2")
        #if arch(x86_64)
            add(
                !NumericPlatform.hasFastLoops,
                "the processor, or the virtual machine, shows no AVX2: scoring is slower",
                "use a machine with AVX2; in a virtual machine pass the host's processor through")
        #endif
        let granted = report.system.coreLimit ?? Double(report.system.cores)
        add(
            granted <= 1, "there is one core: training, mining and searches of files use several",
            "use a machine with more")
        add(
            granted + 0.5 < Double(report.system.cores),
            "this container may use \(granted) of \(report.system.cores) cores; more threads than that wait for each other",
            "give --threads \(max(1, Int(granted.rounded())))")
        add(
            (report.system.availableMemory ?? .max) < 1 << 30, "less than 1 GB of memory is free",
            "give index and mine a smaller --memory, such as 64MB, and train a smaller --batch-size")
        for folder in report.folders where (folder.free ?? .max) < 1 << 30 {
            add(true, "less than 1 GB is free in \(folder.path)", "free some space, or write elsewhere")
        }
        return remarks
    }
}
