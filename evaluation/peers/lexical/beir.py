"""Files in BEIR layout, and how well rankings match judgments. Python's standard library only."""

import json
import math

# Lucene's English stop words.
STOP_WORDS = """a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was
will with""".split()
K1, B = 1.2, 0.75


def documents(path):
    """Ids and texts, the title before the text."""
    with open(path, encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            title, text = record.get("title", ""), record["text"]
            yield record["_id"], f"{title} {text}" if title else text


def read_qrels(path):
    qrels = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        query, document, grade = line.split("\t")[:3]
        qrels.setdefault(query, {})[document] = int(float(grade))
    return qrels


def quality(rankings, qrels):
    """nDCG@10 (gain: the grade, discount log2(rank + 1), as trec_eval) and R@100, means over all judged queries."""
    ndcg = recall = 0.0
    for query, grades in qrels.items():
        ranked = rankings.get(query, [])
        gains = [max(grades.get(document, 0), 0) for document in ranked[:10]]
        ideal = sorted((grade for grade in grades.values() if grade > 0), reverse=True)
        best = sum(grade / math.log2(rank + 2) for rank, grade in enumerate(ideal[:10]))
        ndcg += sum(grade / math.log2(rank + 2) for rank, grade in enumerate(gains)) / best
        recall += sum(1 for document in ranked[:100] if grades.get(document, 0) > 0) / len(ideal)
    return ndcg / len(qrels), recall / len(qrels)
