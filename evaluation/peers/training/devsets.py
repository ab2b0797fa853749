"""Makes the folders that training is measured on: the dev split alone, never the test split, and small train splits of the larger sets.

    python devsets.py DATA OUT

DATA holds scifact, debian and wordnet-lemma in BEIR layout. scifact has no dev split, so a fifth of its training queries (by a hash of the id) becomes one. The
corpus and the queries are links. debian-2000 and the like have so many pairs of the train split, chosen by the same hash, and the whole dev split.
"""

import hashlib
import os
import sys


def share(query):
    """A number from 0 to 1 that only the id decides."""
    return int.from_bytes(hashlib.sha256(query.encode()).digest()[:8], "big") / 2**64


def read(path):
    with open(path, encoding="utf-8") as lines:
        next(lines)
        return [line.rstrip("\n").split("\t") for line in lines]


def write(source, target, train, dev):
    os.makedirs(os.path.join(target, "qrels"), exist_ok=True)
    for name in ("corpus.jsonl", "queries.jsonl"):
        path = os.path.join(target, name)
        if not os.path.lexists(path):
            os.symlink(os.path.abspath(os.path.join(source, name)), path)
    for name, rows in (("train", train), ("dev", dev)):
        with open(os.path.join(target, "qrels", name + ".tsv"), "w", encoding="utf-8") as out:
            out.write("query-id\tcorpus-id\tscore\n")
            out.writelines("\t".join(row) + "\n" for row in rows)
    print(f"{target}: {len(train)} train and {len(dev)} dev judgements")


def main():
    data, out = sys.argv[1:]
    scifact = read(os.path.join(data, "scifact", "qrels", "train.tsv"))
    write(os.path.join(data, "scifact"), os.path.join(out, "scifact-dev"),
          [r for r in scifact if share(r[0]) >= 0.2], [r for r in scifact if share(r[0]) < 0.2])
    for name in ("debian", "wordnet-lemma"):
        source = os.path.join(data, name)
        train, dev = (read(os.path.join(source, "qrels", split + ".tsv")) for split in ("train", "dev"))
        write(source, os.path.join(out, name), train, dev)
        if name == "debian":
            ordered = sorted(train, key=lambda r: share(r[0]))
            for count in (1000, 2000, 5000, 10000):
                write(source, os.path.join(out, f"{name}-{count}"), ordered[:count], dev)


main()
