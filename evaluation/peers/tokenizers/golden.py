"""Writes the golden ids of small tokenizers as a Swift file.

    VENV/bin/python train.py SMALL --size 460 TEXT.txt && VENV/bin/python golden.py SMALL > Tests/TextAnalysisTests/Fixtures/SubwordGolden.swift
"""

import glob
import json
import os
import sys

import tokenizers
from tokenizers import Tokenizer

TEXTS = [
    "The quick brown fox's 1,234 dens.", "  leading and   inner spaces ", "tabs\tand\nlines\r\n\r\n  next", "Straße ÀÉÎ e\u0301 ﬁne Ⅷ ½",
    "東京都に住む人々", "ภาษาไทย กำลัง", "العربية: مرحبا", "हिन्दी भाषा", "한국어 문장", "\u2581word <s>x</s> [MASK] <mask>", "👩‍👩‍👧 emoji 🙂",
    "\u00a0\u3000\u200b\ufeff", "DON'T I'LL we've", "a\u0323\u0307 \u1e0b\u0323", "İstanbul ΑΣ",
]


def main():
    print(f"// A table of ids by Hugging Face's tokenizers {tokenizers.__version__}: evaluation/peers/tokenizers/golden.py, which says how it is made.")
    print("// swift-format-ignore-file\n\nenum SubwordGolden {")
    print("    /// Name, tokenizer.json, and the ids of each text.")
    print("    static let cases: [(name: String, json: String, ids: [[Int32]])] = [")
    for path in sorted(glob.glob(os.path.join(sys.argv[1], "*.json"))):
        peer = Tokenizer.from_file(path)
        text = json.dumps(json.load(open(path, encoding="utf-8")), ensure_ascii=True, separators=(",", ":"))
        ids = [peer.encode(line, add_special_tokens=False).ids for line in TEXTS]
        print(f'        ("{os.path.basename(path)[:-5]}", ####"{text}"####, {json.dumps(ids)}),')
    print("    ]\n    static let texts: [String] = [")
    for line in TEXTS:
        print('        "' + "".join(c if 32 < ord(c) < 127 and c not in '"\\' or c == " " else "\\u{%X}" % ord(c) for c in line) + '",')
    print("    ]\n}")


if __name__ == "__main__":
    main()
