"""tantivy through its Python module, run by measure.py."""

import concurrent.futures
import importlib.metadata
import re

from beir import documents
from flat_ids import load_ids, save_ids


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
        query = self.index.parse_query(self.other.sub(" ", text.lower()), ["contents"])
        hits = self.searcher.search(query, k, count=False).hits
        return [self.ids[n] for n in self.searcher.fast_field_values("number", [address for _, address in hits])]

    def batch(self, texts, k, threads):
        """On several threads each takes every so-manyth query."""
        if threads == 1:
            return [self.search(text, k) for text in texts]
        with concurrent.futures.ThreadPoolExecutor(threads) as pool:
            parts = list(pool.map(lambda first: [self.search(text, k) for text in texts[first::threads]], range(threads)))
        return [parts[place % threads][place // threads] for place in range(len(texts))]
