/// For a writer of a container, which ends its output itself: the file is made durable when it is put into place.
extension AtomicFile: OutputFile {
    /// Hands what is buffered to the system.
    public func sync() throws { try flush() }

    /// Nothing: the file ends with `write(path:_:)`.
    public func close() throws {}
}
