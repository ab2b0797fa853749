"""One engine in a process of its own, run by compare.py in the virtual environment:

    engines.py ENGINE version | build CORPUS INDEX | time INDEX QUERIES K RUNS | rank INDEX QUERIES K RUNS
"""

import ctypes
import glob
import importlib.metadata
import importlib.util
import json
import os
import re
import statistics
import sys
import sysconfig
import tempfile
import threading
import time

K1, B = 1.2, 0.75
# Lucene's English stop words.
STOP_WORDS = """a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was
will with""".split()


def documents(path):
    """Ids and texts, the title before the text."""
    with open(path, encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            title, text = record.get("title", ""), record["text"]
            yield record["_id"], f"{title} {text}" if title else text


def save_ids(folder, ids):
    with open(os.path.join(folder, "ids.json"), "w", encoding="utf-8") as file:
        json.dump(ids, file)


def load_ids(folder):
    with open(os.path.join(folder, "ids.json"), encoding="utf-8") as file:
        return json.load(file)


class BM25S:
    """bm25s: every posting's score computed ahead, added up by numba."""

    def __init__(self):
        import Stemmer
        self.stemmer = Stemmer.Stemmer("english")
        self.words = re.compile(r"(?u)\b\w\w+\b")
        self.stop = frozenset(STOP_WORDS)

    @staticmethod
    def version():
        return f"bm25s {importlib.metadata.version('bm25s')} (numba {importlib.metadata.version('numba')})"

    def build(self, corpus, folder):
        import bm25s
        ids, texts = zip(*documents(corpus))
        tokens = bm25s.tokenize(list(texts), stopwords="en", stemmer=self.stemmer, show_progress=False)
        index = bm25s.BM25(method="lucene", k1=K1, b=B)
        index.index(tokens, show_progress=False)
        index.save(folder)
        save_ids(folder, ids)

    def open(self, folder):
        import bm25s
        self.index = bm25s.BM25.load(folder)
        self.index.backend = "numba"
        self.index.activate_numba_scorer()
        self.ids = load_ids(folder)
        self.vocabulary = self.index.vocab_dict

    def tokens(self, text):
        words = [word for word in self.words.findall(text.lower()) if word not in self.stop]
        return [term for term in self.stemmer.stemWords(words) if term in self.vocabulary]

    def batch(self, texts, k):
        answers = [[] for _ in texts]
        tokens = [self.tokens(text) for text in texts]
        known = [place for place, terms in enumerate(tokens) if terms]
        if not known:
            return answers
        found, scores = self.index.retrieve(
            [tokens[place] for place in known], k=min(k, len(self.ids)), show_progress=False, n_threads=1, backend_selection="numba")
        for place, numbers, values in zip(known, found.tolist(), scores.tolist()):
            answers[place] = [self.ids[number] for number, value in zip(numbers, values) if value > 0]
        return answers

    def search(self, text, k):
        return self.batch([text], k)[0]


class Tantivy:
    """tantivy: Lucene's design in Rust; one segment, frequencies without positions."""

    def version(self):
        return f"tantivy {importlib.metadata.version('tantivy')}"

    @staticmethod
    def register(index):
        import tantivy
        analyzer = (tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
                    .filter(tantivy.Filter.stopword("english")).filter(tantivy.Filter.stemmer("english")).build())
        index.register_tokenizer("stemmed", analyzer)

    def build(self, corpus, folder):
        import tantivy
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("contents", stored=False, tokenizer_name="stemmed", index_option="freq")
        schema.add_unsigned_field("number", stored=False, indexed=False, fast=True)
        index = tantivy.Index(schema.build(), path=folder)
        self.register(index)
        writer = index.writer(heap_size=1_000_000_000, num_threads=1)
        ids = []
        for id, text in documents(corpus):
            document = tantivy.Document()
            document.add_text("contents", text)
            document.add_unsigned("number", len(ids))
            writer.add_document(document)
            ids.append(id)
        writer.commit()
        writer.wait_merging_threads()
        save_ids(folder, ids)

    def open(self, folder):
        import tantivy
        self.index = tantivy.Index.open(folder)
        self.register(self.index)
        self.index.reload()
        self.searcher = self.index.searcher()
        self.ids = load_ids(folder)
        # What is left are whole tokens: tantivy would make a phrase, which wants positions, of a word that it cuts.
        self.other = re.compile(r"[\W_]+")

    def search(self, text, k):
        query = self.index.parse_query(self.other.sub(" ", text).lower(), ["contents"])
        hits = self.searcher.search(query, k, count=False).hits
        return [self.ids[n] for n in self.searcher.fast_field_values("number", [address for _, address in hits])]

    batch = None


class PISA:
    """PISA through its C module alone: blocks of SIMD-BP128 with the highest score of each."""

    ENCODING = "block_simdbp"

    def __init__(self, algorithm):
        self.algorithm = algorithm
        # The wheel wants this TBB, and finds it only where it was loaded before.
        for name in ("libtbb.so.2", "libtbbmalloc.so.2"):
            for path in glob.glob(os.path.join(sys.prefix, "lib", name)):
                ctypes.CDLL(path, mode=ctypes.RTLD_GLOBAL)
        pattern = os.path.join(sysconfig.get_path("platlib"), "pyterrier_pisa", "_pisathon*.so")
        spec = importlib.util.spec_from_file_location("_pisathon", glob.glob(pattern)[0])
        self.module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.module)

    def version(self):
        return f"PISA (pyterrier-pisa {importlib.metadata.version('pyterrier-pisa')}), {self.algorithm}"

    def build(self, corpus, folder):
        with tempfile.TemporaryDirectory() as scratch:
            fifo = os.path.join(scratch, "fifo")
            os.mkfifo(fifo)

            def feed():
                with open(fifo, "w", encoding="utf-8") as file:
                    for id, text in documents(corpus):
                        file.write(f"{id} {' '.join(text.split())}\n")

            threading.Thread(target=feed, daemon=True).start()
            self.module.index(fifo, folder, "porter2", 100_000, 1)
        self.open(folder)

    def open(self, folder):
        self.context = self.module.RetrievalContext()
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
            file.write("\n".join(STOP_WORDS) + "\n")
            file.flush()
            self.module.prepare_index(
                self.context, folder, self.ENCODING, "bm25", "porter2", bm25_k1=K1, bm25_b=B, stop_fname=file.name)

    def batch(self, texts, k):
        import numpy
        shape = (len(texts) * k,)
        queries = numpy.empty(shape, dtype=numpy.int32)
        names = numpy.empty(shape, dtype=object)
        ranks = numpy.empty(shape, dtype=numpy.int32)
        scores = numpy.empty(shape, dtype=numpy.float32)
        size = self.module.retrieve(
            self.context, self.algorithm, list(enumerate(texts)), k=k, threads=1, pretokenised=0, query_weighted=0,
            result_qidxs=queries, result_docnos=names, result_ranks=ranks, result_scores=scores)
        answers = [[] for _ in texts]
        for query, name in zip(queries[:size].tolist(), names[:size].tolist()):
            answers[query].append(name)
        return answers

    def search(self, text, k):
        return self.batch([text], k)[0]


ENGINES = {"bm25s": BM25S, "tantivy": Tantivy, "pisa-bmw": lambda: PISA("block_max_wand"),
           "pisa-maxscore": lambda: PISA("maxscore")}


def batch(engine, texts, k):
    return engine.batch(texts, k) if engine.batch else [engine.search(text, k) for text in texts]


def times(engine, folder, texts, k, runs):
    begin = time.perf_counter()
    engine.open(folder)
    opened = time.perf_counter() - begin
    for text in texts:
        engine.search(text, k)
    passes, batches = [], []
    for _ in range(runs):
        each, cpu = [], time.process_time()
        for text in texts:
            begin = time.perf_counter()
            engine.search(text, k)
            each.append(time.perf_counter() - begin)
        cpu = (time.process_time() - cpu) / len(texts)
        each.sort()
        passes.append((statistics.fmean(each), each[(len(each) + 1) // 2 - 1], each[-(-99 * len(each) // 100) - 1], cpu))
    batch(engine, texts[:10], 100)
    for _ in range(runs):
        begin, cpu = time.perf_counter(), time.process_time()
        batch(engine, texts, 100)
        batches.append((time.perf_counter() - begin, time.process_time() - cpu))
    mean, p50, p99, cpu = (1e3 * statistics.median(p[i] for p in passes) for i in range(4))
    return {"mean": mean, "p50": p50, "p99": p99, "cpu": cpu, "open": 1e3 * opened,
            "batch": len(texts) / statistics.median(b[0] for b in batches),
            "batch_cpu": len(texts) / statistics.median(b[1] for b in batches)}


def main():
    # Engines' own messages go to standard error; standard output is for the answer.
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    name, action = sys.argv[1:3]
    engine = ENGINES[name]()
    if action == "version":
        print(engine.version(), file=answer)
    elif action == "build":
        engine.build(sys.argv[3], sys.argv[4])
    else:
        folder, queries, k, runs = sys.argv[3], list(documents(sys.argv[4])), int(sys.argv[5]), int(sys.argv[6])
        if action == "time":
            json.dump(times(engine, folder, [text for _, text in queries], k, runs), answer)
        else:
            engine.open(folder)
            found = batch(engine, [text for _, text in queries], k)
            json.dump({id: ids for (id, _), ids in zip(queries, found)}, answer)
    answer.close()


if __name__ == "__main__":
    main()
