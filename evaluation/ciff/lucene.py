"""An index of Lucene as CIFF in Decoy.

    python lucene.py DECOY DATASET JAR

JAR is Anserini's, of pyserini 0.25.0. Lucene indexes the dataset's words (`LuceneLists.java`), ciff-toolkit writes its lists with the rounded
lengths that Lucene keeps, as Anserini's exporter does, and `decoy import` takes the file. Both then answer the dataset's queries;
Decoy with `--similarity lucene-1byte`, k1 0.9, b 0.4.
"""

import argparse
import json
import os
import subprocess
import tempfile

from ciff_toolkit.ciff_pb2 import DocRecord, Header, PostingsList
from ciff_toolkit.write import CiffWriter

K = 20


def write_words(source, target):
    with open(source, encoding="utf-8") as lines, open(target, "w", encoding="utf-8") as file:
        for line in lines:
            record = json.loads(line)
            # Words of ASCII, so that no other white space is in question, and none that Lucene cuts (255 characters).
            text = f"{record.get('title', '')} {record['text']}".lower()
            words = [word for word in text.split() if word.isascii() and len(word) < 200]
            if words:
                file.write(f"{record['_id']}\t{' '.join(words)}\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("decoy")
    parser.add_argument("dataset")
    parser.add_argument("jar")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        def path(name):
            return os.path.join(folder, name)

        write_words(os.path.join(arguments.dataset, "corpus.jsonl"), path("words"))
        write_words(os.path.join(arguments.dataset, "queries.jsonl"), path("queries.tsv"))
        source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "LuceneLists.java")
        output = subprocess.run(
            ["java", "-Dfile.encoding=UTF-8", "-cp", arguments.jar, source, path("words"), path("queries.tsv"),
             path("lucene"), str(K)],
            check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8").stdout
        lists, documents, theirs = [], [], {}
        for line in output.splitlines():
            kind, *cells = line.split("\t")
            if kind == "T":
                postings = [tuple(map(int, cell.split(":"))) for cell in cells[1:]]
                message = PostingsList(term=cells[0], df=len(postings), cf=sum(count for _, count in postings))
                previous = 0
                for document, count in postings:
                    message.postings.add(docid=document - previous, tf=count)
                    previous = document
                lists.append(message)
            elif kind == "D":
                documents.append(DocRecord(docid=len(documents), collection_docid=cells[0], doclength=int(cells[1])))
            else:
                theirs.setdefault(cells[0], {})[cells[1]] = float(cells[2])
        total = sum(message.cf for message in lists)
        with CiffWriter(path("lucene.ciff")) as writer:
            writer.write_header(Header(
                version=1, num_postings_lists=len(lists), num_docs=len(documents), total_postings_lists=len(lists),
                total_docs=len(documents), total_terms_in_collection=total, average_doclength=total / len(documents),
                description="made of a Lucene index"))
            writer.write_postings_lists(lists)
            writer.write_documents(documents)
        subprocess.run([arguments.decoy, "import", path("lucene.ciff"), "-o", path("index")], check=True)
        run = subprocess.run(
            [arguments.decoy, "search", path("index"), "--queries", path("queries.tsv"), "-k", str(K), "--similarity",
             "lucene-1byte", "--k1", "0.9", "--b", "0.4", "--output-format", "trec", "--quiet"],
            check=True, stdout=subprocess.PIPE, text=True).stdout
        ours = {}
        for line in run.splitlines():
            query, _, document, _, score, _ = line.split()
            ours.setdefault(query, {})[document] = float(score)
        same = scores = ties = 0
        worst = 0.0
        for query in theirs:
            mine, other = ours.get(query, {}), theirs[query]
            same += mine.keys() == other.keys()
            # Lucene breaks ties by its number of the document, Decoy by id.
            ties += mine.keys() != other.keys() and abs(min(mine.values()) - min(other.values())) < 1e-6
            for document in mine.keys() & other.keys():
                scores += 1
                worst = max(worst, abs(mine[document] - other[document]) / other[document])
        print(f"{len(theirs)} queries, {same} with the same documents, {ties} with others of the last score, "
              f"{scores} scores, largest relative difference {worst:.1e}")


main()
