/// The version that stands in outputs and in `decoy --version`.
public enum DecoyVersion {
    /// The current version.
    public static let current = "0.1.0"
}
