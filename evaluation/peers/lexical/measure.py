"""One engine in a process of its own, run by compare.py in the virtual environment:

    measure.py ENGINE version | build CORPUS INDEX | time INDEX QUERIES K RUNS | batch INDEX QUERIES K RUNS THREADS | rank INDEX QUERIES K
"""

import json
import os
import statistics
import sys
import time

from beir import documents


def engine_named(name):
    if name == "bm25s":
        from engine_bm25s import BM25S
        return BM25S()
    if name == "tantivy":
        from engine_tantivy import Tantivy
        return Tantivy()
    from engine_pisa import PISA
    algorithm = {"bmw": "block_max_wand", "maxscore": "maxscore"}[name.rsplit("-", 1)[1]]
    return PISA(algorithm, quantised=name.startswith("pisa-quant-"))


def times(engine, folder, texts, k, runs):
    """One query at a time, after a pass that warms up."""
    begin = time.perf_counter()
    engine.open(folder)
    opened = time.perf_counter() - begin
    for text in texts:
        engine.search(text, k)
    passes = []
    for _ in range(runs):
        each, cpu = [], time.process_time()
        for text in texts:
            begin = time.perf_counter()
            engine.search(text, k)
            each.append(time.perf_counter() - begin)
        cpu = (time.process_time() - cpu) / len(texts)
        each.sort()
        passes.append((statistics.fmean(each), each[(len(each) + 1) // 2 - 1], each[-(-99 * len(each) // 100) - 1], cpu))
    mean, p50, p99, cpu = (1e3 * statistics.median(p[i] for p in passes) for i in range(4))
    return {"mean": mean, "p50": p50, "p99": p99, "cpu": cpu, "open": 1e3 * opened}


def batches(engine, folder, texts, k, runs, threads):
    """All queries in one call, after one that warms up."""
    engine.open(folder)
    engine.batch(texts, k, threads)
    passes = []
    for _ in range(runs):
        begin, cpu = time.perf_counter(), time.process_time()
        engine.batch(texts, k, threads)
        passes.append((time.perf_counter() - begin, time.process_time() - cpu))
    wall, cpu = (statistics.median(p[i] for p in passes) for i in range(2))
    return {"batch": len(texts) / wall, "batch_cpu": len(texts) / cpu}


def rankings(engine, folder, queries, k):
    engine.open(folder)
    found = engine.batch([text for _, text in queries], k, 1)
    return {id: ids for (id, _), ids in zip(queries, found)}


def main():
    # Engines' own messages go to standard error; standard output is for the answer.
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    name, action = sys.argv[1:3]
    engine = engine_named(name)
    if action == "version":
        print(engine.version(), file=answer)
    elif action == "build":
        engine.build(sys.argv[3], sys.argv[4])
    else:
        folder, queries, *numbers = sys.argv[3:]
        queries, numbers = list(documents(queries)), [int(number) for number in numbers]
        texts = [text for _, text in queries]
        if action == "time":
            json.dump(times(engine, folder, texts, *numbers), answer)
        elif action == "batch":
            json.dump(batches(engine, folder, texts, *numbers), answer)
        else:
            json.dump(rankings(engine, folder, queries, *numbers), answer)
    answer.close()


if __name__ == "__main__":
    main()
