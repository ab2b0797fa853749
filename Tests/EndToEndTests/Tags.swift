import Testing

extension Tag {
    /// Runs the built binary.
    @Tag static var endToEnd: Self
    /// Gives hostile or damaged input.
    @Tag static var fault: Self
    /// Compares two runs byte by byte.
    @Tag static var reference: Self
}
