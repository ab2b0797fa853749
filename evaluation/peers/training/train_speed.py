"""Fine-tunes a transformer in decoy and in sentence-transformers on the same pairs and compares speed and memory.

    HF_HUB_OFFLINE=1 python train_speed.py PROGRAM MODEL DATASET [--batch 32] [--length 128] [--negatives 0,1,3] [--precisions f32,bf16]
        [--queries short,long] [--steps 5] [--runs 3] [--threads 2] [--dropout 0.1]

PROGRAM is the built program TransformerTraining of Benchmarks, MODEL a sentence-transformers folder, DATASET a folder in BEIR layout with a train split.
Texts are cut to --length tokens. Queries are those of the train split (short) or documents themselves (long, as long as the documents); hard negatives are
documents by chance (seed 1), for the time is the same. Each run is a process of its own, the programs in turn; a step's time is the median of its steps but
the first, what is printed is the median of the runs. Memory is the peak resident memory of the process, and what the training added to the memory before it.

decoy is the library's trainer, sentence-transformers its own trainer with MultipleNegativesRankingLoss (scale 20) and AdamW (fused); its bf16 is measured as
autocast and with the whole model in bfloat16, and the faster counts. Needs: pip install 'sentence-transformers[train]'; a model as in transformer.py
"""

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time


def lines(path):
    with open(path, encoding="utf-8") as source:
        yield from map(json.loads, source)


def task(arguments, negatives, kind, precision):
    """Texts of the pairs and what both programs must know."""
    documents = {d["_id"]: f"{d.get('title', '')} {d['text']}".strip() for d in lines(os.path.join(arguments.dataset, "corpus.jsonl"))}
    queries = {q["_id"]: q["text"] for q in lines(os.path.join(arguments.dataset, "queries.jsonl"))}
    with open(os.path.join(arguments.dataset, "qrels", "train.tsv"), encoding="utf-8") as source:
        judged = [line.rstrip("\n").split("\t") for line in source][1:]
    pairs, seen = [], set()
    for query, document, score in judged:
        if int(score) > 0 and query not in seen and document not in seen and document in documents:
            seen |= {query, document}
            pairs.append((query, document))
    pairs = pairs[: arguments.batch * (arguments.steps + 1)]
    if len(pairs) < arguments.batch * 2:
        sys.exit(f"{arguments.dataset} has only {len(pairs)} pairs of different queries and documents")
    pairs = pairs[: len(pairs) // arguments.batch * arguments.batch]
    draw = random.Random(1)
    others = [text for name, text in documents.items() if name not in seen]
    draw.shuffle(others)
    asked = [queries[query] if kind == "short" else others.pop() for query, _ in pairs]
    return {
        "queries": asked, "documents": [[documents[document], *(others.pop() for _ in range(negatives))] for _, document in pairs],
        "batch": arguments.batch, "length": arguments.length, "rate": 2e-5, "dropout": arguments.dropout, "precision": precision,
        "threads": arguments.threads,
    }


def resident():
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def peer(model, path, variant):
    """sentence-transformers, in a process of its own; prints JSON."""
    import torch
    from datasets import Dataset
    from sentence_transformers import SentenceTransformer, SentenceTransformerTrainer, SentenceTransformerTrainingArguments
    from sentence_transformers.losses import MultipleNegativesRankingLoss
    from transformers import TrainerCallback

    with open(path, encoding="utf-8") as source:
        given = json.load(source)
    torch.set_num_threads(given["threads"])
    encoder = SentenceTransformer(
        model, device="cpu", model_kwargs={"dtype": torch.bfloat16 if variant == "bf16 model" else torch.float32},
        config_kwargs={"hidden_dropout_prob": given["dropout"], "attention_probs_dropout_prob": given["dropout"]})
    encoder.max_seq_length = given["length"]
    columns = {"anchor": given["queries"]}
    for place, texts in enumerate(zip(*given["documents"])):
        columns["positive" if place == 0 else f"negative_{place}"] = list(texts)
    times, losses = [], []

    class Clock(TrainerCallback):
        def on_train_begin(self, *_, **__):
            times.append((time.perf_counter(), time.process_time()))

        def on_step_end(self, *_, **__):
            times.append((time.perf_counter(), time.process_time()))

    class Loss(MultipleNegativesRankingLoss):
        def forward(self, *parts, **named):
            value = super().forward(*parts, **named)
            losses.append(value.item())
            return value

    before = resident()
    with tempfile.TemporaryDirectory() as folder:
        options = SentenceTransformerTrainingArguments(
            output_dir=folder, num_train_epochs=1, per_device_train_batch_size=given["batch"], learning_rate=given["rate"], weight_decay=0.01,
            optim="adamw_torch_fused", save_strategy="no", report_to=[], logging_strategy="no", disable_tqdm=True, use_cpu=True,
            bf16=variant == "bf16 autocast")
        SentenceTransformerTrainer(model=encoder, args=options, train_dataset=Dataset.from_dict(columns), loss=Loss(encoder), callbacks=[Clock()]).train()
    print(json.dumps({
        "seconds": [b[0] - a[0] for a, b in zip(times, times[1:])], "losses": losses, "cpu": times[-1][1] - times[0][1], "before": before,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}))


def run(command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)}: {done.stderr[-2000:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def setting(arguments, folder, negatives, kind):
    """Runs all programs in turn and prints a table's rows; returns the comparisons."""
    compared = []
    paths = {}
    for precision in arguments.precisions:
        paths[precision] = os.path.join(folder, f"{precision}.json")
        with open(paths[precision], "w", encoding="utf-8") as out:
            json.dump(task(arguments, negatives, kind, precision), out)
    programs = {}
    for precision, path in paths.items():
        programs[f"decoy {precision}"] = [arguments.program, arguments.model, path]
        for variant in ["f32"] if precision == "f32" else ["bf16 autocast", "bf16 model"]:
            programs[f"PyTorch {variant}"] = [sys.executable, __file__, "--peer", variant, arguments.model, path]
    found = {name: [] for name in programs}
    for _ in range(arguments.runs):
        for name, command in programs.items():
            found[name].append(run(command))
    rows = {}
    for name, runs in found.items():
        step = statistics.median(statistics.median(said["seconds"][1:]) for said in runs)
        cpu = statistics.median(said["cpu"] / len(said["seconds"]) for said in runs)
        peak = statistics.median(said["peak"] for said in runs) / 2**20
        rows[name] = (step, peak)
        added = peak - statistics.median(said["before"] for said in runs) / 2**20
        print(f"| {kind} | {negatives} | {name} | {step:.3f} | {cpu:.2f} | {arguments.batch / step:.1f} | {peak:.0f} | {added:.0f} | {statistics.fmean(runs[0]['losses']):.3f} |", flush=True)
    for precision in arguments.precisions:
        peers = [row for name, row in rows.items() if name.startswith(f"PyTorch {precision}")]
        step, peak = rows[f"decoy {precision}"]
        best = min(peers)
        what = f"fine-tuning, MiniLM, {precision}, {negatives} negatives, {kind} queries"
        peer = f"sentence-transformers {precision}"
        compared.append({"what": what, "unit": "pairs/s", "decoy": arguments.batch / step, "peer": peer, "other": arguments.batch / best[0],
                         "ratio": best[0] / step})
        compared.append({"what": f"memory, {what}", "unit": "MB", "decoy": peak, "peer": peer, "other": best[1], "ratio": best[1] / peak})
        print(f"decoy {precision}: {best[0] / step:.2f} times as fast as PyTorch {precision}, {peak / best[1]:.2f} of its memory", flush=True)
    return compared


def main():
    if sys.argv[1:2] == ["--peer"]:
        return peer(sys.argv[3], sys.argv[4], sys.argv[2])
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("model")
    parser.add_argument("dataset")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--length", type=int, default=128)
    parser.add_argument("--negatives", default="0,1,3")
    parser.add_argument("--precisions", type=lambda text: text.split(","), default=["f32", "bf16"])
    parser.add_argument("--queries", default="short,long")
    parser.add_argument("--steps", type=int, default=5, help="steps a run, the first one left out")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--comparisons", help="write decoy's figures beside the others' here, for ../run")
    arguments = parser.parse_args()
    print(f"batch {arguments.batch}, {arguments.length} tokens, {arguments.threads} threads, {arguments.runs} runs of {arguments.steps} steps; load {os.getloadavg()[0]:.1f}")
    print("| queries | hard negatives | | s a step | CPU s | pairs/s | peak MB | added MB | mean loss |\n|---|---|---|---|---|---|---|---|---|")
    compared = []
    with tempfile.TemporaryDirectory() as folder:
        for kind in arguments.queries.split(","):
            for negatives in map(int, arguments.negatives.split(",")):
                compared += setting(arguments, folder, negatives, kind)
    if arguments.comparisons:
        with open(arguments.comparisons, "w", encoding="utf-8") as out:
            json.dump(compared, out)


main()
