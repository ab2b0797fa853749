"""How often a test at 0.05 finds a difference where there is none, when seeds have an effect of their own.

    python3 -m venv venv && venv/bin/pip install numpy scipy
    venv/bin/python mixed.py [--tables 20000]

Differences d(query, seed) = query + seed + rest are drawn with the mean 0. Three tests of the same tables: Student's t over queries
averaged over seeds (`p`), the mixed test of `MixedTest` (`pMixed`), and Student's t over all values with seeds as further queries. The last
columns are the power of the mixed test and of the t-test over queries at a true difference of 0.02.
"""
import argparse
import numpy
import scipy.stats


def mixed(table):
    """`MixedTest` for tables of the shape (tables, seeds, queries)."""
    _, m, n = table.shape
    seed_means, query_means, mean = table.mean(axis=2), table.mean(axis=1), table.mean(axis=(1, 2))
    rest = table - seed_means[:, :, None] - query_means[:, None, :] + mean[:, None, None]
    rest = (rest**2).sum(axis=(1, 2)) / ((n - 1) * (m - 1))
    queries, seeds = m * query_means.var(axis=1, ddof=1), n * seed_means.var(axis=1, ddof=1)
    total = queries + seeds - rest
    below = numpy.maximum(numpy.maximum(queries, seeds), total)
    satterthwaite = total**2 / (queries**2 / (n - 1) + seeds**2 / (m - 1) + rest**2 / ((n - 1) * (m - 1)))
    freedom = numpy.where(below == total, satterthwaite, numpy.where(below == queries, n - 1, m - 1))
    return scipy.stats.f.sf(n * m * mean**2 / below, 1, freedom)


def measured(generator, tables, m, n, query, seed, rest, shift=0.0):
    """The shares of p below 0.05: over queries, mixed, seeds as queries."""
    found, done = numpy.zeros(3), 0
    while done < tables:
        size = min(1000, tables - done)
        table = (
            shift
            + generator.normal(0, query, (size, 1, n))
            + generator.normal(0, seed, (size, m, 1))
            + generator.normal(0, rest, (size, m, n))
        )
        found += [
            (scipy.stats.ttest_1samp(table.mean(axis=1), 0, axis=1).pvalue < 0.05).sum(),
            (mixed(table) < 0.05).sum(),
            (scipy.stats.ttest_1samp(table.reshape(size, -1), 0, axis=1).pvalue < 0.05).sum(),
        ]
        done += size
    return found / tables


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tables", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    generator = numpy.random.default_rng(options.seed)
    print("| seeds | queries | deviation: query | seed | rest | t over queries | mixed | seeds as queries | power: t | mixed |")
    print("|" + "---:|" * 10)
    for m, n in [(2, 300), (3, 300), (5, 300), (10, 300), (3, 50), (5, 50)]:
        for seed in (0.0, 0.003, 0.01, 0.02):
            null = measured(generator, options.tables, m, n, 0.15, seed, 0.1)
            power = measured(generator, options.tables, m, n, 0.15, seed, 0.1, shift=0.02)
            cells = [str(m), str(n), "0.15", str(seed), "0.1"] + [f"{x:.3f}" for x in (*null, *power[:2])]
            print("| " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
