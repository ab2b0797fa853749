/// What the `decoy.json` of a model folder says.
public struct ModelRecord: Sendable, Hashable, Codable {
    /// Always `decoy model`.
    public var format = Self.format
    /// The version of the folder's form.
    public var version = Self.version
    /// The version of the program that wrote it; empty where unknown.
    public var program = ""
    /// What the model was trained on, in the user's words or the dataset's name; empty where unknown.
    public var data = ""
    /// What training started from, by the name of its folder or file; nil for random rows.
    public var start: String?
    /// The options of the training, its seed among them.
    public var options = TrainingOptions()
    /// The pairs it was trained on; 0 for an untrained model.
    public var pairs = 0
    /// The steps that were taken.
    public var steps = 0
    /// The mean loss of each epoch.
    public var epochLosses: [Double] = []
    /// The temperature at the end where it was learnt.
    public var temperature: Double?
    /// Notes that the model card prints: results, say, one a line.
    public var notes: [String] = []
    /// Whether queries and documents share a table.
    public var towers = Towers.shared
    /// What tells the model from another.
    public var identity = ModelIdentity(queryTable: "", documentTable: "", tokenizer: "")
    /// The files of the folder with their sizes and checksums.
    public var files: [String: FileRecord] = [:]

    static let format = "decoy model"
    static let version = 1

    /// A record of an untrained model.
    public init() {}

    /// A record of a training.
    public init(options: TrainingOptions, report: TrainingReport, data: String = "", program: String = "") {
        self.options = options
        self.data = data
        self.program = program
        pairs = report.pairs
        steps = report.steps
        epochLosses = report.epochLosses
        temperature = report.temperature
    }
}
