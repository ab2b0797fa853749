"""Unpacks documentation packages and cuts their pages into a retrieval corpus in BEIR layout; see README.md. Python's standard library only.

build.py PACKAGES_FOLDER ORDER_FILE OUTPUT_FOLDER: the .deb files, the names in the order of the corpus, the corpus.
"""

import collections
import concurrent.futures
import glob
import hashlib
import heapq
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

import extract
import passages

FEWEST_PASSAGES = 500_000
TASK_BYTES = 1_000_000
PENDING_TASKS = 6
# A block of at least so many words is kept at its first place in the corpus only: pages repeat what they inherit.
UNIQUE_BLOCK_WORDS = 6
QUERIES_OF_A_KIND = 1_000


def digest(text):
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big")


def read_pages(paths):
    return [(path, extract.page(path)) for path in paths]


def tasks(paths):
    """Lists of paths of about a megabyte together."""
    task, size = [], 0
    for path in paths:
        task.append(path)
        size += os.path.getsize(path)
        if size >= TASK_BYTES:
            yield task
            task, size = [], 0
    if task:
        yield task


def pages(pool, paths):
    """Every path with its page, in order; few tasks are under way at a time, so that pages do not pile up."""
    pending = collections.deque()
    for task in tasks(paths):
        pending.append(pool.submit(read_pages, task))
        if len(pending) >= PENDING_TASKS:
            yield from pending.popleft().result()
    while pending:
        yield from pending.popleft().result()


class Sample:
    """The entries with the lowest hashes, a sample that depends on nothing but the entries."""

    def __init__(self, size):
        self.size, self.heap = size, []

    def offer(self, key, value):
        entry = (-digest("query " + key), key, value)
        if len(self.heap) < self.size:
            heapq.heappush(self.heap, entry)
        elif entry > self.heap[0]:
            heapq.heapreplace(self.heap, entry)

    def values(self):
        return [value for _, _, value in sorted(self.heap, key=lambda entry: entry[1])]


class Corpus:
    """Writes passages, and remembers hashes of what it wrote and where each title stands."""

    def __init__(self, folder):
        self.file = open(os.path.join(folder, "corpus.jsonl"), "w", encoding="utf-8")
        self.blocks, self.texts = set(), set()
        self.titles = {}
        self.sentences = Sample(QUERIES_OF_A_KIND)
        self.count = self.words = 0
        self.left_out = collections.Counter()

    def add(self, page_id, title, blocks):
        kept = []
        for block in blocks:
            if block.count(" ") + 1 >= UNIQUE_BLOCK_WORDS:
                key = digest(block)
                if key in self.blocks:
                    self.left_out["repeated blocks"] += 1
                    continue
                self.blocks.add(key)
            kept.append(block)
        ids = []
        for text in passages.passages(kept):
            if not passages.is_prose(text):
                self.left_out["passages that are no prose"] += 1
                continue
            key = digest(text)
            if key in self.texts:
                self.left_out["repeated passages"] += 1
                continue
            self.texts.add(key)
            id = f"{page_id}#{len(ids) + 1}"
            ids.append(id)
            self.file.write(json.dumps({"_id": id, "title": title, "text": text}, ensure_ascii=False) + "\n")
            self.count += 1
            self.words += text.count(" ") + 1
            self.offer_sentence(id, text)
        if ids:
            # A title of two pages finds neither.
            self.titles[title] = None if title in self.titles else (page_id, len(ids))

    def offer_sentence(self, id, text):
        sentence = passages.SENTENCE_END.split(text, 1)[0]
        if 5 <= sentence.count(" ") + 1 <= 25 and sentence.endswith((".", "!", "?")):
            self.sentences.offer(id, (id, sentence))

    def queries(self):
        """Pairs of text and ids of relevant passages: titles, then first sentences."""
        titles = Sample(QUERIES_OF_A_KIND)
        for title, place in self.titles.items():
            if place and 3 <= title.count(" ") + 1 <= 12:
                titles.offer(title, (title, [f"{place[0]}#{n + 1}" for n in range(place[1])]))
        yield from titles.values()
        for id, sentence in self.sentences.values():
            yield sentence, [id]


def control_field(package, field):
    return subprocess.run(["dpkg-deb", "-f", package, field], check=True, capture_output=True, text=True).stdout.strip()


def page_id(name, root, path):
    """Package and path, without the folder where most packages keep their documentation, and without spaces, which runs cannot hold."""
    relative = os.path.relpath(path, root)
    for prefix in (f"usr/share/doc/{name}/", "usr/share/doc/", "usr/share/", "usr/"):
        if relative.startswith(prefix):
            relative = relative[len(prefix):]
            break
    return "_".join(f"{name}/{relative}".split())


def utf8(text):
    """The text without lone surrogates, which a page's character references can make."""
    return text.encode("utf-8", "replace").decode("utf-8")


def add_package(pool, corpus, package, name, scratch):
    """Unpacks one package, adds its pages, removes it; gives the number of pages."""
    root = tempfile.mkdtemp(dir=scratch)
    try:
        if subprocess.run(["dpkg-deb", "-x", package, root]).returncode != 0:
            sys.exit(f"build.py: {package} could not be unpacked; is there room in {scratch}?")
        paths = extract.files(root)
        for path, page in pages(pool, paths):
            if page:
                title, blocks = page
                corpus.add(utf8(page_id(name, root, path)), utf8(title), [utf8(block) for block in blocks])
        return len(paths)
    finally:
        shutil.rmtree(root, ignore_errors=True)


def write_queries(corpus, folder):
    os.makedirs(os.path.join(folder, "qrels"))
    with open(os.path.join(folder, "queries.jsonl"), "w", encoding="utf-8") as queries, \
            open(os.path.join(folder, "qrels", "dev.tsv"), "w", encoding="utf-8") as qrels:
        qrels.write("query-id\tcorpus-id\tscore\n")
        for number, (text, ids) in enumerate(corpus.queries(), 1):
            queries.write(json.dumps({"_id": f"q{number}", "text": text}, ensure_ascii=False) + "\n")
            qrels.writelines(f"q{number}\t{id}\t1\n" for id in ids)


def main(folder, order, output):
    begin = time.monotonic()
    with open(order, encoding="utf-8") as lines:
        names = [line.split("#")[0].strip() for line in lines]
    partial = output.rstrip("/") + ".partial"
    shutil.rmtree(partial, ignore_errors=True)
    os.makedirs(partial)
    corpus = Corpus(partial)
    with tempfile.TemporaryDirectory(prefix="large-corpus-") as scratch, \
            concurrent.futures.ProcessPoolExecutor(max_workers=min(2, os.cpu_count() or 1)) as pool, \
            open(os.path.join(partial, "packages.tsv"), "w", encoding="utf-8") as versions:
        versions.write("package\tversion\tpages\tpassages\n")
        for name in filter(None, names):
            found = glob.glob(os.path.join(glob.escape(folder), glob.escape(name) + "_*.deb"))
            if not found:
                continue
            before = corpus.count
            number = add_package(pool, corpus, found[0], name, scratch)
            added = corpus.count - before
            versions.write(f"{name}\t{control_field(found[0], 'Version')}\t{number}\t{added}\n")
            print(f"{name}: {number} pages, {added} passages; {corpus.count} in all, {time.monotonic() - begin:.0f} s", file=sys.stderr, flush=True)
    corpus.file.close()
    if corpus.count < FEWEST_PASSAGES:
        sys.exit(f"build.py: only {corpus.count} passages, {FEWEST_PASSAGES} are wanted (they are in {partial}); "
                 "add packages to packages.txt that this machine's sources have")
    write_queries(corpus, partial)
    os.rename(partial, output)
    size = os.path.getsize(os.path.join(output, "corpus.jsonl"))
    print(f"{output}: {corpus.count} passages, {size / 1e6:.1f} MB, {corpus.words / corpus.count:.1f} words on average, "
          f"{time.monotonic() - begin:.0f} s; left out: {dict(corpus.left_out)}")


if __name__ == "__main__":
    main(*sys.argv[1:4])
