"""Package lists and long descriptions of apt to a retrieval corpus in BEIR layout; see README.md. Python's standard library only."""

import collections
import hashlib
import json
import os
import shutil
import sys

MINIMUM_WORDS = 3


def paragraphs(path):
    """Yields the paragraphs of a file in Debian's control format as dictionaries; continued lines are joined by line ends."""
    fields, name = {}, None
    with open(path, encoding="utf-8", errors="strict") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if not line:
                if fields:
                    yield fields
                fields, name = {}, None
            elif line[0] in " \t":
                if name is not None:
                    fields[name] += "\n" + line
            else:
                name, _, value = line.partition(":")
                fields[name] = value.strip()
    if fields:
        yield fields


def long_description(lines):
    """The text of a description's continued lines: paragraphs and list items, joined by line ends."""
    result, current = [], []
    for line in lines:
        body = line.strip()
        if body == "." or body.startswith(("* ", "- ")):
            if current:
                result.append(" ".join(current))
            current = []
        if body and body != ".":
            current.append(body)
    if current:
        result.append(" ".join(current))
    return "\n".join(result)


def split_of(source):
    bucket = int(hashlib.sha256(source.encode()).hexdigest(), 16) % 10
    return "test" if bucket == 0 else "dev" if bucket == 1 else "train"


def main(available, descriptions, output):
    texts = {}
    for fields in paragraphs(descriptions):
        description = fields.get("Description-en")
        if description and "Package" in fields:
            synopsis, *lines = description.split("\n")
            texts[fields["Package"], fields.get("Description-md5")] = (synopsis.strip(), long_description(lines))
    packages = {}
    for fields in paragraphs(available):
        name = fields.get("Package")
        found = texts.get((name, fields.get("Description-md5")))
        if found and found[1]:
            packages[name] = (fields.get("Source", name).split()[0],) + found
    if not packages:
        sys.exit("the package lists hold no long descriptions")
    synopses = collections.Counter(synopsis for _, synopsis, _ in packages.values())
    bodies = collections.Counter(text for _, _, text in packages.values())
    left_out = collections.Counter()
    kept = []
    for name in sorted(packages):
        source, synopsis, text = packages[name]
        if synopses[synopsis] > 1:
            left_out["synopsis not unique"] += 1
        elif len(synopsis.split()) < MINIMUM_WORDS:
            left_out["synopsis under 3 words"] += 1
        elif bodies[text] > 1:
            left_out["long description shared"] += 1
        else:
            kept.append((name, synopsis, split_of(source)))
    partial = output.rstrip("/") + ".partial"
    shutil.rmtree(partial, ignore_errors=True)
    os.makedirs(os.path.join(partial, "qrels"))
    dump = lambda record: json.dumps(record, ensure_ascii=False) + "\n"
    with open(os.path.join(partial, "corpus.jsonl"), "w", encoding="utf-8") as file:
        file.writelines(dump({"_id": name, "title": name, "text": packages[name][2]}) for name in sorted(packages))
    with open(os.path.join(partial, "queries.jsonl"), "w", encoding="utf-8") as file:
        file.writelines(dump({"_id": "q-" + name, "text": synopsis}) for name, synopsis, _ in kept)
    for split in ("train", "dev", "test"):
        with open(os.path.join(partial, "qrels", split + ".tsv"), "w", encoding="utf-8") as file:
            file.write("query-id\tcorpus-id\tscore\n")
            file.writelines(f"q-{name}\t{name}\t1\n" for name, _, part in kept if part == split)
    os.rename(partial, output)
    counts = dict(collections.Counter(part for _, _, part in kept))
    print(f"{output}: {len(packages)} documents, {len(kept)} queries {counts}; left out as queries: {dict(left_out)}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3])
