"""The texts that the transformer scripts have in common: edge cases, and documents of corpora in BEIR layout."""

import json

# Empty, one token, over-long, without spaces, special tokens written out, outside the vocabulary.
EDGES = [
    "", " ", "a", "#", "\u200b", "word " * 2000, "\u0e2a" * 3000, "[CLS] [SEP] [MASK]", "\U0001f600", "e\u0301" * 200, "\u4e2d\u6587" * 400,
    "x" * 5000, "the " * 253, "the " * 254, "the " * 255, "\n\t", "[PAD]", "[UNK] \ufffd",
]


def documents(path, count=None):
    """Title and text of documents: all, or so many evenly from the whole corpus."""
    with open(path, encoding="utf-8") as lines:
        texts = [(d.get("title", "") + " " + d["text"]).strip() for d in map(json.loads, lines)]
    return texts if count is None else texts[:: max(1, len(texts) // count)][:count]
