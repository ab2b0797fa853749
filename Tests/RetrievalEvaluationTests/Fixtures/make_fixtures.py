"""Makes the golden p-values of RetrievalEvaluationTests. Needs SciPy; nothing of it is part of the product.

    python3 -m venv venv && venv/bin/pip install scipy && venv/bin/python make_fixtures.py

p_values.tsv    scipy.stats.ttest_rel and the exact permutation_test of paired differences
"""
import json
import numpy, scipy.stats

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
