import DurableStorage
import Essentials
import NumericKernels

/// How the rows of a text's tokens become one vector: the `config.json` of a sentence-transformers Pooling module.
struct TransformerPooling: Sendable {
    let modes: [SequencePooling.Mode]

    /// The mean, which sentence-transformers takes for a folder without modules.
    static let mean = TransformerPooling(modes: [.mean])

    private init(modes: [SequencePooling.Mode]) { self.modes = modes }

    private struct Values: Decodable {
        var pooling_mode: Names?
        var pooling_mode_cls_token: Bool?
        var pooling_mode_mean_tokens: Bool?
        var pooling_mode_max_tokens: Bool?
        var pooling_mode_mean_sqrt_len_tokens: Bool?
        var pooling_mode_weightedmean_tokens: Bool?
        var pooling_mode_lasttoken: Bool?
        var include_prompt: Bool?
    }

    /// One name or several.
    private enum Names: Decodable {
        case list([String])

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let one = try? value.decode(String.self) {
                self = .list([one])
            } else {
                self = .list(try value.decode([String].self))
            }
        }
    }

    /// Reads the configuration of a pooling folder; throws `StorageError.incompatible` for a mode that is not supported.
    ///
    /// Several modes stand one behind the other in the order first token, maximum, mean, mean by the root of the length.
    init(in folder: any Directory) throws {
        let file = try folder.open("config.json")
        let values: Values
        do {
            values = try JSONDecoder().decode(Values.self, from: Data(file.view.bytes))
        } catch {
            throw StorageError.corrupt(file: file.name, reason: "it is not the configuration of a Pooling module")
        }
        func refuse(_ what: String) -> StorageError {
            .incompatible(
                file: file.name, reason: "\(what) is not supported",
                remedy: "use a model that pools by cls, max, mean or mean_sqrt_len_tokens, prompts included")
        }
        if values.include_prompt == false { throw refuse("include_prompt = false") }
        if case .list(let names)? = values.pooling_mode {
            let known: [String: SequencePooling.Mode] = [
                "cls": .first, "max": .maximum, "mean": .mean, "mean_sqrt_len_tokens": .meanOfRoot,
            ]
            modes = try names.map { name in
                guard let mode = known[name] else { throw refuse("the pooling mode \(name)") }
                return mode
            }
        } else {
            if values.pooling_mode_weightedmean_tokens == true { throw refuse("pooling_mode_weightedmean_tokens") }
            if values.pooling_mode_lasttoken == true { throw refuse("pooling_mode_lasttoken") }
            var modes: [SequencePooling.Mode] = []
            if values.pooling_mode_cls_token == true { modes.append(.first) }
            if values.pooling_mode_max_tokens == true { modes.append(.maximum) }
            if values.pooling_mode_mean_tokens == true { modes.append(.mean) }
            if values.pooling_mode_mean_sqrt_len_tokens == true { modes.append(.meanOfRoot) }
            self.modes = modes
        }
        guard !modes.isEmpty else {
            throw StorageError.corrupt(file: file.name, reason: "it names no pooling mode")
        }
    }
}
