"""Random judgements and runs from integers alone; RandomRun.swift makes the same ones, so that only the golden values are files."""


class Random:
    """SplitMix64, as RetrievalData's SeededRandom."""

    def __init__(self, seed):
        self.state = seed

    def below(self, bound):
        mask = (1 << 64) - 1
        self.state = (self.state + 0x9E3779B97F4A7C15) & mask
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        return (z ^ (z >> 31)) % bound


def random_run(number):
    """Judgements [(query, document, grade)] and a run [(query, document, score)] in an order that contradicts the scores.

    Ties, unjudged documents, binary, graded or negative grades, queries without a relevant document, missing and extra queries.
    """
    random = Random(number)
    lowest, grades = [(0, 2), (0, 5), (-2, 5)][number % 3]
    qrels, run = [], []
    for query in range(1, 5 + random.below(5)):
        pool = [4, 12, 30][random.below(3)]
        barren = random.below(8) == 0
        marks = []
        for document in range(pool):
            if random.below(3) > 0:
                grade = lowest + random.below(grades)
                marks.append((f"d{document}", min(grade, 0) if barren else grade))
        # trec_eval 9.0.4 reads stale memory where all grades of a query are negative.
        if all(grade < 0 for _, grade in marks):
            marks = [(f"d{pool}", 0)] + marks
        qrels += [(str(query), document, grade) for document, grade in marks]
        if random.below(8) == 0 and query > 1:
            continue
        for document in range(pool + 6):
            if random.below(4) > 0:
                run.append((str(query), f"d{document}", (random.below(24) - 8) / 4))
    if random.below(2) == 0:
        run.append(("99", "d1", 1.0))
    return qrels, run
