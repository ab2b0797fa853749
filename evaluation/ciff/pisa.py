"""Decoy's CIFF files in PISA, and PISA's indexes as CIFF in Decoy.

    python pisa.py DECOY DATASET [--queries N]

There: `decoy export --format ciff` writes a file, ciff-toolkit (Google's protobuf) reads it, its lists become PISA's uncompressed
collection as ciff2pisa makes it, and PISA compresses and searches it. Back: PISA indexes the same texts with its own analyzer, that
index becomes a CIFF file by ciff-toolkit's writer, and `decoy import` and `decoy search` take it. Each time both engines answer the
dataset's queries, analyzed before, with BM25 in Robertson's form, k1 0.9, b 0.4.
"""

import argparse
import ctypes
import glob
import importlib.util
import json
import os
import struct
import subprocess
import sys
import sysconfig
import tempfile
from array import array

import numpy
from ciff_toolkit.ciff_pb2 import DocRecord, Header, PostingsList
from ciff_toolkit.read import CiffReader
from ciff_toolkit.write import CiffWriter

K, K1, B = 20, 0.9, 0.4


def pisa():
    """The C module of pyterrier-pisa, which wants TBB loaded before."""
    for name in ("libtbb.so.2", "libtbbmalloc.so.2"):
        for path in glob.glob(os.path.join(sys.prefix, "lib", name)):
            ctypes.CDLL(path, mode=ctypes.RTLD_GLOBAL)
    pattern = os.path.join(sysconfig.get_path("platlib"), "pyterrier_pisa", "_pisathon*.so")
    spec = importlib.util.spec_from_file_location("_pisathon", glob.glob(pattern)[0])
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def records(path):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            title = record.get("title", "")
            text = f"{title} {record['text']}" if title else record["text"]
            # PISA counts empty documents in N and in the average length, and Decoy does not.
            if text.strip():
                yield record["_id"], text


def write_payloads(path, values):
    """PISA's vector of strings: their number, where each begins, the last's end, the bytes."""
    values = [value.encode() for value in values]
    offsets = numpy.concatenate([[0], numpy.cumsum([len(value) for value in values])]).astype("<u8")
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(values)) + offsets.tobytes() + b"".join(values))


def read_payloads(path):
    data = open(path, "rb").read()
    (count,) = struct.unpack_from("<Q", data)
    offsets = numpy.frombuffer(data, "<u8", count + 1, 8).tolist()
    start = 8 + 8 * (count + 1)
    return [data[start + one:start + other].decode() for one, other in zip(offsets, offsets[1:])]


def sequences(path):
    data = numpy.fromfile(path, "<u4")
    place = 0
    while place < len(data):
        size = int(data[place])
        yield data[place + 1:place + 1 + size]
        place += 1 + size


def ciff_to_pisa(file, folder):
    """Returns the header."""
    inverted, forward = os.path.join(folder, "inv"), os.path.join(folder, "fwd")
    with CiffReader(file) as reader:
        header = reader.read_header()
        terms = []
        with open(inverted + ".docs", "wb") as documents, open(inverted + ".freqs", "wb") as frequencies:
            documents.write(struct.pack("<II", 1, header.num_docs))
            for number, postings in enumerate(reader.read_postings_lists()):
                assert postings.df == len(postings.postings), postings.term
                assert postings.cf == sum(posting.tf for posting in postings.postings), postings.term
                terms.append(postings.term)
                size = struct.pack("<I", postings.df)
                documents.write(size + numpy.cumsum([p.docid for p in postings.postings]).astype("<u4").tobytes())
                frequencies.write(size + array("I", [p.tf for p in postings.postings]).tobytes())
        names, lengths = [], []
        for document in reader.read_documents():
            assert document.docid == len(names)
            names.append(document.collection_docid)
            lengths.append(document.doclength)
        assert terms == sorted(terms, key=str.encode) and len(terms) == header.num_postings_lists
        assert len(names) == header.num_docs and sum(lengths) == header.total_terms_in_collection
    with open(inverted + ".sizes", "wb") as sizes:
        sizes.write(struct.pack("<I", len(lengths)) + array("I", lengths).tobytes())
    write_payloads(forward + ".termlex", terms)
    write_payloads(forward + ".doclex", names)
    return header


def pisa_to_ciff(folder, file):
    terms = read_payloads(os.path.join(folder, "fwd.termlex"))
    names = read_payloads(os.path.join(folder, "fwd.doclex"))
    lengths = next(sequences(os.path.join(folder, "inv.sizes"))).tolist()
    documents = sequences(os.path.join(folder, "inv.docs"))
    next(documents)
    lists = []
    for term, numbers, counts in zip(terms, documents, sequences(os.path.join(folder, "inv.freqs"))):
        postings = PostingsList(term=term, df=len(numbers), cf=int(counts.sum()))
        for gap, count in zip(numpy.diff(numbers, prepend=0).tolist(), counts.tolist()):
            postings.postings.add(docid=gap, tf=count)
        lists.append(postings)
    lists.sort(key=lambda postings: postings.term.encode())
    header = Header(
        version=1, num_postings_lists=len(lists), num_docs=len(names), total_postings_lists=len(lists),
        total_docs=len(names), total_terms_in_collection=sum(lengths), average_doclength=sum(lengths) / len(names),
        description="made of a PISA index")
    with CiffWriter(file) as writer:
        writer.write_header(header)
        writer.write_postings_lists(lists)
        writer.write_documents(
            DocRecord(docid=number, collection_docid=name, doclength=length)
            for number, (name, length) in enumerate(zip(names, lengths)))
    return set(terms)


def ranked_by_pisa(module, folder, queries):
    context = module.RetrievalContext()
    module.prepare_index(
        context, folder, "block_simdbp", "bm25", "", bm25_k1=K1, bm25_b=B, stop_fname="", quantize=0)
    size = len(queries) * K
    found = numpy.empty(size, dtype=numpy.int32)
    names = numpy.empty(size, dtype=object)
    ranks = numpy.empty(size, dtype=numpy.int32)
    scores = numpy.empty(size, dtype=numpy.float32)
    bags = []
    for number, terms in enumerate(queries):
        bags.append((number, {term: float(terms.count(term)) for term in terms}))
    count = module.retrieve(
        context, "ranked_or", bags, k=K, threads=1, pretokenised=1, query_weighted=1, result_qidxs=found,
        result_docnos=names, result_ranks=ranks, result_scores=scores)
    answers = [{} for _ in queries]
    for place in range(count):
        # A word of more than half of the documents is worth 1e-6 to PISA and nothing to Decoy.
        if scores[place] > 1e-4:
            answers[found[place]][names[place]] = float(scores[place])
    return answers


def ranked_by_decoy(decoy, index, queries, folder):
    file = os.path.join(folder, "queries.tsv")
    with open(file, "w", encoding="utf-8") as lines:
        for number, terms in enumerate(queries):
            lines.write(f"{number}\t{' '.join(terms)}\n")
    run = subprocess.run(
        [decoy, "search", index, "--queries", file, "-k", str(K), "--similarity", "robertson", "--k1", str(K1),
         "--b", str(B), "--output-format", "trec", "--quiet"], check=True, stdout=subprocess.PIPE, text=True).stdout
    answers = [{} for _ in queries]
    for line in run.splitlines():
        query, _, document, _, score, _ = line.split()
        # PISA leaves the factor k1 + 1 in.
        answers[int(query)][document] = float(score) * (K1 + 1)
    return answers


def compare(label, one, other):
    """Documents may differ only at the end of a list, where their scores are those of the last."""
    same = pairs = 0
    worst, unexplained = 0.0, 0
    for ours, theirs in zip(one, other):
        same += ours.keys() == theirs.keys()
        for document in ours.keys() & theirs.keys():
            pairs += 1
            worst = max(worst, abs(ours[document] - theirs[document]) / max(abs(theirs[document]), 1e-9))
        for mine, others in ((ours, theirs), (theirs, ours)):
            for document in mine.keys() - others.keys():
                last = min(others.values(), default=0)
                unexplained += abs(mine[document] - last) > 1e-4 * abs(last)
    print(f"{label}: {len(one)} queries, {same} with the same documents, {unexplained} differences that are no ties, "
          f"{pairs} scores, largest relative difference {worst:.1e}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("decoy")
    parser.add_argument("dataset")
    parser.add_argument("--queries", type=int, default=300)
    arguments = parser.parse_args()
    corpus = os.path.join(arguments.dataset, "corpus.jsonl")
    texts = [text for _, text in records(os.path.join(arguments.dataset, "queries.jsonl"))][:arguments.queries]
    module = pisa()
    with tempfile.TemporaryDirectory() as folder:
        def path(name):
            return os.path.join(folder, name)

        def run(*options):
            subprocess.run([arguments.decoy, *options, "--quiet"], check=True)

        # The words as they stand, in lower case, so that both engines have the same terms.
        with open(path("words.jsonl"), "w", encoding="utf-8") as file:
            for id, text in records(corpus):
                file.write(json.dumps({"_id": id, "text": " ".join(text.lower().split())}) + "\n")
        queries = [text.lower().split() for text in texts]
        run("index", path("words.jsonl"), "-o", path("decoy"), "--analyzer", "whitespace", "--without-text")
        run("export", path("decoy"), "--format", "ciff", "-o", path("decoy.ciff"))
        os.mkdir(path("there"))
        header = ciff_to_pisa(path("decoy.ciff"), path("there"))
        print(f"{header.description}: {header.num_docs} documents, {header.num_postings_lists} terms")
        compare(
            "Decoy's index in PISA", ranked_by_decoy(arguments.decoy, path("decoy"), queries, folder),
            ranked_by_pisa(module, path("there"), queries))

        os.mkdir(path("back"))
        with open(path("words.txt"), "w", encoding="utf-8") as file:
            for id, text in records(corpus):
                file.write(f"{id} {' '.join(text.split())}\n")
        module.index(path("words.txt"), path("back"), "porter2", 100_000, 1)
        terms = pisa_to_ciff(path("back"), path("pisa.ciff"))
        run("import", path("pisa.ciff"), "-o", path("imported"))
        # Terms of the index that the queries hold as they are.
        queries = [[term for term in query if term in terms] for query in queries]
        queries = [query for query in queries if query]
        compare(
            "PISA's index in Decoy", ranked_by_decoy(arguments.decoy, path("imported"), queries, folder),
            ranked_by_pisa(module, path("back"), queries))


main()
