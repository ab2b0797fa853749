"""Mines hard negatives in decoy and by sentence-transformers' mine_hard_negatives on the same pairs and compares pairs a second.

    python speed.py DECOY DATASET [--queries 5000] [--negatives 5] [--model MODEL] [--threads 2] [--runs 3] [--batch 32] [--transformer]

DECOY is the built program, DATASET a folder in BEIR layout with a train split. Both get the first queries of the split with all their positives,
the whole corpus, ranks up to 100, a relative margin of 0.05 and the top survivors, and write triplets as JSON Lines. MODEL is a static model
that both can load; without it decoy trains one for an epoch. The rows:

- decoy, BM25: `mine` on an index, the default filters; and with the building of the index;
- decoy, vectors: `mine` on vectors of MODEL, with the corpus for texts; and with the encoding;
- sentence-transformers, MODEL: mine_hard_negatives with the texts in memory, at its default batch of 32 and at 1024; the encoding is part of the call. The import of its libraries
  and the reading of files are not counted; decoy's rows are whole processes.
- with --transformer also what a MiniLM-sized transformer (6 layers of 384, random weights, 80 tokens a text) would need for encoding alone,
  from 512 texts.

A pair is a query with one positive. The programs take turns; each figure is the median over the runs, wall-clock and CPU time of the process.
Needs: pip install sentence-transformers datasets
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("HF_DATASETS_DISABLE_PROGRESS_BARS", "1")
os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")


def texts(arguments):
    documents = {}
    with open(os.path.join(arguments.dataset, "corpus.jsonl"), encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            documents[str(record["_id"])] = (record["title"] + " " if record.get("title") else "") + record["text"]
    questions = {}
    with open(os.path.join(arguments.dataset, "queries.jsonl"), encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            questions[str(record["_id"])] = record["text"]
    return documents, questions


def judgements(arguments, out):
    """The judgements of the first queries; returns the pairs."""
    pairs, kept = [], set()
    with open(os.path.join(arguments.dataset, "qrels", "train.tsv"), encoding="utf-8") as lines, open(out, "w", encoding="utf-8") as file:
        file.write(next(lines))
        for line in lines:
            query, document, grade = line.rstrip("\n").split("\t")
            if int(grade) < 1 or (query not in kept and len(kept) == arguments.queries):
                continue
            kept.add(query)
            pairs.append((query, document))
            file.write(line)
    return pairs


def timed(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(command, check=True)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def peer(arguments):
    """sentence-transformers in a process of its own; prints JSON."""
    import torch
    from datasets import Dataset
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.util import mine_hard_negatives

    torch.set_num_threads(arguments.threads)
    documents, questions = texts(arguments)
    with open(arguments.peer, encoding="utf-8") as lines:
        next(lines)
        pairs = [line.split("\t")[:2] for line in lines]
    pairs = [(q, d) for q, d in pairs if q in questions and d in documents]
    if arguments.transformer:
        from transformers import BertConfig, BertModel

        model = BertModel(BertConfig(hidden_size=384, num_hidden_layers=6, num_attention_heads=12, intermediate_size=1536)).eval()
        ids = torch.randint(1000, 30000, (32, 80))
        with torch.inference_mode():
            model(ids)
            start = time.perf_counter()
            cpu = time.process_time()
            for _ in range(16):
                model(ids)
        share = (len(documents) + len({q for q, _ in pairs})) / 512
        print(json.dumps({"wall": (time.perf_counter() - start) * share, "cpu": (time.process_time() - cpu) * share, "rows": 0}))
        return
    model = SentenceTransformer(arguments.model, device="cpu")
    data = Dataset.from_dict({"anchor": [questions[q] for q, _ in pairs], "positive": [documents[d] for _, d in pairs]})
    corpus = list(documents.values())
    start = time.perf_counter()
    cpu = time.process_time()
    mined = mine_hard_negatives(data, model, corpus=corpus, num_negatives=arguments.negatives, range_max=100, relative_margin=0.05,
                                sampling_strategy="top", output_format="triplet", batch_size=arguments.batch, use_faiss=False, verbose=False)
    mined.to_json(os.path.join(os.path.dirname(arguments.peer), "peer.jsonl"))
    print(json.dumps({"wall": time.perf_counter() - start, "cpu": time.process_time() - cpu, "rows": len(mined)}))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("decoy")
    parser.add_argument("dataset")
    parser.add_argument("--queries", type=int, default=5000)
    parser.add_argument("--negatives", type=int, default=5)
    parser.add_argument("--model")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--batch", type=int, default=32, help="texts that sentence-transformers encodes at a time; 32 is its default")
    parser.add_argument("--transformer", action="store_true")
    parser.add_argument("--comparisons", help="write decoy's figures beside the others' here, for ../run")
    parser.add_argument("--peer", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.peer:
        return peer(arguments)
    figures, rows = {}, {}

    def add(name, wall, cpu):
        figures.setdefault(name, []).append((wall, cpu))

    with tempfile.TemporaryDirectory() as folder:
        qrels, threads = os.path.join(folder, "qrels.tsv"), ["--threads", str(arguments.threads), "-q"]
        pairs = judgements(arguments, qrels)
        index, vectors = os.path.join(folder, "index"), os.path.join(folder, "vectors")
        if not arguments.model:
            arguments.model = os.path.join(folder, "model")
            subprocess.run([arguments.decoy, "train", arguments.dataset, "-o", arguments.model, "--epochs", "1", "--dev-split", "none",
                            *threads], check=True)
        labels = ["--queries", os.path.join(arguments.dataset, "queries.jsonl"), "--qrels", qrels, "--num-negatives", str(arguments.negatives)]

        def other(name, batch, *options):
            done = subprocess.run([sys.executable, __file__, arguments.decoy, arguments.dataset, "--peer", qrels, "--model", arguments.model,
                                   "--threads", str(arguments.threads), "--negatives", str(arguments.negatives), "--batch", str(batch), *options],
                                  capture_output=True, text=True)
            if done.returncode:
                sys.exit(done.stderr[-3000:])
            result = json.loads(done.stdout.strip().splitlines()[-1])
            add(name, result["wall"], result["cpu"])
            rows[name] = result["rows"]

        for _ in range(arguments.runs):
            made = timed([arguments.decoy, "index", arguments.dataset, "-o", index, "--force", *threads])
            out = os.path.join(folder, "n.jsonl")
            mined = timed([arguments.decoy, "mine", index, *labels, "-o", out, *threads])
            add("decoy, BM25, index built", *mined)
            add("decoy, BM25, with indexing", made[0] + mined[0], made[1] + mined[1])
            with open(out, "rb") as lines:
                rows["decoy, BM25, index built"] = rows["decoy, BM25, with indexing"] = sum(1 for _ in lines)
            made = timed([arguments.decoy, "encode", arguments.model, arguments.dataset, "-o", vectors, "--force", *threads])
            mined = timed([arguments.decoy, "mine", vectors, "--model", arguments.model, "--corpus", arguments.dataset, *labels, "-o", out,
                           *threads])
            add("decoy, vectors, encoded", *mined)
            add("decoy, vectors, with encoding", made[0] + mined[0], made[1] + mined[1])
            with open(out, "rb") as lines:
                rows["decoy, vectors, encoded"] = rows["decoy, vectors, with encoding"] = sum(1 for _ in lines)
            other("sentence-transformers, same static model", arguments.batch)
            other("the same, batches of 1024", 1024)
        if arguments.transformer:
            other("a MiniLM-sized transformer, encoding alone", 32, "--transformer")
    print(f"{len(pairs)} pairs, {arguments.negatives} negatives, {arguments.threads} threads, median of {arguments.runs} runs; "
          f"load average at the end {os.getloadavg()[0]:.1f}\n")
    print("| | s | pairs/s | CPU s | pairs/CPU s | rows | pairs/s, times sentence-transformers | pairs/CPU s, times |")
    print("|---|---|---|---|---|---|---|---|")
    median = {name: [statistics.median(column) for column in zip(*values)] for name, values in figures.items()}
    base = median["sentence-transformers, same static model"]
    for name, (wall, cpu) in median.items():
        print(f"| {name} | {wall:.2f} | {len(pairs) / wall:.0f} | {cpu:.2f} | {len(pairs) / cpu:.0f} | {rows[name]} | "
              f"{base[0] / wall:.1f} | {base[1] / cpu:.1f} |")
    if arguments.comparisons:
        others = {"sentence-transformers, same static model": "sentence-transformers", "the same, batches of 1024": "sentence-transformers, batches of 1024"}
        rates = {name: (len(pairs) / wall, len(pairs) / cpu) for name, (wall, cpu) in median.items()}
        found = [{"what": name.removeprefix("decoy, "), "unit": unit, "decoy": rates[name][place], "peer": peer, "other": rates[row][place],
                  "ratio": rates[name][place] / rates[row][place]}
                 for name in median if name.startswith("decoy")
                 for row, peer in others.items() for place, unit in enumerate(("pairs/s", "pairs/CPU s"))]
        with open(arguments.comparisons, "w", encoding="utf-8") as out:
            json.dump(found, out)


main()
