"""Compares a cross-encoder's scores and speed with sentence-transformers' CrossEncoder on real pairs.

    HF_HUB_OFFLINE=1 python cross_encoder.py DECOY DATASET --model MINILM [--pairs 500] [--threads 2] [--rounds 3] [--work DIR]

MINILM is the folder of all-MiniLM-L6-v2. It gets a random classification head (seed 1, with larger weights than usual, so that scores differ) and is saved by transformers:
no cross-encoder's weights are needed, and the scores mean nothing. DATASET is in BEIR layout. The pairs are queries with documents drawn by the seed, 50 a
query. Both score them: sentence-transformers with predict (batch 32, f32), decoy with rerank --depth 50. Times are those of the scoring: for
sentence-transformers predict alone, for decoy the whole command less the same command on one pair (start, reading the model and the corpus). The rounds alternate.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import tempfile
import time


def read(path):
    with open(path, encoding="utf-8") as lines:
        return {row["_id"]: row for row in map(json.loads, lines)}


def make_model(source, target):
    import torch
    import transformers
    torch.manual_seed(1)
    model = transformers.AutoModelForSequenceClassification.from_pretrained(source, num_labels=1)
    with torch.no_grad():
        model.classifier.weight.normal_(std=0.3)
    model.save_pretrained(target)
    transformers.AutoTokenizer.from_pretrained(source).save_pretrained(target)


def write_run(path, pairs):
    with open(path, "w") as file:
        places = {}
        for query, document in pairs:
            places[query] = places.get(query, 0) + 1
            file.write(f"{query} Q0 {document} {places[query]} {1000 - places[query]} x\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("decoy")
    parser.add_argument("dataset")
    parser.add_argument("--model", required=True)
    parser.add_argument("--pairs", type=int, default=500)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--work", default=None)
    a = parser.parse_args()
    work = a.work or tempfile.mkdtemp()
    model = os.path.join(work, "cross-encoder")
    make_model(a.model, model)

    corpus, queries = read(f"{a.dataset}/corpus.jsonl"), read(f"{a.dataset}/queries.jsonl")
    rng = random.Random(1)
    chosen = rng.sample(sorted(queries), -(-a.pairs // 50))
    pairs = [(q, d) for q in chosen for d in rng.sample(sorted(corpus), 50)][: a.pairs]

    def text(document):
        row = corpus[document]
        return (row.get("title", "") + " " + row["text"]).strip() if row.get("title") else row["text"]

    run, one, out = (os.path.join(work, name) for name in ("run.trec", "one.trec", "out.trec"))
    write_run(run, pairs)
    write_run(one, pairs[:1])

    def decoy(source):
        start = time.perf_counter()
        subprocess.run(
            [a.decoy, "rerank", source, "--model", model, "--corpus", a.dataset, "--queries", f"{a.dataset}/queries.jsonl",
             "--depth", "50", "--threads", str(a.threads), "-o", out, "--quiet"], check=True)
        return time.perf_counter() - start

    import torch
    from sentence_transformers import CrossEncoder
    torch.set_num_threads(a.threads)
    peer = CrossEncoder(model, device="cpu")
    texts = [(queries[q]["text"], text(d)) for q, d in pairs]
    peer.predict(texts[:32])
    times = {"sentence-transformers": [], "decoy": []}
    for _ in range(a.rounds):
        start = time.perf_counter()
        expected = peer.predict(texts, batch_size=32, show_progress_bar=False)
        times["sentence-transformers"].append(time.perf_counter() - start)
        alone = decoy(one)
        times["decoy"].append(decoy(run) - alone)
    with open(out) as lines:
        found = {(c[0], c[2]): float(c[4]) for c in map(str.split, lines)}
    differences = [abs(found[pair] - float(score)) for pair, score in zip(pairs, expected)]
    lengths = [len(ids) for ids in peer.tokenizer(texts, truncation="longest_first", max_length=peer.max_seq_length)["input_ids"]]
    print(f"{len(pairs)} pairs, {statistics.mean(lengths):.0f} tokens on average, {sum(n == max(lengths) for n in lengths)} of the longest ({max(lengths)})")
    print(f"scores from {min(expected):.4f} to {max(expected):.4f}; greatest difference {max(differences):.2e}, mean {statistics.mean(differences):.2e}")
    for name, seconds in times.items():
        best = min(seconds)
        print(f"{name}: {best:.2f} s best of {a.rounds} (all: {', '.join(f'{s:.2f}' for s in seconds)}), {len(pairs) / best:.0f} pairs a second")
    print(f"ratio {min(times['sentence-transformers']) / min(times['decoy']):.2f}")


if __name__ == "__main__":
    main()
