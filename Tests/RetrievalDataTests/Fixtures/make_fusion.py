"""Makes fusion.tsv: random runs and what ranx 0.3.21 fuses them to.

    pip install ranx==0.3.21
    python make_fusion.py > fusion.tsv

Rows: run <TAB> number <TAB> query <TAB> document <TAB> score, then
fused <TAB> method <TAB> normalization <TAB> query <TAB> document <TAB> score.
All scores are distinct within a ranking, so that no order is left to ties.
"""

import random

from ranx import Run, fuse

QUERIES, DOCUMENTS, WEIGHTS = 3, 9, [1.0, 0.5, 2.0]
NORMALIZATIONS = {"none": None, "min-max": "min-max", "z-score": "zmuv", "maximum": "max", "sum": "sum"}
METHODS = {"weighted": "wsum", "combsum": "sum", "combmnz": "mnz", "combanz": "anz",
           "combmax": "max", "combmin": "min", "combmed": "med"}


def random_runs():
    generator = random.Random(20)
    runs = []
    for scale in (20.0, 1.0, 5.0):
        run = {}
        for query in range(QUERIES):
            found = generator.sample(range(DOCUMENTS), generator.randint(2, 6))
            run[f"q{query}"] = {f"d{document}": round(generator.uniform(0.01, scale), 4) for document in found}
        runs.append(run)
    return runs


def as_run(table):
    # ranx ranks by the order of the dictionary.
    return Run({query: dict(sorted(row.items(), key=lambda pair: -pair[1])) for query, row in table.items()})


def main():
    tables = random_runs()
    for number, table in enumerate(tables):
        for query, row in table.items():
            assert len(set(row.values())) == len(row)
            for document, score in row.items():
                print("run", number, query, document, score, sep="\t")

    def write(method, normalization, fused):
        for query, row in fused.to_dict().items():
            for document, score in sorted(row.items()):
                print("fused", method, normalization, query, document, repr(float(score)), sep="\t")

    write("rrf", "none", fuse([as_run(t) for t in tables], norm=None, method="rrf", params={"k": 60}))
    for method, name in METHODS.items():
        for normalization, norm in NORMALIZATIONS.items():
            params = {"weights": WEIGHTS} if method == "weighted" else {}
            write(method, normalization, fuse([as_run(t) for t in tables], norm=norm, method=name, params=params))


if __name__ == "__main__":
    main()
