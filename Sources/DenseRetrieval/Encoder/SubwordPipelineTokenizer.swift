import TextAnalysis

extension SubwordPipeline: SubwordTokenizer {}
