/// The version that stands in outputs and in `decoy --version`.
public enum DecoyVersion {
    /// The current version.
    public static let current = "0.1.0"

    /// The day of the version, which stands on the pages of the manual.
    public static let date = "2026-11-26"
}
