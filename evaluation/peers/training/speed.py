"""Trains a static encoder in decoy and in sentence-transformers on the same pairs and compares speed and memory.

    python speed.py DECOY DATASET [--dimension 256] [--batch 2048] [--epochs 1] [--threads 2] [--limit PAIRS] [--negatives FILE|random] [--runs 1]

DECOY is the built program, DATASET a folder in BEIR layout with a train split. decoy trains first; its vocabulary (tokenizer.json) is what
sentence-transformers gets, so both cut text alike. In-batch negatives (MultipleNegativesRankingLoss, scale 20; temperature 0.05); with
--negatives also the same three hard negatives a pair in both programs, from a file of `decoy mine --output-format ids`, filled up and
chosen at random (seed 1) where a query has fewer. Each program runs in a process of its own; its CPU time, wall-clock time and peak memory are those of the whole process. "step" is what the training loop itself says:
decoy's pairs a second, and the median over the steps of sentence-transformers. The programs take turns, --runs times; figures are medians. Needs: pip install 'sentence-transformers[train]'
"""

import argparse
import json
import os
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time


NEGATIVES = 3


def texts(dataset, limit):
    """The pairs of the train split as ids, and the texts of queries and documents."""
    documents = {}
    with open(os.path.join(dataset, "corpus.jsonl"), encoding="utf-8") as lines:
        for line in lines:
            d = json.loads(line)
            documents[d["_id"]] = (d.get("title", "") + " " if d.get("title") else "") + d["text"]
    queries = {}
    with open(os.path.join(dataset, "queries.jsonl"), encoding="utf-8") as lines:
        for line in lines:
            q = json.loads(line)
            queries[q["_id"]] = q["text"]
    pairs = []
    with open(os.path.join(dataset, "qrels", "train.tsv"), encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            query, document, score = line.rstrip("\n").split("\t")
            if int(score) > 0 and query in queries and document in documents:
                pairs.append((query, document))
    return pairs[:limit] if limit else pairs, queries, documents


def cut(dataset, limit, folder):
    """A dataset in `folder` with the first training judgements alone, so that both programs train on the same pairs."""
    os.makedirs(os.path.join(folder, "qrels"))
    for name in ("corpus.jsonl", "queries.jsonl"):
        os.symlink(os.path.join(os.path.abspath(dataset), name), os.path.join(folder, name))
    with open(os.path.join(dataset, "qrels", "train.tsv"), encoding="utf-8") as lines:
        head = [next(lines)]
        kept = [line for line in lines if int(line.rstrip("\n").split("\t")[2]) > 0][:limit]
    with open(os.path.join(folder, "qrels", "train.tsv"), "w", encoding="utf-8") as out:
        out.writelines(head + kept)
    return folder


def choose(source, dataset, out):
    """Writes a file of ids with exactly three negatives of every training query."""
    pairs, _, documents = texts(dataset, 0)
    positives = {}
    for query, document in pairs:
        positives.setdefault(query, []).append(document)
    mined = {}
    if source != "random":
        with open(source, encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                mined.setdefault(row["query_id"], []).extend(row["negative_ids"])
    ids = sorted(documents)
    draw = random.Random(1)
    with open(out, "w", encoding="utf-8") as file:
        for query in sorted(positives):
            chosen = [d for d in dict.fromkeys(mined.get(query, [])) if d not in positives[query]][:NEGATIVES]
            while len(chosen) < NEGATIVES:
                document = draw.choice(ids)
                if document not in positives[query] and document not in chosen:
                    chosen.append(document)
            file.write(json.dumps({"query_id": query, "positive_ids": positives[query], "negative_ids": chosen}) + "\n")


def peer(arguments):
    """sentence-transformers, in a process of its own; prints JSON."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["TOKENIZERS_PARALLELISM"] = "true"
    import torch
    from datasets import Dataset
    from sentence_transformers import SentenceTransformer, SentenceTransformerTrainer, SentenceTransformerTrainingArguments
    from sentence_transformers.losses import MultipleNegativesRankingLoss
    from sentence_transformers.models import StaticEmbedding
    from tokenizers import Tokenizer
    from transformers import TrainerCallback

    torch.set_num_threads(arguments.threads)
    pairs, queries, documents = texts(arguments.dataset, arguments.limit)
    columns = {"anchor": [queries[p[0]] for p in pairs], "positive": [documents[p[1]] for p in pairs]}
    if arguments.negatives:
        with open(arguments.negatives, encoding="utf-8") as lines:
            chosen = {row["query_id"]: row["negative_ids"] for row in map(json.loads, lines)}
        for place in range(NEGATIVES):
            columns[f"negative_{place + 1}"] = [documents[chosen[p[0]][place]] for p in pairs]
    data = Dataset.from_dict(columns)
    tokenizer = Tokenizer.from_file(os.path.join(arguments.model, "tokenizer.json"))
    model = SentenceTransformer(
        modules=[StaticEmbedding(tokenizer, embedding_dim=arguments.dimension)], device="cpu")
    times = []

    class Clock(TrainerCallback):
        def on_step_end(self, *_, **__):
            times.append(time.perf_counter())

    with tempfile.TemporaryDirectory() as folder:
        options = SentenceTransformerTrainingArguments(
            output_dir=folder, num_train_epochs=arguments.epochs, per_device_train_batch_size=arguments.batch,
            learning_rate=0.1, save_strategy="no", report_to=[], logging_strategy="no", disable_tqdm=True, use_cpu=True,
            dataloader_drop_last=False)
        SentenceTransformerTrainer(
            model=model, args=options, train_dataset=data, loss=MultipleNegativesRankingLoss(model),
            callbacks=[Clock()]).train()
    steps = sorted(b - a for a, b in zip(times, times[1:]))
    median = steps[len(steps) // 2] if steps else float("nan")
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({"pairs": len(pairs), "pairsPerSecond": arguments.batch / median,
                      "cpu": usage.ru_utime + usage.ru_stime, "memory": usage.ru_maxrss}))


def ours(arguments, model):
    command = [arguments.decoy, "train", arguments.dataset, "-o", model, "--dimension", str(arguments.dimension), "--batch-size",
               str(arguments.batch), "--epochs", str(arguments.epochs), "--threads", str(arguments.threads), "--dev-split", "none", "--force"]
    if arguments.negatives:
        command += ["--negatives", arguments.negatives, "--num-negatives", str(NEGATIVES)]
    # Of this process alone: the peak of RUSAGE_CHILDREN is that of the largest child there ever was.
    with tempfile.TemporaryFile("w+") as messages:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=messages)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        messages.seek(0)
        said = messages.read()
    if process.returncode:
        sys.exit(said[-2000:])
    found = re.search(r"trained on (\d+) pairs, \d+ steps, (\d+) pairs/s", said)
    return {"pairs": int(found[1]), "pairsPerSecond": float(found[2]), "wall": wall, "cpu": usage.ru_utime + usage.ru_stime,
            "memory": usage.ru_maxrss}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("decoy")
    parser.add_argument("dataset")
    parser.add_argument("--dimension", type=int, default=256)
    parser.add_argument("--batch", type=int, default=2048)
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--negatives", help="a file of decoy mine --output-format ids, or random")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--comparisons", help="write decoy's figures beside the others' here, for ../run")
    parser.add_argument("--model", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.model:
        return peer(arguments)
    with tempfile.TemporaryDirectory() as folder:
        model = os.path.join(folder, "model")
        peers = [*sys.argv[1:], "--model", model]
        if arguments.limit:
            arguments.dataset = cut(arguments.dataset, arguments.limit, os.path.join(folder, "dataset"))
        if arguments.negatives:
            chosen = os.path.join(folder, "negatives.jsonl")
            choose(arguments.negatives, arguments.dataset, chosen)
            arguments.negatives = chosen
            peers += ["--negatives", chosen]
        found = []
        for _ in range(arguments.runs):
            mine = ours(arguments, model)
            start = time.perf_counter()
            done = subprocess.run([sys.executable, __file__, *peers], capture_output=True, text=True)
            if done.returncode:
                sys.exit(done.stderr[-2000:])
            theirs = json.loads(done.stdout.strip().splitlines()[-1])
            theirs["wall"] = time.perf_counter() - start
            found.append((mine, theirs))
    mine, theirs = ({key: statistics.median(row[key] for row in rows) for key in rows[0]} for rows in zip(*found))
    for name, row in (("decoy", mine), ("sentence-transformers", theirs)):
        print(f"{name:22} {row['pairs']:.0f} pairs; step {row['pairsPerSecond']:.0f} pairs/s; whole process {row['wall']:.1f} s, "
              f"{row['cpu']:.1f} CPU s, {row['memory'] / 1024:.0f} MB")
    print(f"ratio: step {mine['pairsPerSecond'] / theirs['pairsPerSecond']:.1f}x, CPU {theirs['cpu'] / mine['cpu']:.1f}x, "
          f"memory {mine['memory'] / theirs['memory']:.2f}")
    if arguments.comparisons:
        kind = "static encoder" + (", 3 negatives a pair" if arguments.negatives else "")
        shown = [("pairsPerSecond", "pairs/s", "training", False), ("cpu", "CPU s", "whole training", True), ("memory", "MB", "memory", True)]
        rows = [{"what": f"{what}, {kind}", "unit": unit, "decoy": mine[key] / (1024 if key == "memory" else 1), "peer": "sentence-transformers",
                 "other": theirs[key] / (1024 if key == "memory" else 1),
                 "ratio": theirs[key] / mine[key] if less else mine[key] / theirs[key]} for key, unit, what, less in shown]
        with open(arguments.comparisons, "w", encoding="utf-8") as out:
            json.dump(rows, out)


main()
