"""PISA through the C module of pyterrier-pisa, run by measure.py."""

import ctypes
import glob
import importlib.metadata
import importlib.util
import os
import sys
import sysconfig
import tempfile
import threading

from beir import B, K1, STOP_WORDS, documents


class PISA:
    """PISA through its C module alone: blocks of SIMD-BP128 with the highest score of each; quantised, with 8-bit scores for frequencies."""

    ENCODING = "block_simdbp"

    def __init__(self, algorithm, quantised):
        self.algorithm, self.quantised = algorithm, quantised
        # The wheel wants this TBB, and finds it only where it was loaded before.
        for name in ("libtbb.so.2", "libtbbmalloc.so.2"):
            for path in glob.glob(os.path.join(sys.prefix, "lib", name)):
                ctypes.CDLL(path, mode=ctypes.RTLD_GLOBAL)
        pattern = os.path.join(sysconfig.get_path("platlib"), "pyterrier_pisa", "_pisathon*.so")
        spec = importlib.util.spec_from_file_location("_pisathon", glob.glob(pattern)[0])
        self.module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.module)

    def version(self):
        version = importlib.metadata.version("pyterrier-pisa")
        return f"PISA (pyterrier-pisa {version}), {self.algorithm}" + (", 8-bit scores" if self.quantised else "")

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
                self.context, folder, self.ENCODING, "bm25", "porter2", bm25_k1=K1, bm25_b=B, stop_fname=file.name,
                quantize=int(self.quantised))

    def batch(self, texts, k, threads):
        import numpy
        shape = (len(texts) * k,)
        queries = numpy.empty(shape, dtype=numpy.int32)
        names = numpy.empty(shape, dtype=object)
        ranks = numpy.empty(shape, dtype=numpy.int32)
        scores = numpy.empty(shape, dtype=numpy.float32)
        size = self.module.retrieve(
            self.context, self.algorithm, list(enumerate(texts)), k=k, threads=threads, pretokenised=0, query_weighted=0,
            result_qidxs=queries, result_docnos=names, result_ranks=ranks, result_scores=scores)
        answers = [[] for _ in texts]
        for query, name in zip(queries[:size].tolist(), names[:size].tolist()):
            answers[query].append(name)
        return answers

    def search(self, text, k):
        return self.batch([text], k, 1)[0]
