"""Index, search, mine and encode with Decoy on Apache Spark: one task a shard.

Every worker sees the same shared folders. Spark carries shard numbers only; the data stay in files.
A task writes under a name of its own attempt and renames what is complete, so it may run twice,
also at the same time. Whatever decoy says on standard error when it fails, fails the job.

    spark_mine.py all --master spark://host:7077 --shards 16 --work /shared/work \\
        --corpus /shared/corpus.parquet --queries /shared/queries.jsonl --qrels /shared/train.tsv -o /shared/negatives.parquet
"""
import argparse
import re
import shlex
import shutil
import sys
from pathlib import Path

from pyspark import SparkConf, SparkContext

import shard_task


def arguments():
    parser = argparse.ArgumentParser(description="Index, search, mine and encode with Decoy on Apache Spark.")
    parser.add_argument("job", choices=["index", "search", "mine", "all", "encode"],
                        help="one stage, or all: index, search and mine")
    parser.add_argument("--master", default="local[2]", help="Spark's master; spark://host:7077")
    parser.add_argument("--work", required=True, type=Path, help="a shared folder for shards and runs")
    parser.add_argument("--shards", type=int, default=4, help="how many parts, and so tasks")
    parser.add_argument("--split", choices=["documents", "queries"], default="documents",
                        help="what shards are parts of; queries is for all, where each worker can hold the whole index")
    parser.add_argument("--corpus", help="documents: .jsonl (also .gz, .zst) or .parquet")
    parser.add_argument("--queries", help="queries: .jsonl or .parquet")
    parser.add_argument("--qrels", help="judgements (BEIR or TREC)")
    parser.add_argument("-k", type=int, default=100, help="documents a query")
    parser.add_argument("-o", "--output", help="the negatives: .jsonl or .parquet")
    parser.add_argument("--model", help="the encoder's folder, for encode")
    parser.add_argument("--decoy", default="decoy", help="the binary, at the same path on every worker")
    for stage in ["index", "search", "mine", "encode"]:
        parser.add_argument(f"--{stage}-options", default="", metavar="'…'", help=f"further options of decoy {stage}")
    parser.add_argument("--conf", action="append", default=[], metavar="KEY=VALUE", help="a setting of Spark")
    options = parser.parse_args()
    needs = {"index": ["corpus"], "search": ["queries"], "mine": ["corpus", "queries", "qrels", "output"],
             "all": ["corpus", "queries", "qrels", "output"], "encode": ["corpus", "model"]}[options.job]
    missing = [f"--{name}" for name in needs if getattr(options, name) is None]
    if missing:
        parser.error(f"{options.job} needs {' '.join(missing)}")
    if options.split == "queries":
        if options.job != "all":
            parser.error("--split queries is for the job all")
        if not re.search(r"--(relative-margin|estimate)\b|--max-false-negative-probability[ =]off", options.mine_options):
            parser.error("--split queries needs --mine-options with --relative-margin or --estimate: "
                         "an estimate fitted on a part of the queries would differ from part to part")
        if options.queries.endswith((".gz", ".zst", ".tsv")):
            parser.error("--split queries needs --queries as plain .jsonl or .parquet")
    if options.shards < 1:
        parser.error("--shards must be at least 1")
    return options


class Cluster:
    """A Spark context and the folder that all its workers share."""

    def __init__(self, options):
        conf = SparkConf().setAppName(f"decoy {options.job}").setMaster(options.master)
        conf.set("spark.task.cpus", "1")
        for setting in options.conf:
            key, _, value = setting.partition("=")
            conf.set(key, value)
        self.context = SparkContext(conf=conf)
        self.context.setLogLevel("ERROR")
        self.context.addPyFile(shard_task.__file__)
        self.application = self.context.applicationId

    def run(self, stage, function, numbers, *values):
        """Calls function(attempt, number, *values) once for each number, each in a partition and so a task of its own."""
        application = self.application

        def task(partition):
            from pyspark import TaskContext
            attempt = f"{application}-{TaskContext.get().taskAttemptId()}"
            return [function(attempt, number, *values) for number in partition]

        self.context.setJobDescription(f"decoy {stage}")
        numbers = list(numbers)
        return self.context.parallelize(numbers, len(numbers)).mapPartitions(task).collect()


def clear(work, *patterns):
    """Removes what an earlier job left, so that no task takes it for the work of this one."""
    for pattern in patterns:
        for path in work.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def search(cluster, place, options, further):
    """Searches the shards for somewhat more than their share of k, then for k where that leaves queries open; merges."""
    shards, queries, k = range(place.shards), options.queries, options.k
    cluster.run("search", shard_task.search, shards, place, queries, shard_task.first_depth(k, place.shards), further)
    [unsure] = cluster.run("run unsure", shard_task.list_unsure, [0], place, queries, k)
    if unsure:
        cluster.run("search again", shard_task.search_again, shards, place, queries, k, further)
    cluster.run("run merge", shard_task.merge_runs, [0], place, queries, k, 2 if unsure else 1)


def main():
    options = arguments()
    work = options.work.resolve()
    (work / "attempts").mkdir(parents=True, exist_ok=True)
    shards = range(options.shards)
    further = {stage: shlex.split(getattr(options, f"{stage}_options")) for stage in ["index", "search", "mine", "encode"]}
    cluster = Cluster(options)
    try:
        place = shard_task.Place(options.decoy, str(work), options.shards)
        output = str(Path(options.output).resolve()) if options.output else None
        if options.split == "queries":
            clear(work, "whole.index", "*.part.trec", "*.part.jsonl", "merged.trec")
            cluster.run("index", shard_task.index_whole, [0], place, options.corpus, further["index"])
            cluster.run("mine", shard_task.mine_part, shards, place, options.corpus, options.queries, options.qrels,
                        options.k, further)
            cluster.run("join", shard_task.join_parts, [0], place, output)
            return
        if options.job in ["index", "all"]:
            clear(work, "*.index", "*.stats")
            cluster.run("index", shard_task.index, shards, place, options.corpus, further["index"])
            files = [str(work / f"{number}.stats") for number in shards]
            cluster.run("stats merge", shard_task.merge_stats, [0], place, files)
        if options.job in ["search", "all"]:
            clear(work, "*.trec", "*.trec.shard.json", "unsure.txt")
            search(cluster, place, options, further["search"])
        if options.job in ["mine", "all"]:
            cluster.run("mine", shard_task.mine, [0], place, options.corpus, options.queries, options.qrels,
                        output, further["mine"])
        if options.job == "encode":
            clear(work, "*.vectors")
            cluster.run("encode", shard_task.encode, shards, place, options.model, options.corpus, further["encode"])
    except Exception as error:
        print(f"spark_mine: {shard_task.cause(error)}", file=sys.stderr)
        sys.exit(1)
    finally:
        cluster.context.stop()
        shutil.rmtree(work / "attempts", ignore_errors=True)


if __name__ == "__main__":
    main()
