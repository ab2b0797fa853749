"""Loads a model folder in decoy and in the program that reads or wrote it, and compares the vectors of texts.

    python load.py DECOY MODEL CORPUS.jsonl [--texts N] [--program sentence-transformers|model2vec|wordllama]

DECOY is the built program, MODEL a folder that decoy wrote, or one that the other program wrote, or for wordllama the folder of the installed
package. Nothing is truncated on either side. Prints how fast both encode, the least and the mean cosine between the two programs' vectors of the same texts, and how far the least
similar elements are apart. Exit code 1 where a cosine is below 0.99999. Needs: pip install sentence-transformers model2vec wordllama
"""

import argparse
import glob
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


def encoder(program: str, model: str):
    """What encodes a list of texts with the other program; texts without tokens have no say in the comparison."""
    if program == "model2vec":
        from model2vec import StaticModel

        static = StaticModel.from_pretrained(model)
        return lambda texts: static.encode(texts, max_length=None, use_multiprocessing=False)
    if program == "wordllama":
        from safetensors import safe_open
        from tokenizers import Tokenizer
        from wordllama.inference import WordLlamaInference

        (weights,), (tokenizer,) = (glob.glob(os.path.join(model, part)) for part in ("weights/*.safetensors", "tokenizers/*.json"))
        with safe_open(weights, framework="np") as tensors:
            static = WordLlamaInference(tensors.get_tensor("embedding.weight"), Tokenizer.from_file(tokenizer))
        return lambda texts: static.embed(texts)
    from sentence_transformers import SentenceTransformer

    transformer = SentenceTransformer(model, device="cpu")
    for module in transformer:
        if hasattr(module, "tokenizer"):
            module.tokenizer.no_truncation()
    return lambda texts: transformer.encode(texts, batch_size=1024, show_progress_bar=False)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("decoy")
    parser.add_argument("model")
    parser.add_argument("corpus")
    parser.add_argument("--program", default="sentence-transformers", choices=["sentence-transformers", "model2vec", "wordllama"])
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
    encode = encoder(arguments.program, arguments.model)
    encode(texts[:256])
    before = time.process_time()
    start = time.perf_counter()
    theirs = np.asarray(encode(texts), dtype=np.float64)
    print(f"decoy, the whole process: {len(texts) / seconds:.0f} texts/s, {len(texts) / cpu:.0f} a CPU second; "
          f"{arguments.program}, encode alone: {len(texts) / (time.perf_counter() - start):.0f} texts/s, "
          f"{len(texts) / (time.process_time() - before):.0f} a CPU second")
    if ours.shape != theirs.shape:
        print(f"shapes differ: {ours.shape} and {theirs.shape}")
        return 1
    lengths = np.linalg.norm(theirs, axis=1)
    known = lengths > 0
    ours, theirs = ours[known], theirs[known] / lengths[known, None]
    cosines = (ours * theirs).sum(axis=1)
    print(f"{len(texts)} texts, {ours.shape[1]} dimensions: least cosine {cosines.min():.8f}, mean {cosines.mean():.8f}, "
          f"largest difference {np.abs(ours - theirs).max():.2e}")
    return 0 if cosines.min() >= 0.99999 else 1


sys.exit(main())
