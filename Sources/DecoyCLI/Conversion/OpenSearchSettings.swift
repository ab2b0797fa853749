import Decoy

/// What creates an index in OpenSearch or Elasticsearch that comes near to one of ours: BM25's parameters, the nearest built-in
/// analyzer, and a field of title and text together.
struct OpenSearchSettings {
    var similarity: BM25
    var analyzer: AnalyzerOptions

    /// Language analyzers of theirs that bear the names of our profiles.
    private static let sameNames: Set<String> = [
        "english", "german", "french", "spanish", "portuguese", "italian", "catalan", "romanian", "dutch", "danish",
        "norwegian", "swedish", "finnish", "hungarian", "russian", "greek", "turkish", "arabic", "hindi", "indonesian",
        "thai", "whitespace",
    ]

    /// The name of the nearest built-in analyzer.
    var nearestAnalyzer: String {
        // A custom analyzer that extends a profile is called `english, changed` unless it has a name of its own.
        let name = analyzer.name.split(separator: ",").first.map(String.init) ?? ""
        if Self.sameNames.contains(name) { return name }
        if ["chinese", "japanese", "korean"].contains(name) { return "cjk" }
        return analyzer.tokenizer == .whitespace ? "whitespace" : "standard"
    }

    /// The body of `PUT /INDEX`.
    ///
    /// Strings of metadata are whole words (`keyword`), as filters take them; nothing is taken for a date.
    var json: String {
        """
        {
          "settings": {
            "index": {
              "similarity": {"default": {"type": "BM25", "k1": \(JSONText.number(similarity.k1)), "b": \(JSONText.number(similarity.b))}}
            }
          },
          "mappings": {
            "date_detection": false,
            "dynamic_templates": [
              {
                "metadata": {
                  "path_match": "metadata.*",
                  "match_mapping_type": "string",
                  "mapping": {"type": "keyword", "ignore_above": 8191}
                }
              }
            ],
            "properties": {
              "title": {"type": "text", "analyzer": "\(nearestAnalyzer)", "copy_to": "contents"},
              "text": {"type": "text", "analyzer": "\(nearestAnalyzer)", "copy_to": "contents"},
              "contents": {"type": "text", "analyzer": "\(nearestAnalyzer)"}
            }
          }
        }

        """
    }
}
