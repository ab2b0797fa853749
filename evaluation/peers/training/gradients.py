"""Compares gradients, losses, time and memory of training steps of a transformer in decoy and in PyTorch.

    HF_HUB_OFFLINE=1 python gradients.py PROGRAM MODEL DATASET [--pairs 8] [--steps 5]              # equality on a golden batch
    HF_HUB_OFFLINE=1 python gradients.py PROGRAM MODEL DATASET --pairs 32 --length 128 --negatives 1 --precision bf16 --speed

PROGRAM is the built program TransformerGradients of Benchmarks, MODEL a sentence-transformers folder of BERT with mean pooling, DATASET a folder in BEIR layout.
The batch is the first judged pairs of the train split; with --length every sequence has so many tokens of the corpus. The loss is the mean cross-entropy over
cosines times 20, the optimizer AdamW without decay of biases and normalizations, norms clipped to 1, no dropout. The error of a tensor's gradient is
|ours - theirs| / |theirs|. Where the norm is below 1e-5 of the largest of all tensors, it is the difference over that largest norm: the bias of the keys
has no gradient but rounding. Exit code 1 where an error or the difference of a loss is above 1e-4 (not with --speed).
"""

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time

import torch
from safetensors.numpy import load_file
from transformers import AutoModel, AutoTokenizer


def lines(path):
    with open(path, encoding="utf-8") as source:
        yield from map(json.loads, source)


def batch(arguments, tokenizer):
    queries = {q["_id"]: q["text"] for q in lines(os.path.join(arguments.dataset, "queries.jsonl"))}
    corpus = {d["_id"]: f"{d.get('title', '')} {d['text']}".strip() for d in lines(os.path.join(arguments.dataset, "corpus.jsonl"))}
    if arguments.length:
        stream = [i for text in list(corpus.values())[:2000] for i in tokenizer(text, add_special_tokens=False)["input_ids"]]
        body = arguments.length - 2
        count = arguments.pairs * (2 + arguments.negatives)
        rows = [[tokenizer.cls_token_id, *stream[i * body : (i + 1) * body], tokenizer.sep_token_id] for i in range(count)]
        return rows[: arguments.pairs], rows[arguments.pairs :]
    pairs = {}
    with open(os.path.join(arguments.dataset, "qrels", "train.tsv"), encoding="utf-8") as source:
        for query, document, score in list(csv.reader(source, delimiter="\t"))[1:]:
            if int(score) > 0:
                pairs.setdefault(query, document)
    pairs = list(pairs.items())[: arguments.pairs]
    encode = lambda text: tokenizer(text, truncation=True, max_length=256)["input_ids"]
    return [encode(queries[q]) for q, _ in pairs], [encode(corpus[d]) for _, d in pairs]


def pooled(model, rows):
    longest = max(map(len, rows))
    ids = torch.tensor([row + [0] * (longest - len(row)) for row in rows])
    mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])
    hidden = model(input_ids=ids, attention_mask=mask).last_hidden_state
    return torch.nn.functional.normalize((hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True), dim=1)


def peer(arguments, queries, documents):
    """Losses, seconds, seconds of all processors and the gradients before the first step; in double precision where equality is asked for."""
    exact = not arguments.speed
    model = AutoModel.from_pretrained(arguments.model, attn_implementation="eager" if exact else "sdpa", add_pooling_layer=False)
    model = (model.double() if exact else model).eval()
    plain = lambda name: name.endswith(".bias") or "LayerNorm" in name
    parameters = list(model.named_parameters())
    groups = [dict(params=[p for n, p in parameters if plain(n) == flag], weight_decay=0 if flag else 0.01) for flag in (False, True)]
    optimizer = torch.optim.AdamW(groups, lr=arguments.rate)
    losses, seconds, processors, gradients = [], [], [], {}
    for _ in range(arguments.steps):
        start, busy = time.perf_counter(), time.process_time()
        optimizer.zero_grad()
        with torch.autocast("cpu", torch.bfloat16, enabled=arguments.precision == "bf16" and arguments.speed):
            # Queries and documents apart, as sentence-transformers does it: the queries' padding stays short.
            vectors = pooled(model, queries), pooled(model, documents)
            loss = torch.nn.functional.cross_entropy(20 * vectors[0] @ vectors[1].T, torch.arange(len(queries)))
        loss.backward()
        if not gradients and exact:
            gradients = {name: p.grad.double().clone().numpy() for name, p in parameters if p.grad is not None}
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1)
        optimizer.step()
        losses.append(loss.item())
        seconds.append(time.perf_counter() - start)
        processors.append(time.process_time() - busy)
    return losses, seconds, processors, gradients


def errors(ours, theirs):
    norms = {name: (g**2).sum() ** 0.5 for name, g in theirs.items()}
    top = max(norms.values())
    difference = {name: (((ours[name].reshape(g.shape) if name in ours else 0) - g) ** 2).sum() ** 0.5 for name, g in theirs.items()}
    return {name: difference[name] / (norms[name] if norms[name] > 1e-5 * top else top) for name in theirs}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("model")
    parser.add_argument("dataset")
    parser.add_argument("--pairs", type=int, default=8)
    parser.add_argument("--negatives", type=int, default=0)
    parser.add_argument("--length", type=int, default=0)
    parser.add_argument("--steps", type=int, default=5)
    parser.add_argument("--rate", type=float, default=2e-5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--precision", choices=["f32", "bf16"], default="f32")
    parser.add_argument("--recomputes", action="store_true")
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--ours", action="store_true", help="leave PyTorch out")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    queries, documents = batch(arguments, AutoTokenizer.from_pretrained(arguments.model))
    options = dict(
        dropout=0, weightDecay=0.01, clipping=1, frozenLayers=0, freezesEmbeddings=False, adapterRank=0, adapterScale=16,
        recomputes=arguments.recomputes, precision=arguments.precision)
    with tempfile.TemporaryDirectory() as folder:
        source, target = os.path.join(folder, "batch.json"), os.path.join(folder, "gradients.safetensors")
        with open(source, "w", encoding="utf-8") as out:
            json.dump(dict(queries=queries, documents=documents, scale=20, rate=arguments.rate, steps=arguments.steps, threads=arguments.threads, options=options), out)
        said = json.loads(subprocess.run([arguments.program, arguments.model, source, target], check=True, capture_output=True, text=True).stdout)
        ours = {} if arguments.speed else load_file(target)
    best = lambda seconds: min(seconds[1:] or seconds)
    print(f"decoy: losses {said['losses']}, {best(said['seconds']):.3f} s a step ({best(said['processorSeconds']):.3f} of processors), peak {said['memory'] / 2**30:.2f} GiB")
    if arguments.ours:
        return
    losses, seconds, processors, gradients = peer(arguments, queries, documents)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(f"PyTorch: losses {losses}, {best(seconds):.3f} s a step ({best(processors):.3f} of processors), peak {peak / 2**30:.2f} GiB")
    if arguments.speed:
        print(f"decoy is {best(seconds) / best(said['seconds']):.2f} times as fast, by processor time {best(processors) / best(said['processorSeconds']):.2f}")
        return
    found = errors(ours, gradients)
    worst = sorted(found, key=found.get)[::-1][:3]
    gap = max(abs(a - b) for a, b in zip(said["losses"], losses))
    print(f"{len(found)} tensors: largest errors {', '.join(f'{name} {found[name]:.2e}' for name in worst)}; losses differ by {gap:.2e}")
    sys.exit(max(found.values()) > 1e-4 or gap > 1e-4)


if __name__ == "__main__":
    main()
