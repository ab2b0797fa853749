#!/usr/bin/env python3
"""targets.py DATASET SPLIT OUT: the queries of a split as request targets (OUT.targets) and as a query file (OUT.jsonl), in a seeded order."""
import json
import random
import sys
from urllib.parse import quote_plus


def main(dataset, split, out):
    with open(f"{dataset}/qrels/{split}.tsv", encoding="utf-8") as lines:
        judged = {line.split("\t")[0] for line in lines}
    with open(f"{dataset}/queries.jsonl", encoding="utf-8") as lines:
        queries = [query for query in map(json.loads, lines) if query["_id"] in judged]
    random.Random(1).shuffle(queries)
    with open(out + ".targets", "w", encoding="utf-8") as targets, open(out + ".jsonl", "w", encoding="utf-8") as file:
        for query in queries:
            targets.write(f"/search?q={quote_plus(query['text'])}&k=10\n")
            file.write(json.dumps({"_id": query["_id"], "text": query["text"]}, ensure_ascii=False) + "\n")
    print(f"{len(queries)} queries of {split}")


if __name__ == "__main__":
    main(*sys.argv[1:4])
