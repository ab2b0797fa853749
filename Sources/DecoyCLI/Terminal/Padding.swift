extension String {
    /// The text with spaces behind it up to a width in characters; as it is where it is no shorter.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
