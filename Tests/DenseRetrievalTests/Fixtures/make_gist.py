"""Losses and gradients of one small batch by sentence-transformers' own GISTEmbedLoss, in double precision.

    python3 make_gist.py > gist.json        (PyTorch 2.15.0, sentence-transformers 6.2.0)

Texts are single letters; a letter's row of a table is its vector before it is scaled to length 1. Query a has the positive n and the
negative t, b has o and u, and so on to f. Only the models of the loss are stand-ins: they look rows up.
"""

import json

import torch
from sentence_transformers.sentence_transformer.losses import gist_embed

torch.manual_seed(7)
QUERIES, POSITIVES, NEGATIVES = "abcdef", "nopqrs", "tuvwxy"
table = torch.rand(26, 4, dtype=torch.float64) * 2 - 1
guide = torch.rand(26, 3, dtype=torch.float64) * 2 - 1


def rows(weights, letters):
    return weights[[ord(letter) - 97 for letter in letters]]


def gist(weights, strategy, margin, with_negatives):
    gist_embed.embed_columns = lambda model, columns: [model(column["letters"]) for column in columns]
    loss = gist_embed.GISTEmbedLoss.__new__(gist_embed.GISTEmbedLoss)
    torch.nn.Module.__init__(loss)
    loss.model, loss.guide = (lambda letters: rows(weights, letters)), (lambda letters: rows(guide, letters))
    loss.temperature, loss.margin_strategy, loss.margin = 0.2, strategy, margin
    # The losses of decoy have no terms of queries with queries and documents with documents.
    loss.contrast_anchors = loss.contrast_positives = loss.gather_across_devices = loss.must_retokenize = False
    loss.similarity_fct, loss.cross_entropy_loss = torch.nn.CosineSimilarity(dim=-1), torch.nn.CrossEntropyLoss()
    columns = [QUERIES, POSITIVES] + ([NEGATIVES] if with_negatives else [])
    return loss([{"letters": letters} for letters in columns], None)


cases = []
for strategy, margin in [("absolute", 0.0), ("absolute", 0.3), ("absolute", -0.2), ("relative", 0.1), ("relative", 0.5)]:
    for with_negatives in (False, True):
        weights = table.clone().requires_grad_()
        value = gist(weights, strategy, margin, with_negatives)
        value.backward()
        cases.append({
            "strategy": strategy, "margin": margin, "withNegatives": with_negatives, "loss": float(value.detach()),
            "gradient": [[round(x, 8) for x in row] for row in weights.grad.tolist()],
        })

print(json.dumps({
    "queries": list(QUERIES), "positives": list(POSITIVES), "negatives": list(NEGATIVES), "table": table.tolist(),
    "guide": guide.tolist(), "cases": cases,
}, separators=(",", ":")).replace('{"strategy"', '\n{"strategy"'))
