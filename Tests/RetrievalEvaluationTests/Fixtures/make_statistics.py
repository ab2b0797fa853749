"""Makes the golden numbers of the statistics. Needs SciPy and statsmodels; nothing of it is part of the product.

    python3 -m venv venv && venv/bin/pip install scipy==1.17.1 statsmodels==0.15.0
    venv/bin/python make_statistics.py

effects.tsv       differences (JSON), mean / deviation, and the deviation times the d at which scipy.stats.nct gives the power 0.8; statsmodels'
                  TTestPower().power agrees to 1e-9 (its solve_power stops early: it is off by up to 3e-5)
noncentral_t.tsv  scipy.stats.nct.cdf(t, freedom, noncentrality)
mixed.tsv         differences (JSON, a row for each seed), mean squares by an analysis of variance of the long table (numpy), p by scipy.stats.f.sf
bootstrap.tsv     differences, the p of 1,000,000 resamples by NumPy, and the ends of the percentile interval of the mean of as many
corrections.tsv   p-values, and statsmodels' multipletests by holm and fdr_bh
randomization.tsv differences of 40 and more queries, and scipy.stats.permutation_test with 1,000,000 resamples
"""
import json, math
import numpy, scipy.optimize, scipy.stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import TTestPower

generator = numpy.random.default_rng(20240608)
RESAMPLES = 1_000_000


def row(*cells):
    return "\t".join(c if isinstance(c, str) else json.dumps(c) if isinstance(c, list) else repr(float(c)) for c in cells) + "\n"


def differences(n, shift, ties=0.3):
    """Per-query differences of a measure: many 0, the rest in steps."""
    values = numpy.round(generator.normal(shift, 0.2, n), 3)
    values[generator.random(n) < ties] = 0
    return values


def minimum_detectable(n):
    """In standard deviations; both tails count."""
    critical = scipy.stats.t.ppf(0.975, n - 1)
    # SciPy gives NaN for the lower tail where it is practically 0.
    power = lambda delta: scipy.stats.nct.sf(critical, n - 1, delta) + numpy.nan_to_num(scipy.stats.nct.cdf(-critical, n - 1, delta))
    return scipy.optimize.brentq(lambda delta: power(delta) - 0.8, 1e-6, 20, xtol=1e-13, rtol=1e-14) / math.sqrt(n)


def quasi_f(table):
    """A two-way analysis of variance without replication, by sums of squares of totals (Winer 1971), with the rule for negative variances."""
    m, n = table.shape
    correction = table.sum() ** 2 / (m * n)
    queries = (table.sum(axis=0) ** 2).sum() / m - correction
    seeds = (table.sum(axis=1) ** 2).sum() / n - correction
    rest = (table ** 2).sum() - correction - queries - seeds
    queries, seeds, rest = queries / (n - 1), seeds / (m - 1), rest / ((n - 1) * (m - 1))
    if seeds <= rest or queries <= rest:
        below, freedom = max((queries, n - 1), (seeds, m - 1))
    else:
        below = queries + seeds - rest
        freedom = below ** 2 / (queries ** 2 / (n - 1) + seeds ** 2 / (m - 1) + rest ** 2 / ((n - 1) * (m - 1)))
    return queries, seeds, rest, scipy.stats.f.sf(correction / below, 1, freedom)


with open("effects.tsv", "w") as golden:
    for n, shift in [(2, 0.3), (3, 0.1), (5, 0.0), (10, -0.2), (50, 0.02), (300, 0.01), (2000, 0.0)]:
        d = differences(n, shift, ties=0 if n < 10 else 0.3)
        deviation = d.std(ddof=1)
        ours = minimum_detectable(n)
        if n > 2:  # for two queries statsmodels does not converge
            theirs = TTestPower().solve_power(nobs=n, alpha=0.05, power=0.8, alternative="two-sided")
            assert abs(ours - theirs) < 1e-4 * ours, (n, ours, theirs)
            assert abs(TTestPower().power(ours, n, 0.05, alternative="two-sided") - 0.8) < 1e-9, n
        golden.write(row(d.tolist(), d.mean() / deviation, ours * deviation))

with open("noncentral_t.tsv", "w") as golden:
    for freedom in (1, 2, 7.5, 49, 299, 20_000):
        for noncentrality in (-3, 0, 0.5, 2.8, 16):
            for t in (-4, -0.5, 0, 1.96, 12.7):
                p = scipy.stats.nct.cdf(t, freedom, noncentrality)
                if not math.isnan(p): golden.write(row(t, freedom, noncentrality, p))

with open("mixed.tsv", "w") as golden:
    tables = [numpy.array([[0.3, -0.1, 0.25], [-0.12, 0.31, 0.02]])]  # neither queries nor seeds spread more than the rest
    for m, n, shift, of_query, of_seed, of_rest in [
        (2, 2, 0.1, 0.1, 0.1, 0.1), (3, 5, 0.1, 0.2, 0.02, 0.05), (3, 40, 0.03, 0.1, 0.03, 0.05), (5, 40, 0.02, 0.1, 0.0, 0.2),
        (2, 100, 0.02, 0.1, 0.01, 0.1), (4, 30, 0.05, 0.0, 0.05, 0.1), (10, 200, 0.01, 0.2, 0.02, 0.1), (5, 12, 0.05, 0.0, 0.0, 0.2),
        (3, 50, 0.02, 0.15, 0.0, 0.2), (6, 10, 0.05, 0.0, 0.0, 0.2), (3, 8, 0.05, 0.0, 0.0, 0.2),
    ]:
        table = shift + generator.normal(0, of_query, n)[None, :] + generator.normal(0, of_seed, m)[:, None] + generator.normal(0, of_rest, (m, n))
        tables.append(numpy.round(table, 4))
    for table in tables:
        queries, seeds, rest, p = quasi_f(table)
        kind = ("q" if queries > rest else "-") + ("s" if seeds > rest else "-")
        golden.write(row(table.tolist(), kind, p))

with open("bootstrap.tsv", "w") as golden:
    for n, shift in [(10, 0.1), (40, 0.05), (40, 0.0), (200, 0.02)]:
        d = differences(n, shift)
        shifted, reached, means = d - d.mean(), 0, []
        observed = abs(d.mean()) / (d.std(ddof=1) / math.sqrt(n))
        for _ in range(RESAMPLES // 10_000):
            picks = generator.integers(0, n, (10_000, n))
            w = shifted[picks]
            deviation = w.std(axis=1, ddof=1)
            t = numpy.divide(abs(w.mean(axis=1)), deviation / math.sqrt(n), out=numpy.full(10_000, numpy.inf), where=deviation > 1e-12)
            reached += int((t >= observed * (1 - 1e-12)).sum())
            means.append(d[picks].mean(axis=1))
        lower, upper = numpy.quantile(numpy.concatenate(means), [0.025, 0.975])
        golden.write(row(d.tolist(), reached / RESAMPLES, lower, upper))

with open("corrections.tsv", "w") as golden:
    for n in (1, 2, 5, 20):
        p = numpy.round(generator.beta(0.4, 2, n), 5)
        if n == 20: p[3] = p[7] = p[11]
        golden.write(row(p.tolist(), multipletests(p, method="holm")[1].tolist(), multipletests(p, method="fdr_bh")[1].tolist()))

with open("randomization.tsv", "w") as golden:
    for n, shift in [(40, 0.05), (70, 0.03), (200, 0.02)]:
        d = differences(n, shift)
        p = scipy.stats.permutation_test(
            (d, numpy.zeros(n)), lambda x, y, axis: (x - y).mean(axis=axis), permutation_type="samples", vectorized=True, batch=10_000,
            n_resamples=RESAMPLES, alternative="two-sided", rng=generator).pvalue
        golden.write(row(d.tolist(), p))
