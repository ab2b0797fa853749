"""The table of all engines with ratios, and the bars that decoy is held to. Standard library only."""

from processes import Decoy


def per_second(milliseconds):
    return 1e3 / max(milliseconds, 1e-9)


# What is compared, as a figure of which more is better; at one thread, by CPU time.
RATIOS = {
    "build": lambda f: 1 / f["build_cpu"],
    "top10": lambda f: per_second(f["top10"]["cpu"]),
    "top1000": lambda f: per_second(f["top1000"]["cpu"]),
    "batch": lambda f: f["batch"]["1"]["batch_cpu"],
    "size": lambda f: 1 / f["needed_bytes"],
}


def ratio(key, ours, theirs):
    """How many times better decoy is; below 1 the other engine is better."""
    return RATIOS[key](ours) / RATIOS[key](theirs)


def comparisons(results, dataset, megabytes):
    """One row for each figure and each peer that ran: decoy's, the peer's, and how many times better decoy's is."""
    figures = good(results)
    ours = figures.get("decoy")
    shown = {
        "build": ("build", "MB/CPU s", lambda f: megabytes / f["build_cpu"]),
        "top10": ("top 10", "queries/CPU s", RATIOS["top10"]),
        "top1000": ("top 1000", "queries/CPU s", RATIOS["top1000"]),
        "batch": ("batch, top 100", "queries/CPU s", RATIOS["batch"]),
        "size": ("index", "MB", lambda f: f["needed_bytes"] / 1e6),
    }
    return [{"what": f"{what}, {dataset}", "unit": unit, "decoy": value(ours), "peer": theirs["version"], "other": value(theirs),
             "ratio": ratio(key, ours, theirs)}
            for key, (what, unit, value) in shown.items() if ours
            for name, theirs in figures.items() if not name.startswith("decoy")]


def good(results):
    return {name: figures for name, figures in results.items() if "error" not in figures}


def milliseconds(times):
    return " / ".join(f"{times[part]:.3f}" for part in ("mean", "p50", "p99"))


def table(results, megabytes, threads):
    """One line an engine; behind a figure stands how many times that of `decoy` is better."""
    ours = good(results).get("decoy")

    def with_ratio(text, key, figures):
        return f"{text} ({ratio(key, ours, figures):.2f}×)" if ours else text

    def batches(figures):
        one, more = figures["batch"]["1"]["batch"], figures["batch"][str(threads)]["batch"]
        return f"{one:.0f} → {more:.0f} ({more / one:.2f}×)"

    columns = [
        ("engine", lambda f: f["version"]),
        ("build MB/cpu s", lambda f: with_ratio(f"{megabytes / f['build_cpu']:.1f}", "build", f)),
        ("build s, cpu", lambda f: f"{f['build_wall']:.2f}, {f['build_cpu']:.2f}"),
        (f"build s, {threads} threads", lambda f: f"{f['build_more_wall']:.2f}" if f["build_more_wall"] else "–"),
        ("peak MB", lambda f: f"{f['build_rss'] / 1e6:.0f}"),
        ("index MB", lambda f: f"{f['bytes'] / 1e6:.1f}"),
        ("to search, MB", lambda f: with_ratio(f"{f['needed_bytes'] / 1e6:.1f}", "size", f)),
        ("open ms", lambda f: f"{f['top10']['open']:.1f}"),
        ("top 10, q/cpu s", lambda f: with_ratio(f"{per_second(f['top10']['cpu']):.0f}", "top10", f)),
        ("mean / p50 / p99 ms", lambda f: milliseconds(f["top10"])),
        ("top 1000, q/cpu s", lambda f: with_ratio(f"{per_second(f['top1000']['cpu']):.0f}", "top1000", f)),
        ("mean / p50 / p99 ms", lambda f: milliseconds(f["top1000"])),
        ("batch top 100, q/cpu s", lambda f: with_ratio(f"{f['batch']['1']['batch_cpu']:.0f}", "batch", f)),
        (f"batch q/s, 1 → {threads} threads", batches),
        ("nDCG@10", lambda f: f"{f['ndcg']:.4f}"),
        ("R@100", lambda f: f"{f['recall']:.4f}"),
    ]
    lines = ["| " + " | ".join(header for header, _ in columns) + " |", "|---" + "|---:" * (len(columns) - 1) + "|"]
    for name, figures in results.items():
        cells = ([f"{name}: {figures['error'].strip().splitlines()[-1]}"] + [""] * (len(columns) - 1) if "error" in figures
                 else [cell(figures) for _, cell in columns])
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def best_peer(key, peers):
    return max(peers, key=lambda name: RATIOS[key](peers[name]))


def bars(results, threads):
    """One line a bar: the figure, what is asked, whether it is met. Bars on peers that did not run are left out."""
    figures = good(results)
    ours = figures.get("decoy")
    if not ours:
        return ""
    peers = {name: f for name, f in figures.items() if not name.startswith("decoy")}
    lines = ["| bar | figure | asked | |", "|---|---:|---:|---|"]

    def line(what, figure, unit, asked, at_least=True):
        met = figure >= asked if at_least else figure <= asked
        lines.append(f"| {what} | {figure:.2f}{unit} | {'≥' if at_least else '≤'} {asked}{unit} | {'met' if met else 'missed'} |")

    if "tantivy" in peers:
        line("build, MB per CPU second against tantivy", ratio("build", ours, peers["tantivy"]), "×", 4)
    line(f"build, {threads} threads against 1, wall-clock", ours["build_wall"] / ours["build_more_wall"], "×", 1.7)
    memory = Decoy.MEMORY_MEGABYTES
    line(f"peak memory of a build with {memory} MB", ours["build_rss"] / 1e6, " MB", memory + 100, at_least=False)
    if peers:
        for key, what in (("top10", "top 10"), ("top1000", "top 1000")):
            best = best_peer(key, peers)
            line(f"{what}, queries per CPU second against the best peer: {best}", ratio(key, ours, peers[best]), "×", 1.5)
        best = best_peer("batch", peers)
        lines.append(f"| batch top 100, queries per CPU second against the best peer: {best} | {ratio('batch', ours, peers[best]):.2f}× | – | |")
    batch = ours["batch"]
    line(f"batch top 100, {threads} threads against 1, wall-clock", batch[str(threads)]["batch"] / batch["1"]["batch"], "×", 1.7)
    for key, what in (("top10", "top 10"), ("top1000", "top 1000")):
        line(f"{what}, p99 against p50", ours[key]["p99"] / ours[key]["p50"], "×", 4, at_least=False)
    if "tantivy" in peers:
        line("index without texts against tantivy's", ours["needed_bytes"] / peers["tantivy"]["needed_bytes"], "×", 1, at_least=False)
    line("open", ours["top10"]["open"], " ms", 5, at_least=False)
    return "\n".join(lines)
