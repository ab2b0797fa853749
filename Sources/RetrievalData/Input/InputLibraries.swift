import CCompression
import CSimdJSON

/// The versions of the libraries that read input.
package enum InputLibraries {
    /// simdjson's version and the instruction set that it uses here, such as `3.6.4 (icelake)`.
    package static var simdjson: String {
        "\(String(cString: csj_version())) (\(String(cString: csj_implementation())))"
    }

    /// zlib's version.
    package static var zlib: String { String(cString: cz_zlib_version()) }

    /// zstd's version.
    package static var zstd: String {
        let version = cz_zstd_version()
        return "\(version / 10_000).\(version / 100 % 100).\(version % 100)"
    }
}
