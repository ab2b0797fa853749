"""Proves the formats of `decoy mine` by loading each with the tool it is for, and going one step of training where that tool has a trainer.

    python load.py DECOY DATASET [--split train] [--queries 200] [--negatives 3]

DECOY is the built program, DATASET a folder in BEIR layout. Prints a line for each format: what loaded it, how many rows, how many passages
were compared with the ids that decoy writes for the same call. Exit code 1 where one fails; a tool that is not installed is said to be absent.
Needs: pip install 'sentence-transformers[train]'; pip install --no-deps FlagEmbedding tevatron. DPR is no package: its file is read by the
code below, which keeps to what DPR's JsonQADataset takes from a sample.
"""

import argparse
import importlib
import json
import os
import subprocess
import sys
import tempfile
import types

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("HF_DATASETS_DISABLE_PROGRESS_BARS", "1")
os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")

FORMATS = ["triplet", "n-tuple", "labeled-pair", "labeled-list", "tevatron", "flagembedding", "dpr"]


class Mined:
    """The files of one mining in all formats, and what they must hold, from ids and the dataset."""

    def __init__(self, arguments, folder):
        self.folder, self.count = folder, arguments.negatives
        self.documents = {}
        with open(os.path.join(arguments.dataset, "corpus.jsonl"), encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                self.documents[str(record["_id"])] = (record.get("title") or "", record["text"])
        self.questions = {}
        with open(os.path.join(arguments.dataset, "queries.jsonl"), encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                self.questions[str(record["_id"])] = record["text"]
        index = os.path.join(folder, "index")
        subprocess.run([arguments.decoy, "index", arguments.dataset, "-o", index, "-q"], check=True)
        qrels = os.path.join(folder, "qrels.tsv")
        with open(os.path.join(arguments.dataset, "qrels", arguments.split + ".tsv"), encoding="utf-8") as lines, open(qrels, "w") as out:
            out.write(next(lines))
            kept = set()
            for line in lines:
                query = line.split("\t")[0]
                if query not in kept and len(kept) == arguments.queries:
                    continue
                kept.add(query)
                out.write(line)
        for name in FORMATS + ["ids"]:
            for scored in (False, True):
                command = [arguments.decoy, "mine", index, "--queries", os.path.join(arguments.dataset, "queries.jsonl"), "--qrels", qrels,
                           "--output-format", name, "--num-negatives", str(arguments.negatives), "--relative-margin", "-1",
                           "-o", self.path(name, scored), "-q", "--no-metadata"]
                subprocess.run(command + (["--output-scores"] if scored else []), check=True)
        with open(self.path("ids", True), encoding="utf-8") as lines:
            self.ids = [json.loads(line) for line in lines]
        # Full rows alone: a query with fewer negatives would give some columns no value.
        assert all(len(row["negative_ids"]) == arguments.negatives for row in self.ids), "too few negatives; take fewer"

    def path(self, name, scored=False):
        return os.path.join(self.folder, name + ("-scores" if scored else "") + (".json" if name == "dpr" else ".jsonl"))

    def contents(self, document):
        title, text = self.documents[document]
        return f"{title} {text}" if title else text


def equal(found, expected, what):
    found, expected = list(found), list(expected)
    if found != expected:
        place = next((i for i, (a, b) in enumerate(zip(found, expected)) if a != b), min(len(found), len(expected)))
        raise AssertionError(f"{what}: {len(found)} for {len(expected)}, first difference at {place}")
    return len(found)


def tokenizer(mined):
    """A small tokenizer made of the texts, and its wrapper for transformers; nothing is downloaded."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors, trainers
    from transformers import PreTrainedTokenizerFast

    plain = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    plain.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    texts = [mined.contents(d) for d in list(mined.documents)[:2000]]
    plain.train_from_iterator(texts, trainers.WordPieceTrainer(vocab_size=2000, special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]"]))
    plain.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    return PreTrainedTokenizerFast(tokenizer_object=plain, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]",
                                   model_max_length=64)


def rows(path):
    from datasets import load_dataset

    return load_dataset("json", data_files=path, split="train", cache_dir=os.path.dirname(path))


def step(kind, model, loss, data, folder):
    """One optimizer step of sentence-transformers' trainer."""
    if kind == "cross-encoder":
        from sentence_transformers.cross_encoder import CrossEncoderTrainer as Trainer
        from sentence_transformers.cross_encoder import CrossEncoderTrainingArguments as Arguments
    else:
        from sentence_transformers import SentenceTransformerTrainer as Trainer
        from sentence_transformers import SentenceTransformerTrainingArguments as Arguments
    arguments = Arguments(output_dir=os.path.join(folder, "out"), max_steps=1, per_device_train_batch_size=8, report_to=[], save_strategy="no",
                          logging_strategy="no", disable_tqdm=True, use_cpu=True)
    result = Trainer(model=model, args=arguments, train_dataset=data, loss=loss).train()
    return f"loss {result.training_loss:.3f}"


def sentence_transformers(mined):
    from sentence_transformers import SentenceTransformer
    from sentence_transformers import losses
    from sentence_transformers.cross_encoder import CrossEncoder
    from sentence_transformers.cross_encoder import losses as cross
    from transformers import BertConfig, BertForSequenceClassification

    try:
        from sentence_transformers.models import StaticEmbedding
    except ImportError:
        from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    words = tokenizer(mined)
    folder = mined.folder
    cross_folder = os.path.join(folder, "cross")
    BertForSequenceClassification(
        BertConfig(vocab_size=len(words), hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32, num_labels=1,
                   max_position_embeddings=64)).save_pretrained(cross_folder)
    words.save_pretrained(cross_folder)

    def bi():
        return SentenceTransformer(modules=[StaticEmbedding(words, embedding_dim=32)], device="cpu")

    pairs = [(mined.questions[row["query_id"]], mined.contents(p), row) for row in mined.ids for p in row["positive_ids"]]
    for name, scored in [("triplet", False), ("triplet", True), ("n-tuple", False), ("n-tuple", True)]:
        data = rows(mined.path(name, scored))
        columns = [c for c in data.column_names if c != "scores"]
        width = 1 if name == "triplet" else mined.count
        assert columns == ["anchor", "positive"] + (["negative"] if name == "triplet" else [f"negative_{i + 1}" for i in range(width)])
        expected = []
        for question, positive, row in pairs:
            negatives = [mined.contents(n) for n in row["negative_ids"]]
            expected += [(question, positive, n) for n in negatives] if name == "triplet" else [(question, positive, *negatives)]
        compared = equal(zip(*(data[c] for c in columns)), expected, name) * len(columns)
        model = bi()
        loss = losses.MarginMSELoss(model) if scored else losses.MultipleNegativesRankingLoss(model)
        yield name + (" with scores" if scored else ""), len(data), compared, type(loss).__name__ + " " + step("bi", model, loss, data, folder)
    for scored in (False, True):
        data = rows(mined.path("labeled-pair", scored))
        expected = [(mined.questions[row["query_id"]], mined.contents(d), label) for row in mined.ids
                    for label, key in ((1, "positive_ids"), (0, "negative_ids")) for d in row[key]]
        compared = equal(zip(data["anchor"], data["passage"], data["label"]), expected, "labeled-pair") * 2
        if scored:
            # Both are names of labels to sentence-transformers: the one that is not wanted has to go.
            data = data.remove_columns("label")
            model = CrossEncoder(cross_folder, num_labels=1, device="cpu")
            loss, kind = cross.MSELoss(model), "cross-encoder"
        else:
            model = CrossEncoder(cross_folder, num_labels=1, device="cpu")
            loss, kind = cross.BinaryCrossEntropyLoss(model), "cross-encoder"
        yield ("labeled-pair" + (" with scores" if scored else ""), len(data), compared,
               type(loss).__name__ + " " + step(kind, model, loss, data, folder))
    for scored in (False, True):
        data = rows(mined.path("labeled-list", scored))
        expected = [(mined.questions[row["query_id"]], [mined.contents(d) for d in row["positive_ids"] + row["negative_ids"]],
                     [1] * len(row["positive_ids"]) + [0] * len(row["negative_ids"])) for row in mined.ids]
        equal(zip(data["anchor"], data["passages"], data["labels"]), expected, "labeled-list")
        if scored:
            equal(data["scores"], [row["scores"] for row in mined.ids], "scores")
            data = data.remove_columns("labels")
        model = CrossEncoder(cross_folder, num_labels=1, device="cpu")
        loss = cross.ListNetLoss(model)
        yield ("labeled-list" + (" with scores" if scored else ""), len(data), sum(len(row[1]) for row in expected),
               type(loss).__name__ + " " + step("cross-encoder", model, loss, data, folder))


def module(name):
    """A module of a package, without running the package's own `__init__` where that needs what is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        parts = name.split(".")
        spec = importlib.util.find_spec(parts[0])
        if spec is None:
            raise
        for end in range(1, len(parts)):
            package = types.ModuleType(".".join(parts[:end]))
            package.__path__ = [os.path.join(spec.submodule_search_locations[0], *parts[1:end])]
            sys.modules[package.__name__] = package
        return importlib.import_module(name)


def flag_embedding(mined):
    reader = module("FlagEmbedding.abc.finetune.embedder.AbsDataset")
    words = tokenizer(mined)
    for scored in (False, True):
        arguments = types.SimpleNamespace(
            train_data=[mined.path("flagembedding", scored)], shuffle_ratio=0.0, cache_path=mined.folder, max_example_num_per_dataset=10**9,
            knowledge_distillation=scored, train_group_size=mined.count + 1, query_instruction_for_retrieval=None,
            passage_instruction_for_retrieval=None, query_instruction_format="{}{}", passage_instruction_format="{}{}")
        data = reader.AbsEmbedderTrainDataset(arguments, words)
        compared = 0
        for place, row in enumerate(mined.ids):
            query, passages, teacher = data[place]
            known = row["positive_ids"] + row["negative_ids"]
            assert query == mined.questions[row["query_id"]]
            assert passages[0] in [mined.contents(d) for d in row["positive_ids"]]
            compared += 2 + equal(sorted(passages[1:]), sorted(mined.contents(d) for d in row["negative_ids"]), "neg")
            if scored:
                by_text = {}
                for document, score in zip(known, row["scores"]):
                    by_text.setdefault(mined.contents(document), set()).add(score)
                assert all(score in by_text[text] for text, score in zip(passages, teacher))
        collated = reader.AbsEmbedderCollator(words, query_max_len=16, passage_max_len=32)([data[i] for i in range(4)])
        assert len(collated["queries"]["input_ids"]) == 4
        yield "flagembedding" + (" with scores" if scored else ""), len(data), compared, "AbsEmbedderTrainDataset and its collator"


def tevatron(mined):
    processor = module("tevatron.datasets.preprocessor")
    words = tokenizer(mined)
    for scored in (False, True):
        data = rows(mined.path("tevatron", scored))
        take = processor.TrainPreProcessor(words, 32, 64, " ")
        done = data.map(take, batched=False, remove_columns=data.column_names, load_from_cache_file=False)
        compared = 0

        def ids(text, length):
            return words.encode(text, add_special_tokens=False, max_length=length, truncation=True)

        for row, group, raw in zip(mined.ids, done, data):
            assert raw["query_id"] == row["query_id"] and group["query"] == ids(mined.questions[row["query_id"]], 32)
            for key, name in (("positives", "positive"), ("negatives", "negative")):
                equal([p["docid"] for p in raw[name + "_passages"]], row[name + "_ids"], key)
                compared += equal(group[key], [ids(" ".join(mined.documents[d]), 64) for d in row[name + "_ids"]], key)
            if scored:
                equal([p["score"] for key in ("positive_passages", "negative_passages") for p in raw[key]], row["scores"], "score")
        yield "tevatron" + (" with scores" if scored else ""), len(data), compared, "TrainPreProcessor"


def dpr(mined):
    """What dpr/data/biencoder_data.py does with a sample: the question, and title and text of three lists of contexts."""
    for scored in (False, True):
        with open(mined.path("dpr", scored), encoding="utf-8") as file:
            data = [row for row in json.load(file) if len(row["positive_ctxs"]) > 0]
        compared = 0
        for sample, row in zip(data, mined.ids, strict=True):
            assert sample["question"] == mined.questions[row["query_id"]] and isinstance(sample["answers"], list)
            assert sample["negative_ctxs"] == []
            for key, ids in (("positive_ctxs", "positive_ids"), ("hard_negative_ctxs", "negative_ids")):
                compared += equal([(c["title"], c["text"]) for c in sample[key]], [mined.documents[d] for d in row[ids]], key)
                equal([c["passage_id"] for c in sample[key]], row[ids], key)
        yield "dpr" + (" with scores" if scored else ""), len(data), compared, "our reading of the schema, not DPR itself"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("decoy")
    parser.add_argument("dataset")
    parser.add_argument("--split", default="train")
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--negatives", type=int, default=3)
    arguments = parser.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        mined = Mined(arguments, folder)
        for check in (sentence_transformers, flag_embedding, tevatron, dpr):
            try:
                for name, count, compared, how in check(mined):
                    print(f"{name}: {count} rows, {compared} texts equal; {how}", flush=True)
            except ModuleNotFoundError as error:
                print(f"{check.__name__}: absent ({error})", flush=True)
            except Exception as error:  # noqa: BLE001 - one tool's failure must not hide the others' results
                failed += 1
                print(f"{check.__name__}: FAILED: {type(error).__name__}: {error}", flush=True)
    return 1 if failed else 0


sys.exit(main())
