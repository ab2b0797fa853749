"""Compares the ids of `decoy analyze --tokenizer` with those of Hugging Face's tokenizers.

    python3 -m venv VENV && VENV/bin/pip install tokenizers==0.23.3
    VENV/bin/python compare.py --decoy DECOY --fuzz 100000 --text corpus.jsonl tokenizer.json ...

Each tokenizer is given the lines of the texts (of JSON lines "title" and "text") and seeded random strings, and its differences are
counted; the first of them are printed. Ends with 1 where there is one.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time

from tokenizers import Tokenizer

# Blocks to draw characters from; all of Unicode is drawn from as well.
BLOCKS = [
    (0x20, 0x7F), (0x20, 0x7F), (0x61, 0x7B), (0x00, 0x20), (0x80, 0x250), (0x2B0, 0x400), (0x400, 0x530), (0x590, 0x700),
    (0x900, 0xA00), (0xE00, 0xF00), (0x1000, 0x10A0), (0x1100, 0x1200), (0x1E00, 0x2000), (0x2000, 0x2070), (0x2070, 0x2400),
    (0x2580, 0x2590), (0x3000, 0x3100), (0x4E00, 0x9FFF), (0xAC00, 0xD7A4), (0xF900, 0xFB00), (0xFB00, 0xFE00),
    (0xFE00, 0x10000), (0x1D400, 0x1D800), (0x1F300, 0x1F700), (0x20000, 0x20100), (0xE0000, 0xE0080),
]
PIECES = [" ", "  ", "\t", "'s", "'LL", "n't", "123", "1,234.5", "\u2581", "##", "[MASK]", "<s>", "</s>", "<unk>", "<mask>", "[UNK]",
          "\u00e9", "e\u0301", "\u3000", "\u00a0", "\u200d", "\U0001f468\u200d\U0001f469", "ﬁ", "Ⅷ", "½", "한국", "กำ", "हिन्दी", "İ"]


def fuzzed(count, words, seed):
    rng = random.Random(seed)
    for _ in range(count):
        parts = []
        for _ in range(rng.randint(1, 12)):
            kind = rng.random()
            if kind < 0.35:
                parts.append(rng.choice(words))
            elif kind < 0.55:
                parts.append(rng.choice(PIECES))
            elif kind < 0.6:
                parts.append(chr(rng.randrange(0x110000)))
            else:
                low, high = rng.choice(BLOCKS)
                parts.extend(chr(rng.randrange(low, high)) for _ in range(rng.randint(1, 5)))
            if rng.random() < 0.4:
                parts.append(" ")
        text = "".join(c for c in "".join(parts) if c not in "\n\r\0" and not 0xD800 <= ord(c) < 0xE000)
        if text:
            yield text


def texts_of(path, limit):
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number == limit:
                return
            if path.endswith((".jsonl", ".json")):
                row = json.loads(line)
                for key in ("title", "text"):
                    for part in (row.get(key) or "").splitlines():
                        text = part.replace("\r", " ").replace("\n", " ")
                        if text:
                            yield text
            elif line.strip("\r\n"):
                yield line.strip("\r\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--decoy", required=True)
    parser.add_argument("--text", action="append", default=[])
    parser.add_argument("--limit", type=int, default=2000, help="lines of each text")
    parser.add_argument("--fuzz", type=int, default=20000)
    parser.add_argument("--characters", action="store_true", help="add a string for each character of Unicode")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=5)
    parser.add_argument("tokenizer", nargs="+")
    options = parser.parse_args()
    texts = [text for path in options.text for text in texts_of(path, options.limit)]
    words = sorted({word for text in texts[:5000] for word in text.split()})[:20000] or ["word"]
    texts += fuzzed(options.fuzz, words, options.seed)
    if options.characters:
        texts += [f"a{chr(c)}b {chr(c)} 1{chr(c)} .{chr(c)}'s" for c in range(1, 0x110000)
                  if not 0xD800 <= c < 0xE000 and c not in (10, 13)]
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8", newline="") as file:
        file.writelines(text + "\n" for text in texts)
        file.flush()
        failed = False
        for path in options.tokenizer:
            failed |= compare(path, texts, file.name, options)
    sys.exit(failed)


def compare(path, texts, file, options):
    peer = Tokenizer.from_file(path)
    peer.no_truncation()
    peer.no_padding()
    begin = time.process_time()
    expected = [peer.encode(text, add_special_tokens=False).ids for text in texts]
    peer_seconds = time.process_time() - begin
    begin = time.monotonic()
    with open(file, "rb") as lines:
        run = subprocess.run([options.decoy, "analyze", "--tokenizer", path, "--json"], stdin=lines, capture_output=True)
    seconds = time.monotonic() - begin
    if run.returncode:
        print(f"{path}: {run.stderr.decode().strip()}")
        return True
    found = [json.loads(line)["ids"] for line in run.stdout.splitlines()]
    wrong = [i for i in range(len(texts)) if i >= len(found) or found[i] != expected[i]]
    tokens = sum(map(len, expected))
    print(f"{path}: {len(texts)} strings, {len(found)} lines, {tokens} tokens, {len(wrong)} differences; "
          f"peer {peer_seconds:.1f} s, ours with start and printing {seconds:.1f} s", flush=True)
    for i in wrong[: options.show]:
        print("  ", ascii(texts[i]), "\n    expected", [(peer.id_to_token(id), id) for id in expected[i]],
              "\n    found   ", [(peer.id_to_token(id), id) for id in found[i]] if i < len(found) else None)
    return bool(wrong)


if __name__ == "__main__":
    main()
