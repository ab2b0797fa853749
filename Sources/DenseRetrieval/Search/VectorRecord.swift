import Essentials
import RetrievalData

/// What the `decoy.json` of a vector folder says.
public struct VectorRecord: Sendable, Hashable, Codable {
    /// Always `decoy vectors`.
    public var format = Self.format
    /// The version of the folder's form.
    public var version = Self.version
    /// The version of the program that wrote it; empty where unknown.
    public var program = ""
    /// The number of vectors.
    public var rows = 0
    /// The length of the vectors; less than the model's where they were cut.
    public var dimension = 0
    /// How the numbers are kept.
    public var precision = VectorPrecision.f32
    /// The type of the factors of the products of the transformer that made them; nil for f32 and for tables.
    public var products: ProductPrecision?
    /// The graph for approximate search; nil where there is none.
    public var graph: GraphRecord?
    /// The model that made the vectors.
    public var model: ModelIdentity
    /// The files of the folder with their sizes and checksums.
    public var files: [String: FileRecord] = [:]
    /// The part of a corpus that the folder holds; nil where it holds the whole.
    public var shard: ShardRecord?

    static let format = "decoy vectors"
    static let version = 2

    init(
        program: String = "", rows: Int = 0, dimension: Int, precision: VectorPrecision = .f32,
        products: ProductPrecision? = nil, graph: GraphRecord? = nil, model: ModelIdentity
    ) {
        self.program = program
        self.rows = rows
        self.dimension = dimension
        self.precision = precision
        self.products = products == .float32 ? nil : products
        self.graph = graph
        self.model = model
    }

    /// Reads a record; version 1 knew 32-bit floats alone and does not name them.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        format = try values.decode(String.self, forKey: .format)
        version = try values.decode(Int.self, forKey: .version)
        program = try values.decode(String.self, forKey: .program)
        rows = try values.decode(Int.self, forKey: .rows)
        dimension = try values.decode(Int.self, forKey: .dimension)
        if version > 1 { precision = try values.decode(VectorPrecision.self, forKey: .precision) }
        products = try values.decodeIfPresent(ProductPrecision.self, forKey: .products)
        graph = try values.decodeIfPresent(GraphRecord.self, forKey: .graph)
        model = try values.decode(ModelIdentity.self, forKey: .model)
        files = try values.decode([String: FileRecord].self, forKey: .files)
        shard = try values.decodeIfPresent(ShardRecord.self, forKey: .shard)
    }

    /// The hash of what the vectors of a document depend on: the model, and how numbers are kept.
    var optionsDigest: String {
        get throws {
            var options = self
            (options.program, options.rows, options.files, options.shard) = ("", 0, [:], nil)
            if let graph { options.graph = GraphRecord(links: graph.links, buildBreadth: graph.buildBreadth) }
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            var digest = InputDigest()
            digest.add(String(decoding: try encoder.encode(options), as: UTF8.self))
            return digest.text
        }
    }
}
