"""bm25s with numba, run by measure.py."""

import importlib.metadata
import re

from beir import B, K1, STOP_WORDS, documents
from flat_ids import load_ids, save_ids


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

    def batch(self, texts, k, threads):
        """Scoring is on so many threads, cutting queries into terms on one."""
        answers = [[] for _ in texts]
        tokens = [self.tokens(text) for text in texts]
        known = [place for place, terms in enumerate(tokens) if terms]
        if not known:
            return answers
        found, scores = self.index.retrieve(
            [tokens[place] for place in known], k=min(k, len(self.ids)), show_progress=False, n_threads=threads,
            backend_selection="numba")
        for place, numbers, values in zip(known, found.tolist(), scores.tolist()):
            answers[place] = [self.ids[number] for number, value in zip(numbers, values) if value > 0]
        return answers

    def search(self, text, k):
        return self.batch([text], k, 1)[0]
