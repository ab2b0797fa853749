/// What was done for a query that had too few survivors.
struct QueryShortfall {
    /// Whether a window was made deeper.
    var isWidened = false
    /// The number of random documents that fill up.
    var filled = 0
    /// Whether the query lost its negatives.
    var isDropped = false
}
