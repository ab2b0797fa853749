"""Makes the golden numbers of RetrievalEvaluationTests. Needs Java, SciPy and ir_measures; nothing of it is part of the product.

    python3 -m venv venv && venv/bin/pip install scipy ir-measures
    pip download --no-deps pyserini==0.25.0 && unzip -j pyserini-0.25.0-*.whl '*/anserini-0.25.0-fatjar.jar'
    venv/bin/python make_fixtures.py anserini-0.25.0-fatjar.jar

trec_eval.tsv   per query and mean ("all"), by trec_eval 9.0.4: `trec_eval -q -c [-l LEVEL] -m MEASURE QRELS RUN`
judged.tsv      Judged@k by ir_measures, over the queries of the run
p_values.tsv    scipy.stats.ttest_rel and the exact permutation_test of paired differences
"""
import json, random, subprocess, sys
import ir_measures, numpy, scipy.stats

jar = sys.argv[1]
rng = random.Random(20240607)
MEASURES = ["ndcg", "ndcg_cut.1,5,10,100", "map", "map_cut.5,100", "recip_rank", "recall.1,5,100", "P.1,5,10", "success.1,5,10"]

def dataset(number):
    """Random runs: ties, ranks that contradict scores, missing and extra queries, graded and negative judgements."""
    qrels, run = [], []
    for q in range(12):
        pool = [f"d{i}" for i in range(rng.choice([4, 20, 60]))]
        judged = rng.sample(pool, rng.randint(1, len(pool)))
        grades = {0: [0, 1], 1: [0, 1, 2, 3], 2: [-2, -1, 0, 1, 2]}[number % 3]
        marks = [rng.choice(grades) for _ in judged]
        if q == 3: marks = [0 for _ in judged]          # judged, nothing relevant
        if all(m < 0 for m in marks): marks[0] = 0      # trec_eval 9.0.4 reads stale memory where all grades are negative
        qrels += [(f"q{q}", d, m) for d, m in zip(judged, marks)]
        if q == 5: continue                              # missing from the run
        docs = rng.sample(pool + [f"x{i}" for i in range(10)], rng.randint(1, len(pool)))
        scores = {d: rng.choice([rng.randint(0, 5) / 2, rng.uniform(-3, 3)]) for d in docs}
        run += [(f"q{q}", d, rng.randint(1, 99), scores[d]) for d in docs]
    run += [("extra", "d1", 1, 1.0)]
    return qrels, run

def trec(level, qrels, run):
    command = ["java", "-cp", jar, "trec_eval", "-q", "-c", "-l", str(level)]
    for measure in MEASURES: command += ["-m", measure]
    return [l.split() for l in subprocess.run(command + [qrels, run], capture_output=True, text=True, check=True).stdout.splitlines()]

with open("trec_eval.tsv", "w") as golden, open("judged.tsv", "w") as judged:
    for number in range(6):
        qrels, run = dataset(number)
        names = f"random{number}.qrels", f"random{number}.run"
        with open(names[0], "w") as f: f.writelines(f"{q} 0 {d} {m}\n" for q, d, m in qrels)
        with open(names[1], "w") as f: f.writelines(f"{q} Q0 {d} {r} {s!r} t\n" for q, d, r, s in run)
        for level in (1, 2):
            for name, query, value in trec(level, *names):
                if name.startswith("ndcg") and level == 2: continue
                golden.write(f"{number}\t{level}\t{name}\t{query}\t{value}\n")
        # ir_measures breaks ties otherwise; scores are made distinct in trec_eval's order first.
        docs = {}
        for q, d, _, s in run: docs.setdefault(q, []).append((s, d))
        flat = [ir_measures.ScoredDoc(q, d, -float(i)) for q, v in docs.items() for i, (s, d) in enumerate(sorted(v, reverse=True))]
        for m in ir_measures.iter_calc([ir_measures.Judged @ 5, ir_measures.Judged @ 10], [ir_measures.Qrel(*x) for x in qrels], flat):
            judged.write(f"{number}\t{m.measure}\t{m.query_id}\t{m.value!r}\n")

with open("p_values.tsv", "w") as golden:
    for n, shift in [(2, 0.3), (3, 0.1), (5, -0.2), (8, 0.05), (10, 0.0), (12, 0.02), (50, 0.03), (300, 0.02), (2000, 0.001)]:
        generator = numpy.random.default_rng(n)
        a = numpy.round(generator.uniform(0, 1, n), 3)
        b = numpy.round(numpy.clip(a + shift + generator.normal(0, 0.1, n), 0, 1), 3)
        t = scipy.stats.ttest_rel(b, a).pvalue
        exact = ""
        if n <= 12:
            exact = repr(float(scipy.stats.permutation_test(
                (b, a), lambda x, y, axis: (x - y).mean(axis=axis), permutation_type="samples", vectorized=True,
                n_resamples=2 ** n, alternative="two-sided").pvalue))
        golden.write("\t".join([repr(float(t)), exact, json.dumps(a.tolist()), json.dumps(b.tolist())]) + "\n")
