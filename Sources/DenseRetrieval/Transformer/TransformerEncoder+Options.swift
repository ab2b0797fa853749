import NumericKernels

/// The type of the factors of a transformer's matrix products.
public typealias ProductPrecision = NumericKernels.ProductPrecision

extension TransformerEncoder {
    /// The tokens that texts can be cut to: room for one beside the special ones, and no more than the model has places.
    public var allowedLengths: ClosedRange<Int> {
        let least = specialTokens.before.count + specialTokens.after.count + 1
        return least...max(least, config.longestSequence)
    }

    /// The encoder with another limit of the length and other prompts; nil and missing ones stay.
    ///
    /// Throws `EncoderError.longestSequence` for a limit that leaves no room for a token or goes beyond the model's places.
    public func configured(
        longestSequence: Int? = nil, prompts: [TextRole: String] = [:]
    ) throws(EncoderError) -> TransformerEncoder {
        let length = longestSequence ?? self.longestSequence
        guard longestSequence == nil || allowedLengths.contains(length) else {
            throw .longestSequence(allowed: allowedLengths)
        }
        var encoder = self
        encoder.longestSequence = length
        for (role, text) in prompts { encoder.prompts[role.rawValue] = text }
        return encoder
    }
}

extension DualEncoder {
    /// The tokens that texts can be cut to; nil for tables, which take texts whole.
    public var allowedLengths: ClosedRange<Int>? {
        guard case .transformer(let transformer) = documentEncoder else { return nil }
        return transformer.allowedLengths
    }

    /// The model with other limits, prompts and products of its transformers; a table is left as it is.
    public func configured(
        longestSequence: Int? = nil, prompts: [TextRole: String] = [:], precision: ProductPrecision = .float32
    ) throws(EncoderError) -> DualEncoder {
        func changed(_ encoder: TextEncoder) throws(EncoderError) -> TextEncoder {
            guard case .transformer(let transformer) = encoder else { return encoder }
            var changed = try transformer.configured(longestSequence: longestSequence, prompts: prompts)
            changed.precision = precision
            return .transformer(changed)
        }
        var model = self
        model.queryEncoder = try changed(queryEncoder)
        model.documentEncoder = towers == .shared ? model.queryEncoder : try changed(documentEncoder)
        return model
    }
}
