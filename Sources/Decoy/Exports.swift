// The umbrella product: one import for everything.
@_exported import DenseRetrieval
@_exported import LexicalSearch
@_exported import NegativeMining
@_exported import RetrievalData
@_exported import RetrievalEvaluation
@_exported import TextAnalysis
