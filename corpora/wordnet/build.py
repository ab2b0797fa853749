"""WordNet's data files to a retrieval corpus in BEIR layout; see README.md. Python's standard library only."""

import hashlib
import json
import os
import re
import shutil
import sys

FILES = (("n", "noun"), ("v", "verb"), ("a", "adj"), ("r", "adv"))
MINIMUM_WORDS = 3


def synsets(folder):
    """Yields (id, lemmas, gloss) in the order of the files. Format: wndb(5WN)."""
    for letter, name in FILES:
        with open(os.path.join(folder, "data." + name), encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("  "):  # the licence at the head of the file
                    continue
                data, _, gloss = line.partition(" | ")
                columns = data.split()
                count = int(columns[3], 16)
                lemmas = [columns[4 + 2 * i] for i in range(count)]
                lemmas = [re.sub(r"\((a|p|ip)\)$", "", lemma).replace("_", " ") for lemma in lemmas]
                yield letter + columns[0], list(dict.fromkeys(lemmas)), gloss.strip()


def exceptions(folder):
    """Irregular forms to base forms, from the .exc files."""
    forms = {}
    for _, name in FILES:
        path = os.path.join(folder, name + ".exc")
        if os.path.exists(path):
            with open(path, encoding="utf-8") as lines:
                for line in lines:
                    form, *bases = line.split()
                    forms.setdefault(form, set()).update(bases)
    return forms


def split_gloss(gloss):
    """The definition and the usage examples of a gloss.

    A quoted part is an example where it begins the gloss or follows a separator or another example; other quotes belong to the
    definition. An attribution after an example (`"..." - Dickens`) is dropped.
    """
    if gloss.count('"') % 2 == 1:  # a few dozen have a quote too many or too few
        examples = re.findall(r'(?:^|; ?)"([^";]+)"(?=\s*(?:;|-|$))', gloss)
        return gloss.partition('"')[0].strip(" ;:,"), examples
    definition, examples, end = "", [], 0
    for match in re.finditer(r'"([^"]+)"', gloss):
        between = gloss[end:match.start()]
        before = (definition + between).rstrip()
        if examples:
            between = re.sub(r"^\s*-+\s*[^;]*", "", between)  # attribution of the example before
            plain = between.strip(" ;:,.")
            if plain:
                definition += ("; " if definition else "") + plain
            is_example = True
        else:
            is_example = before == "" or before[-1] in ";:,"
            definition += between
        if is_example:
            examples.append(" ".join(match.group(1).split()))
        else:
            definition += match.group(0)
        end = match.end()
    rest = gloss[end:]
    if examples:
        rest = re.sub(r"^\s*-+\s*[^;]*", "", rest).strip(" ;:,.")
        rest = "; " + rest if rest and definition else rest
    definition = re.sub(r"\s+", " ", definition.rstrip(" ;:,") + rest).strip(" ;:,")
    return definition, examples


def is_visible(lemma, words, forms):
    """Whether the words hold the lemma, inflected perhaps."""
    parts = lemma.lower().split()

    def same(part, word):
        if part == word or part in forms.get(word, ()):
            return True
        stem = part[:-1] if len(part) > 3 and part[-1] in "ey" else part
        return len(stem) > 2 and word.startswith(stem) and len(word) - len(stem) <= 4

    return any(
        all(same(part, word) for part, word in zip(parts, words[i:]))
        for i in range(len(words) - len(parts) + 1)
    )


def target(lemmas, text, forms):
    """The lemma that an example is about: the first of the synset's that is visible in it, else its first."""
    words = re.findall(r"[\w'-]+", text.lower())
    return next((lemma for lemma in lemmas if is_visible(lemma, words, forms)), lemmas[0]).lower()


def split_of(lemma):
    bucket = int(hashlib.sha256(lemma.encode()).hexdigest(), 16) % 10
    return "test" if bucket == 0 else "dev" if bucket == 1 else "train"


def main(source, output):
    if os.path.exists(output):
        sys.exit(f"{output} exists; remove it or name another folder")
    forms = exceptions(source)
    documents, queries = [], {}
    for identifier, lemmas, gloss in synsets(source):
        definition, examples = split_gloss(gloss)
        documents.append({"_id": identifier, "title": ", ".join(lemmas), "text": definition})
        for text in examples:
            if len(text.split()) >= MINIMUM_WORDS:
                query = queries.setdefault(text, {"lemma": target(lemmas, text, forms), "relevant": []})
                if identifier not in query["relevant"]:
                    query["relevant"].append(identifier)
    # A synset is relevant in one split only: test first, then dev, then train.
    owner, kept, dropped = {}, {}, 0
    for split in ("test", "dev", "train"):
        for text, query in queries.items():
            if split_of(query["lemma"]) == split:
                if all(owner.get(identifier, split) == split for identifier in query["relevant"]):
                    owner.update((identifier, split) for identifier in query["relevant"])
                    kept[text] = split
                else:
                    dropped += 1
    partial = output.rstrip("/") + ".partial"
    shutil.rmtree(partial, ignore_errors=True)
    os.makedirs(os.path.join(partial, "qrels"))
    dump = lambda record: json.dumps(record, ensure_ascii=False) + "\n"
    with open(os.path.join(partial, "corpus.jsonl"), "w", encoding="utf-8") as file:
        file.writelines(map(dump, documents))
    numbered = [(f"e{number}", text) for number, text in enumerate(text for text in queries if text in kept)]
    with open(os.path.join(partial, "queries.jsonl"), "w", encoding="utf-8") as file:
        file.writelines(dump({"_id": identifier, "text": text}) for identifier, text in numbered)
    counts = {}
    for split in ("train", "dev", "test"):
        with open(os.path.join(partial, "qrels", split + ".tsv"), "w", encoding="utf-8") as file:
            file.write("query-id\tcorpus-id\tscore\n")
            for identifier, text in numbered:
                if kept[text] == split:
                    counts[split] = counts.get(split, 0) + 1
                    file.writelines(f"{identifier}\t{document}\t1\n" for document in queries[text]["relevant"])
    os.rename(partial, output)
    print(f"{output}: {len(documents)} documents, {len(numbered)} queries {counts}, {dropped} dropped to keep the splits apart")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
