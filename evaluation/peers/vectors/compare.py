"""Exact vector search in decoy, NumPy and PyTorch on the same vectors: many queries at once and one at a time.

    python compare.py BENCHMARKS [--rows 1000000] [--dimension 256] [--queries 512] [-k 100] [--runs 5] [--threads 2] [--folder FOLDER]

BENCHMARKS is the built program DecoyBenchmarks (`swift build -c release --package-path Benchmarks`). Seeded random unit vectors are written as
vector folders of decoy at three precisions (their checksums are left out: they are for this comparison alone). Each program runs in a process of its
own, in turn, `--runs` times; figures are medians of wall-clock and CPU milliseconds a query. Needs: pip install numpy torch
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time


def folder(path, parts, precision, rows, dimension):
    """A vector folder of decoy from its tensors (name, type, array), in the order of the file."""
    os.makedirs(path, exist_ok=True)
    header, start = {}, 0
    for name, kind, array in parts:
        header[name] = {"dtype": kind, "shape": list(array.shape), "data_offsets": [start, start + array.nbytes]}
        start += array.nbytes
    text = json.dumps(header).encode()
    text += b" " * (-(len(text) + 8) % 64)
    file = os.path.join(path, "vectors.safetensors")
    with open(file, "wb") as out:
        out.write(len(text).to_bytes(8, "little") + text)
        for _, _, array in parts:
            array.tofile(out)
    ids = os.path.join(path, "ids.txt")
    with open(ids, "w") as out:
        out.writelines(f"{i}\n" for i in range(rows))
    record = {"format": "decoy vectors", "version": 2, "program": "", "rows": rows, "dimension": dimension, "precision": precision,
              "model": {"queryTable": "", "documentTable": "", "tokenizer": ""},
              "files": {os.path.basename(f): {"bytes": os.path.getsize(f), "crc32c": "00000000"} for f in (file, ids)}}
    with open(os.path.join(path, "decoy.json"), "w") as out:
        json.dump(record, out)


def prepare(a):
    import numpy as np
    random = np.random.default_rng(1)
    rows = random.standard_normal((a.rows, a.dimension), dtype=np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    queries = random.standard_normal((a.queries, a.dimension), dtype=np.float32)
    queries /= np.linalg.norm(queries, axis=1, keepdims=True)
    queries.tofile(os.path.join(a.folder, "queries.f32"))
    rows.tofile(os.path.join(a.folder, "rows.f32"))
    folder(os.path.join(a.folder, "f32"), [("vectors", "F32", rows)], "f32", *rows.shape)
    half = rows.astype(np.float16)
    folder(os.path.join(a.folder, "f16"), [("vectors", "F16", half)], "f16", *rows.shape)
    scales = np.abs(rows).max(axis=1) / np.float32(127)
    codes = np.rint(rows / scales[:, None]).clip(-127, 127).astype(np.int8)
    folder(os.path.join(a.folder, "i8"), [("scales", "F32", scales), ("vectors", "F16", half), ("codes", "I8", codes)], "i8", *rows.shape)


def peer(a):
    """NumPy or PyTorch in a process of its own, each as fast as we could make it; the better of two sizes of blocks. Prints JSON."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = str(a.threads)
    import numpy as np
    rows = np.fromfile(os.path.join(a.folder, "rows.f32"), dtype=np.float32).reshape(-1, a.dimension)
    queries = np.fromfile(os.path.join(a.folder, "queries.f32"), dtype=np.float32).reshape(-1, a.dimension)
    if a.peer == "numpy":
        def search(part, size):
            return survivors(np, part, rows, a.k, size)
        sizes = (4096, 16384)

        def one(query):
            scores = rows @ query
            top = np.argpartition(scores, -a.k)[-a.k:]
            return top[np.argsort(-scores[top])]
    else:
        import torch
        torch.set_num_threads(a.threads)
        table = torch.from_numpy(rows)

        def search(part, size):
            part = torch.from_numpy(part)
            values, places = [], []
            for start in range(0, len(table), size):
                value, place = torch.topk(part @ table[start:start + size].T, min(a.k, len(table) - start), dim=1)
                values.append(value)
                places.append(place + start)
            value, place = torch.topk(torch.cat(values, 1), a.k, dim=1)
            return torch.cat(places, 1).gather(1, place)
        sizes = (32768, 131072)

        def one(query):
            return torch.topk(torch.mv(table, torch.from_numpy(query)), a.k).indices

    def timed(work, count):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        return (time.perf_counter() - wall) / count * 1000, (time.process_time() - cpu) / count * 1000
    batches = []
    for size in sizes:
        search(queries, size)
        batches.append(timed(lambda: search(queries, size), len(queries)))
    best = min(batches, key=lambda t: t[0])
    one(queries[0])
    single = timed(lambda: [one(q) for q in queries[:16]], 16)
    print(json.dumps({"batch": best[0], "batchCPU": best[1], "single": single[0], "singleCPU": single[1]}))


def survivors(np, part, rows, k, size):
    """The best k rows of many queries, block by block of rows: later blocks are compared with the k-th best so far, and what passes is merged."""
    scores = part @ rows[:size].T
    places = np.argpartition(scores, -k, axis=1)[:, -k:]
    best = np.take_along_axis(scores, places, 1)
    for start in range(size, len(rows), size):
        scores = part @ rows[start:start + size].T
        query, row = np.divmod(np.flatnonzero(scores > best.min(1)[:, None]), scores.shape[1])
        if not len(query):
            continue
        begins = np.searchsorted(query, np.arange(len(part) + 1))
        width = int(np.diff(begins).max())
        more, where = np.full((len(part), width), -np.inf, np.float32), np.zeros((len(part), width), np.int64)
        column = np.arange(len(query)) - begins[query]
        more[query, column], where[query, column] = scores[query, row], row + start
        best, places = np.concatenate([best, more], 1), np.concatenate([places, where], 1)
        top = np.argpartition(best, -k, axis=1)[:, -k:]
        best, places = np.take_along_axis(best, top, 1), np.take_along_axis(places, top, 1)
    return np.take_along_axis(places, np.argsort(-best, axis=1), 1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("benchmarks", nargs="?")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--dimension", type=int, default=256)
    parser.add_argument("--queries", type=int, default=512)
    parser.add_argument("-k", type=int, default=100)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--folder")
    parser.add_argument("--comparisons", help="write decoy's figures beside the others' here, for ../run")
    parser.add_argument("--peer", choices=["numpy", "torch"], help=argparse.SUPPRESS)
    a = parser.parse_args()
    if a.peer:
        return peer(a)
    with tempfile.TemporaryDirectory() as scratch:
        a.folder = a.folder or scratch
        if not os.path.exists(os.path.join(a.folder, "i8", "decoy.json")):
            os.makedirs(a.folder, exist_ok=True)
            prepare(a)
        common = ["--dimension", str(a.dimension), "--queries", str(a.queries), "-k", str(a.k), "--threads", str(a.threads), "--folder", a.folder]
        figures, reads = {}, []
        for _ in range(a.runs):
            for name in ("numpy", "torch"):
                out = subprocess.run([sys.executable, __file__, "--peer", name, *common], capture_output=True, text=True, check=True).stdout
                figures.setdefault(name, []).append(json.loads(out))
            out = subprocess.run([a.benchmarks, "vectors", *(os.path.join(a.folder, p) for p in ("f32", "f16", "i8")), "--queries",
                                  os.path.join(a.folder, "queries.f32"), "-k", str(a.k), "--threads", str(a.threads), "--runs", "1"],
                                 capture_output=True, text=True, check=True).stdout
            body = json.loads(out)
            reads.append(body["readGigabytesPerSecond"])
            for f in body["folders"]:
                figures.setdefault("decoy " + f["precision"], []).append(
                    {"batch": f["batchMilliseconds"], "batchCPU": f["batchCPUMilliseconds"], "single": f["singleMilliseconds"],
                     "singleCPU": f["singleCPUMilliseconds"], "recall": f["recall"]})
        medians = {n: {k: statistics.median(r[k] for r in runs) for k in runs[0]} for n, runs in figures.items()}
        print(f"{a.rows} x {a.dimension}, k = {a.k}, {a.queries} queries, {a.threads} threads, medians of {a.runs} runs; load {os.getloadavg()[0]:.1f}\n")
        print("| | batch: ms | CPU ms | one at a time: ms | CPU ms | recall |\n| :-- | --: | --: | --: | --: | --: |")
        for name, m in medians.items():
            recall = f"{m['recall']:.4f}" if "recall" in m else ""
            print(f"| {name} | {m['batch']:.2f} | {m['batchCPU']:.2f} | {m['single']:.1f} | {m['singleCPU']:.1f} | {recall} |")
        ours = medians["decoy f32"]
        for name in ("numpy", "torch"):
            print(f"\ndecoy f32 against {name}: batch {medians[name]['batch'] / ours['batch']:.2f}x (CPU {medians[name]['batchCPU'] / ours['batchCPU']:.2f}x), "
                  f"one at a time {medians[name]['single'] / ours['single']:.2f}x")
        print(f"\ni8 against f32: batch {ours['batch'] / medians['decoy i8']['batch']:.2f}x (CPU {ours['batchCPU'] / medians['decoy i8']['batchCPU']:.2f}x)")
        speed = a.rows * a.dimension * 4 / ours["single"] / 1e6
        for threads in range(len(reads[0])):
            read = statistics.median(r[threads] for r in reads)
            print(f"\none f32 query reads {speed:.1f} GB/s; a plain read by {threads + 1} threads {read:.1f}: {speed / read:.0%}")
        if a.comparisons:
            shown = (("batch", "many queries at once", "ms"), ("batchCPU", "many queries at once", "CPU ms"), ("single", "one query at a time", "ms"))
            rows = [{"what": f"{what}, {name.removeprefix('decoy ')}", "unit": f"{unit} a query", "decoy": medians[name][key],
                     "peer": {"numpy": "NumPy", "torch": "PyTorch"}[peer], "other": medians[peer][key],
                     "ratio": medians[peer][key] / medians[name][key]}
                    for name in medians if name.startswith("decoy") for peer in ("numpy", "torch") for key, what, unit in shown]
            with open(a.comparisons, "w", encoding="utf-8") as out:
                json.dump(rows, out)


if __name__ == "__main__":
    main()
