"""What one Spark task does: call decoy for one shard, and publish the result by a rename."""
import ctypes
import json
import math
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Place:
    """Where a job works: the binary, the shared folder and the number of shards."""
    decoy: str
    work: str
    shards: int


class DecoyFailed(RuntimeError):
    """decoy ended with another code than 0."""


def die_with_parent():
    """Ends decoy when Spark ends the Python worker that started it (Linux alone)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


def call(place, *words, lines=None):
    """Runs decoy on one core, with lines on its standard input; another code than 0 raises its standard error."""
    words = [place.decoy, *map(str, words), "--quiet"]
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(words, stdin=subprocess.DEVNULL if lines is None else subprocess.PIPE,
                                   stdout=subprocess.DEVNULL, stderr=errors, preexec_fn=die_with_parent)
        try:
            if lines is not None:
                with process.stdin as pipe:
                    for line in lines:
                        pipe.write(line)
        except BrokenPipeError:
            pass  # decoy ended before its input did; its code says why
        except BaseException:
            process.kill()  # an input that cannot be read to its end must not become a whole index
            process.wait()
            raise
        code = process.wait()
        if code != 0:
            errors.seek(0)
            said = errors.read().decode(errors="replace").strip()
            raise DecoyFailed(f"exit code {code} of {' '.join(words)}: {said}")


def cause(error):
    """The line of a failed job that names decoy's exit code and message, else the whole error."""
    found = re.search(r"DecoyFailed: (.*?)(?=\s*SQLSTATE|\n\s*\n|\n\s+at |\Z)", str(error), re.DOTALL)
    return found.group(1) if found else str(error)


@contextmanager
def attempt_folder(place, attempt):
    """A folder that no other attempt writes into."""
    folder = Path(place.work, "attempts", attempt)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(made, final):
    """Renames what is complete; a folder that another attempt has published first stays, as its bytes are the same."""
    try:
        os.replace(made, final)
    except OSError:
        if not (made.is_dir() and Path(final).is_dir()):
            raise


def parquet_lines(path):
    """The rows of a Parquet file as JSON lines, batch by batch."""
    import pyarrow.parquet
    for batch in pyarrow.parquet.ParquetFile(path).iter_batches(batch_size=4096):
        for row in batch.to_pylist():
            kept = {key: value for key, value in row.items() if value is not None}
            yield json.dumps(kept, ensure_ascii=False).encode() + b"\n"


def is_parquet(path):
    return str(path).endswith(".parquet")


def lines_file(path, folder):
    """A file of JSON lines that decoy reads: path itself, or one made from Parquet in the attempt's folder."""
    if not is_parquet(path):
        return path
    made = folder / (Path(path).stem + ".jsonl")
    with open(made, "wb") as file:
        file.writelines(parquet_lines(path))
    return made


def call_with_corpus(place, before, corpus, *after):
    """Calls decoy on a corpus: a file that it reads itself, or Parquet through a pipe."""
    if is_parquet(corpus):
        call(place, *before, "-", "--format", "jsonl", *after, lines=parquet_lines(corpus))
    else:
        call(place, *before, corpus, *after)


def index(attempt, number, place, corpus, further):
    with attempt_folder(place, attempt) as folder:
        call_with_corpus(place, ["index"], corpus, "-o", folder / "index", "--shard", f"{number}/{place.shards}",
                         "--threads", 1, *further)
        call(place, "stats", folder / "index", "-o", folder / "stats", "--threads", 1)
        publish(folder / "index", f"{place.work}/{number}.index")
        publish(folder / "stats", f"{place.work}/{number}.stats")


def merge_stats(attempt, _, place, files):
    with attempt_folder(place, attempt) as folder:
        call(place, "stats", "merge", *files, "-o", folder / "stats")
        publish(folder / "stats", f"{place.work}/all.stats")


def first_depth(k, shards):
    """For how many documents to search each shard first: its share of the best k, three standard deviations, and 2 for small shares."""
    share = k / shards
    return min(k, math.ceil(share + 3 * math.sqrt(share * (1 - 1 / shards)) + 2))


def search(attempt, number, place, queries, k, further):
    with attempt_folder(place, attempt) as folder:
        search_shard(number, place, lines_file(queries, folder), k, folder / "run", f"{place.work}/{number}.trec", further)


def search_again(attempt, number, place, queries, k, further):
    """Searches for the queries that the first search leaves open."""
    with attempt_folder(place, attempt) as folder:
        search_shard(number, place, lines_file(queries, folder), k, folder / "run", f"{place.work}/{number}.second.trec",
                     ["--only", f"{place.work}/unsure.txt", *further])


def search_shard(number, place, queries, k, run, output, further):
    call(place, "search", f"{place.work}/{number}.index", "--global-stats", f"{place.work}/all.stats",
         "--queries", queries, "-k", k, "-o", run, "--threads", 1, *further)
    publish(Path(f"{run}.shard.json"), f"{output}.shard.json")
    publish(run, output)


def list_unsure(attempt, _, place, queries, k):
    """Lists the queries that the first search leaves open; returns whether there are any."""
    with attempt_folder(place, attempt) as folder:
        runs = [f"{place.work}/{number}.trec" for number in range(place.shards)]
        call(place, "run", "unsure", *runs, "--queries", lines_file(queries, folder), "-k", k, "-o", folder / "unsure.txt")
        found = (folder / "unsure.txt").stat().st_size > 0
        publish(folder / "unsure.txt", f"{place.work}/unsure.txt")
        return found


def merge_runs(attempt, _, place, queries, k, rounds):
    with attempt_folder(place, attempt) as folder:
        runs = [f"{place.work}/{number}{ending}" for ending in [".trec", ".second.trec"][:rounds] for number in range(place.shards)]
        call(place, "run", "merge", *runs, "--queries", lines_file(queries, folder), "-k", k, "-o", folder / "run.trec")
        publish(folder / "run.trec", f"{place.work}/merged.trec")


def mine(attempt, _, place, corpus, queries, qrels, output, further):
    with attempt_folder(place, attempt) as folder:
        made = folder / "negatives.jsonl"
        call(place, "mine", "--from-run", f"{place.work}/merged.trec", "--corpus", lines_file(corpus, folder),
             "--queries", lines_file(queries, folder), "--qrels", qrels, "-o", made, "--threads", 1, *further)
        write_output(attempt, made, folder, output)


def write_output(attempt, rows, folder, output):
    """Publishes rows of JSON lines as the output, which may be Parquet."""
    if is_parquet(output):
        import pyarrow.json
        import pyarrow.parquet
        made = folder / "negatives.parquet"
        pyarrow.parquet.write_table(pyarrow.json.read_json(rows), made)
        rows = made
    aside = Path(f"{output}.{attempt}")  # beside the output, which may lie on another file system
    shutil.copyfile(rows, aside)
    publish(aside, output)


def index_whole(attempt, _, place, corpus, further):
    with attempt_folder(place, attempt) as folder:
        call_with_corpus(place, ["index"], corpus, "-o", folder / "index", "--threads", 1, *further)
        publish(folder / "index", f"{place.work}/whole.index")


def mine_part(attempt, number, place, corpus, queries, qrels, k, further):
    """Searches the whole index and mines for one range of the queries."""
    with attempt_folder(place, attempt) as folder:
        with open(lines_file(queries, folder), "rb") as file:
            lines = [line for line in file if line.strip()]
        part, run, rows = folder / "part.jsonl", folder / "run.trec", folder / "rows.jsonl"
        first, end = (len(lines) * bound // place.shards for bound in (number, number + 1))
        part.write_bytes(b"".join(line.rstrip(b"\n") + b"\n" for line in lines[first:end]))
        if first == end:
            run.touch()
            rows.touch()
        else:
            call(place, "search", f"{place.work}/whole.index", "--queries", part, "-k", k, "-o", run, "--threads", 1,
                 *further["search"])
            call(place, "mine", "--from-run", run, "--corpus", lines_file(corpus, folder), "--queries", part,
                 "--qrels", qrels, "-o", rows, "--threads", 1, *further["mine"])
        publish(run, f"{place.work}/{number}.part.trec")
        publish(rows, f"{place.work}/{number}.part.jsonl")


def join_parts(attempt, _, place, output):
    with attempt_folder(place, attempt) as folder:
        for kind in ["trec", "jsonl"]:
            with open(folder / f"joined.{kind}", "wb") as joined:
                for number in range(place.shards):
                    with open(f"{place.work}/{number}.part.{kind}", "rb") as part:
                        shutil.copyfileobj(part, joined)
        publish(folder / "joined.trec", f"{place.work}/merged.trec")
        write_output(attempt, folder / "joined.jsonl", folder, output)


def encode(attempt, number, place, model, corpus, further):
    with attempt_folder(place, attempt) as folder:
        call_with_corpus(place, ["encode", model], corpus, "-o", folder / "vectors",
                         "--shard", f"{number}/{place.shards}", "--threads", 1, *further)
        publish(folder / "vectors", f"{place.work}/{number}.vectors")
