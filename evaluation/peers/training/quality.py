"""Trains a static encoder in decoy and in sentence-transformers on the same pairs and compares how well both retrieve, on the dev split.

    python quality.py DECOY DATASET LOG --setting equal|defaults [--seeds 5] [--dimension 256] [--batch 256] [--epochs 3] [--rates 0.01,0.03,0.1]
    python quality.py --table LOG

DECOY is the built program, DATASET a folder in BEIR layout with the splits train and dev (devsets.py makes them).

- equal: the same vocabulary, starting table (that of `decoy train --epochs 0 --start random`), dimension, batch, epochs, loss (in-batch negatives, cosines over 0.05), and linear decay;
  decoy without weights of tokens. Each program's learning rate is the best of --rates on dev with the seed 11; the seeds 1, 2, … are reported.
- defaults: `decoy train DATASET -o MODEL` without options (or with those of --ours), against sentence-transformers' recipe for static models: its own random start, warm-up over a tenth of the steps,
  linear decay; learning rate, epochs and batch the best of --rates, --epochs and --batch on dev (lists) with the seed 11; the dimension is decoy's.

Both are measured by the same code: the table is read from model.safetensors, texts are cut by tokenizer.json, vectors are means scaled to length 1, the best 100 by exact
cosine make a run, and `decoy evaluate` measures it. Every training is one line of LOG and is not run again.
Needs: pip install 'sentence-transformers[train]'
"""

import argparse
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TOKENIZERS_PARALLELISM"] = "false"
MEASURES = ("nDCG@10", "RR@10", "R@100")
TUNING_SEED = 11


def rows(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


class Collection:
    """A dataset's texts, as token ids of one vocabulary."""

    def __init__(self, dataset, tokenizer):
        self.dataset = dataset
        self.documents = {d["_id"]: (d["title"] + " " if d.get("title") else "") + d["text"]
                          for d in rows(os.path.join(dataset, "corpus.jsonl"))}
        self.queries = {q["_id"]: q["text"] for q in rows(os.path.join(dataset, "queries.jsonl"))}
        self.tokenizer = tokenizer
        self.judged = list(dict.fromkeys(q for q, _ in self.pairs("dev")))
        self.document_bags = self.bags(list(self.documents.values()))
        self.query_bags = self.bags([self.queries[q] for q in self.judged])

    def pairs(self, split):
        with open(os.path.join(self.dataset, "qrels", split + ".tsv"), encoding="utf-8") as lines:
            next(lines)
            found = [line.rstrip("\n").split("\t") for line in lines]
        return [(q, d) for q, d, score in found if int(score) > 0 and q in self.queries and d in self.documents]

    def bags(self, texts):
        import torch
        ids, offsets = [], []
        for start in range(0, len(texts), 4096):
            for coded in self.tokenizer.encode_batch(texts[start:start + 4096], add_special_tokens=False):
                offsets.append(len(ids))
                ids.extend(coded.ids)
        return torch.tensor(ids), torch.tensor(offsets)

    def measure(self, decoy, table):
        """The measures of a table of token rows on the dev split."""
        import torch
        table = torch.as_tensor(table).float()

        def vectors(bags):
            means = torch.nn.functional.embedding_bag(bags[0], table, bags[1], mode="mean")
            return torch.nn.functional.normalize(means)

        names = list(self.documents)
        documents = vectors(self.document_bags)
        queries = vectors(self.query_bags)
        with tempfile.TemporaryDirectory() as folder:
            run = os.path.join(folder, "run.trec")
            with open(run, "w", encoding="utf-8") as out:
                for start in range(0, len(self.judged), 256):
                    scores, best = torch.topk(queries[start:start + 256] @ documents.T, min(100, len(names)))
                    for query, values, places in zip(self.judged[start:], scores.tolist(), best.tolist()):
                        for rank, (value, place) in enumerate(zip(values, places), 1):
                            out.write(f"{query} Q0 {names[place]} {rank} {value:.9g} run\n")
            done = subprocess.run(
                [decoy, "evaluate", run, "--qrels", os.path.join(self.dataset, "qrels", "dev.tsv"), "-m", " ".join(MEASURES),
                 "--output-format", "json"], capture_output=True, text=True, check=True)
        return json.loads(done.stdout)["runs"][0]["measures"]


def ours(decoy, dataset, model, options, threads):
    subprocess.run([decoy, "train", dataset, "-o", model, "--force", "--dev-split", "none", "--threads", str(threads), "--quiet", *options],
                   check=True, stderr=subprocess.DEVNULL)


def table_of(model):
    from safetensors.numpy import load_file
    return load_file(os.path.join(model, "model.safetensors"))["embedding.weight"]


def theirs(collection, dimension, batch, epochs, rate, seed, warmup, start=None):
    """The table that sentence-transformers trains."""
    from datasets import Dataset
    from sentence_transformers import SentenceTransformer, SentenceTransformerTrainer, SentenceTransformerTrainingArguments
    from sentence_transformers.losses import MultipleNegativesRankingLoss
    from sentence_transformers.models import StaticEmbedding
    from sentence_transformers.training_args import BatchSamplers
    from transformers import set_seed
    import torch
    set_seed(seed)
    pairs = collection.pairs("train")
    data = Dataset.from_dict({"anchor": [collection.queries[q] for q, _ in pairs], "positive": [collection.documents[d] for _, d in pairs]})
    module = StaticEmbedding(collection.tokenizer, embedding_dim=dimension)
    if start is not None:
        with torch.no_grad():
            module.embedding.weight.copy_(torch.as_tensor(start))
    model = SentenceTransformer(modules=[module], device="cpu")
    with tempfile.TemporaryDirectory() as folder:
        options = SentenceTransformerTrainingArguments(
            output_dir=folder, num_train_epochs=epochs, per_device_train_batch_size=batch, learning_rate=rate, lr_scheduler_type="linear",
            warmup_steps=warmup, batch_sampler=BatchSamplers.NO_DUPLICATES, seed=seed, save_strategy="no", report_to=[],
            logging_strategy="no", disable_tqdm=True, use_cpu=True)
        SentenceTransformerTrainer(model=model, args=options, train_dataset=data, loss=MultipleNegativesRankingLoss(model, scale=20.0)).train()
    return module.embedding.weight.detach()


class Log:
    def __init__(self, path):
        self.path = path

    def lines(self):
        return rows(self.path) if os.path.exists(self.path) else []

    def once(self, key, work):
        """The measures of a training, from the log if it stands there."""
        for line in self.lines():
            if line["key"] == key:
                return line["measures"]
        start = time.time()
        line = {"key": key, "measures": work(), "seconds": round(time.time() - start, 1)}
        with open(self.path, "a", encoding="utf-8") as out:
            out.write(json.dumps(line) + "\n")
        print(json.dumps(line), flush=True)
        return line["measures"]


def compare(a):
    import torch
    from tokenizers import Tokenizer
    torch.set_num_threads(a.threads)
    name = os.path.basename(os.path.normpath(a.dataset))
    log = Log(a.log)
    rates = [float(r) for r in a.rates.split(",")]
    batches, epochs = ([int(v) for v in given.split(",")] for given in (a.batch, a.epochs))
    with tempfile.TemporaryDirectory() as folder:
        model = os.path.join(folder, "model")
        start = ["--epochs", "0", *(["--dimension", str(a.dimension)] if a.dimension else [])]
        ours(a.decoy, a.dataset, model, [*a.ours.split(), *start], a.threads)
        dimension = table_of(model).shape[1]
        tokenizer = Tokenizer.from_file(os.path.join(model, "tokenizer.json"))
        collection = Collection(a.dataset, tokenizer)

        def decoy_run(options, seed):
            def work():
                ours(a.decoy, a.dataset, model, [*options, "--seed", str(seed)], a.threads)
                return collection.measure(a.decoy, table_of(model))
            return log.once({"dataset": name, "setting": a.setting, "system": "decoy", "options": " ".join(options), "version": a.label, "seed": seed}, work)

        def peer_run(batch, epoch, rate, seed):
            def work():
                start = None
                if a.setting == "equal":
                    ours(a.decoy, a.dataset, model, ["--epochs", "0", "--start", "random", "--dimension", str(dimension), "--seed", str(seed)], a.threads)
                    start = table_of(model)
                warmup = 0 if a.setting == "equal" else 0.1
                return collection.measure(a.decoy, theirs(collection, dimension, batch, epoch, rate, seed, warmup, start))
            return log.once({"dataset": name, "setting": a.setting, "system": "sentence-transformers",
                             "options": f"dimension {dimension}, batch {batch}, {epoch} epochs, rate {rate}", "seed": seed}, work)

        if a.setting == "equal":
            shared = ["--start", "random", "--dimension", str(dimension), "--batch-size", str(batches[0]), "--epochs", str(epochs[0]), "--weight-learning-rate", "0",
                      "--schedule", "linear", "--temperature", "0.05"]
            best = max(rates, key=lambda r: decoy_run([*shared, "--learning-rate", str(r)], TUNING_SEED)["nDCG@10"])
            options = [*shared, "--learning-rate", str(best)]
        else:
            options = a.ours.split()
        peer = max(itertools.product(batches, epochs, rates), key=lambda c: peer_run(*c, TUNING_SEED)["nDCG@10"])
        for seed in range(1, a.seeds + 1):
            decoy_run(options, seed)
            peer_run(*peer, seed)


def table(path):
    found = {}
    for line in rows(path):
        key = line["key"]
        found.setdefault((key["dataset"], key["setting"], key["system"], key["options"], key.get("version", "")), {})[key["seed"]] = line["measures"]
    print("| data set | setting | program | options | seeds | nDCG@10 | RR@10 | R@100 |\n| :-- | :-- | :-- | :-- | --: | --: | --: | --: |")
    for tuning in (False, True):
        for (dataset, setting, system, options, version), by_seed in sorted(found.items()):
            seeds = [s for s in by_seed if (s == TUNING_SEED) == tuning]
            if not seeds:
                continue
            cells = []
            for measure in MEASURES:
                values = [by_seed[s][measure] for s in seeds]
                cells.append(f"{statistics.mean(values):.4f}" + (f" ± {statistics.stdev(values):.4f}" if len(values) > 1 else ""))
            print(f"| {dataset} | {setting} | {system} {version} | {options or '(none)'} | {'tuning' if tuning else len(seeds)} | {' | '.join(cells)} |")


def main():
    if sys.argv[1:2] == ["--table"]:
        return table(sys.argv[2])
    parser = argparse.ArgumentParser()
    parser.add_argument("decoy")
    parser.add_argument("dataset")
    parser.add_argument("log")
    parser.add_argument("--setting", choices=["equal", "defaults"], required=True)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--dimension", type=int, default=0, help="decoy's default unless said")
    parser.add_argument("--batch", default="256")
    parser.add_argument("--epochs", default="3")
    parser.add_argument("--rates", default="0.01,0.03,0.1")
    parser.add_argument("--ours", default="", help="options of decoy train in the setting defaults, as one argument")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--label", default="", help="says which build or which defaults, in the log")
    compare(parser.parse_args())


if __name__ == "__main__":
    main()
