"""Asks where a difference to sentence-transformers comes from: the same training loop in PyTorch, once with SparseAdam and once with Adam.

    python adam.py DECOY DATASET [--dimension 256] [--batch 32] [--epochs 5] [--rates 0.02,0.03,0.05] [--seeds 3]

SparseAdam moves a row only in the steps that touch it, as decoy does; Adam goes on moving it by its momentum, as sentence-transformers' trainer does. All else is
that of the setting "equal" of quality.py: starting table, batches without duplicates, in-batch negatives over 0.05, linear decay.
"""

import argparse
import os
import random
import tempfile

import quality


def batches(pairs, size, rng):
    """The pairs in random order, cut into batches in which no query and no document stands twice."""
    left = rng.sample(pairs, len(pairs))
    while left:
        batch, seen, rest = [], set(), []
        for query, document in left:
            if len(batch) < size and ("q", query) not in seen and ("d", document) not in seen:
                batch.append((query, document))
                seen |= {("q", query), ("d", document)}
            else:
                rest.append((query, document))
        yield batch
        left = rest


def train(collection, start, kind, rate, seed, a):
    import torch
    pairs = collection.pairs("train")
    table = torch.nn.Parameter(torch.tensor(start))
    sparse = kind == "SparseAdam"
    optimizer = getattr(torch.optim, kind)([table], lr=rate)
    rng = random.Random(seed)
    plan = [batch for _ in range(a.epochs) for batch in batches(pairs, a.batch, rng)]

    def vectors(texts):
        ids, offsets = collection.bags(texts)
        return torch.nn.functional.normalize(torch.nn.functional.embedding_bag(ids, table, offsets, mode="mean", sparse=sparse))

    for step, batch in enumerate(plan):
        optimizer.param_groups[0]["lr"] = rate * (1 - step / len(plan))
        queries = vectors([collection.queries[q] for q, _ in batch])
        documents = vectors([collection.documents[d] for _, d in batch])
        loss = torch.nn.functional.cross_entropy(queries @ documents.T / 0.05, torch.arange(len(batch)))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return collection.measure(a.decoy, table.detach())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("decoy")
    parser.add_argument("dataset")
    parser.add_argument("--dimension", type=int, default=256)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--rates", default="0.02,0.03,0.05")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=1)
    a = parser.parse_args()
    import torch
    from tokenizers import Tokenizer
    torch.set_num_threads(a.threads)
    with tempfile.TemporaryDirectory() as folder:
        model = os.path.join(folder, "model")
        starts = []
        for seed in range(1, a.seeds + 1):
            quality.ours(a.decoy, a.dataset, model, ["--epochs", "0", "--dimension", str(a.dimension), "--seed", str(seed)], a.threads)
            starts.append(quality.table_of(model))
        collection = quality.Collection(a.dataset, Tokenizer.from_file(os.path.join(model, "tokenizer.json")))
    for rate in map(float, a.rates.split(",")):
        for kind in ("SparseAdam", "Adam"):
            found = [train(collection, start, kind, rate, seed, a)["nDCG@10"] for seed, start in enumerate(starts, 1)]
            print(f"{kind} rate {rate}: nDCG@10 {' '.join(f'{v:.4f}' for v in found)}, mean {sum(found) / len(found):.4f}", flush=True)


main()
