"""Loads a model folder that decoy wrote in sentence-transformers and compares the vectors of texts.

    python load.py DECOY MODEL CORPUS.jsonl [--texts N]

DECOY is the built program. Prints how fast both encode, the least and the mean cosine between the two programs' vectors of the same texts, and how far the least
similar elements are apart. Exit code 1 where a cosine is below 0.99999. Needs: pip install sentence-transformers
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time

import numpy as np
import torch
from safetensors.numpy import load_file
from sentence_transformers import SentenceTransformer


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("decoy")
    parser.add_argument("model")
    parser.add_argument("corpus")
    parser.add_argument("--texts", type=int, default=2000)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()

    documents = []
    with open(arguments.corpus, encoding="utf-8") as lines:
        for line in lines:
            documents.append(json.loads(line))
            if len(documents) == arguments.texts:
                break
    texts = [(d.get("title", "") + " " if d.get("title") else "") + d["text"] for d in documents]

    with tempfile.TemporaryDirectory() as folder:
        corpus = os.path.join(folder, "corpus.jsonl")
        with open(corpus, "w", encoding="utf-8") as out:
            for d in documents:
                out.write(json.dumps(d, ensure_ascii=False) + "\n")
        vectors = os.path.join(folder, "vectors")
        start = time.perf_counter()
        subprocess.run([arguments.decoy, "encode", arguments.model, corpus, "-o", vectors, "--threads", str(arguments.threads), "--quiet"],
                       check=True)
        seconds = time.perf_counter() - start
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = usage.ru_utime + usage.ru_stime
        ours = load_file(os.path.join(vectors, "vectors.safetensors"))["vectors"]
        with open(os.path.join(vectors, "ids.txt"), encoding="utf-8") as lines:
            rows = {line.rstrip("\n"): row for row, line in enumerate(lines)}
        ours = ours[[rows[str(d["_id"])] for d in documents]]

    torch.set_num_threads(arguments.threads)
    model = SentenceTransformer(arguments.model, device="cpu")
    model.encode(texts[:256], batch_size=256)
    before = time.process_time()
    start = time.perf_counter()
    theirs = model.encode(texts, batch_size=1024, show_progress_bar=False)
    print(f"decoy, the whole process: {len(texts) / seconds:.0f} texts/s, {len(texts) / cpu:.0f} a CPU second; "
          f"sentence-transformers, encode alone: {len(texts) / (time.perf_counter() - start):.0f} texts/s, "
          f"{len(texts) / (time.process_time() - before):.0f} a CPU second")
    if ours.shape != theirs.shape:
        print(f"shapes differ: {ours.shape} and {theirs.shape}")
        return 1
    lengths = np.linalg.norm(ours, axis=1) * np.linalg.norm(theirs, axis=1)
    known = lengths > 0
    cosines = (ours * theirs).sum(axis=1)[known] / lengths[known]
    print(f"{len(texts)} texts, {ours.shape[1]} dimensions: least cosine {cosines.min():.8f}, mean {cosines.mean():.8f}, "
          f"largest difference {np.abs(ours - theirs).max():.2e}")
    return 0 if cosines.min() >= 0.99999 else 1


sys.exit(main())
