#!/usr/bin/env python3
"""Schemathesis with all checks against a server that has everything: an index, vectors before and after, and a review.

    schema.py DECOY DATASET [--schemathesis COMMAND] [--examples 200] [--seed 1] [--work FOLDER] [OPTIONS OF SCHEMATHESIS]

The exit code is Schemathesis', or 1 where the server ended or wrote of an error inside.
"""
import argparse
import os
import shutil
import subprocess
import sys

from server import Server


def prepare(decoy, dataset, work):
    """A small collection; what is there already is taken."""
    def run(output, *command):
        if not os.path.exists(f"{work}/{output}"):
            subprocess.run([decoy, *command, "--quiet"], check=True)
    os.makedirs(work, exist_ok=True)
    run("index", "index", dataset, "-o", f"{work}/index")
    run("negatives.jsonl", "mine", f"{work}/index", "--queries", f"{dataset}/queries.jsonl", "--qrels", f"{dataset}/qrels/train.tsv",
        "-o", f"{work}/negatives.jsonl", "--explain", f"{work}/fates.jsonl")
    for name, epochs in [("before", 1), ("after", 2)]:
        run(name, "train", dataset, "-o", f"{work}/{name}", "--dimension", "32", "--epochs", str(epochs))
        run(name + ".vectors", "encode", f"{work}/{name}", dataset, "-o", f"{work}/{name}.vectors")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("decoy")
    parser.add_argument("dataset")
    parser.add_argument("--schemathesis", default="schemathesis")
    parser.add_argument("--examples", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", default="/tmp/decoy-schema")
    arguments, others = parser.parse_known_args()
    work = arguments.work
    prepare(arguments.decoy, arguments.dataset, work)
    answers = f"{work}/answers.jsonl"
    if os.path.exists(answers):
        os.remove(answers)
    server = Server(
        arguments.decoy, f"{work}/index", "--dense", f"{work}/after.vectors", "--model", f"{work}/after", "--before", f"{work}/before.vectors",
        "--before-model", f"{work}/before", "--negatives", f"{work}/fates.jsonl", "--queries", f"{arguments.dataset}/queries.jsonl",
        "--qrels", f"{arguments.dataset}/qrels/train.tsv", "--answers", answers)
    command = shutil.which(arguments.schemathesis) or arguments.schemathesis
    status = subprocess.run(
        [command, "--config-file", os.path.join(os.path.dirname(os.path.abspath(__file__)), "schemathesis.toml"), "run", f"http://127.0.0.1:{server.port}/openapi.json", "--checks", "all", "--max-examples", str(arguments.examples),
         "--seed", str(arguments.seed), "--no-color", *others], cwd=work).returncode
    alive = server.is_running()
    print(f"server running: {alive}; memory {server.memory()[0]:.0f} MB; exit {server.stop()}" if alive else "the server is gone")
    for message in server.messages[1:-1]:
        print("server:", message)
    sys.exit(status or (0 if alive and len(server.messages) <= 2 else 1))


if __name__ == "__main__":
    main()
