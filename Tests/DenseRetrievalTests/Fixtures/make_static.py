"""Makes the folders of static encoders beside this file, each by the program whose layout it has, and the vectors those programs give.

    python make_static.py

Needs: pip install sentence-transformers model2vec tokenizers
"""

import json
import os
import shutil

import numpy as np
import torch
from model2vec import StaticModel
from safetensors.numpy import save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.models import Dense, Normalize, StaticEmbedding
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "static")
TEXTS = ["the red apple", "Äpfel, und xyz?", "a wine of the valley", "zzz", "", "red [UNK] wine"]
random = np.random.default_rng(7)


def word_piece():
    pieces = ["[PAD]", "[UNK]", "the", "red", "apple", "ap", "##fel", "wine", "of", "val", "##ley", "a", ",", "?", "und"]
    tokenizer = Tokenizer(models.WordPiece({piece: i for i, piece in enumerate(pieces)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.add_special_tokens(["[PAD]", "[UNK]"])
    return tokenizer


def byte_pair():
    vocabulary = ["<unk>", "▁", "r", "e", "d", "re", "▁re", "a", "p", "▁a"] + [f"<0x{b:02X}>" for b in range(256)]
    tokenizer = Tokenizer(models.BPE({piece: i for i, piece in enumerate(vocabulary)}, [("r", "e"), ("▁", "re"), ("▁", "a")],
                                     unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    tokenizer.decoder = decoders.ByteFallback()
    return tokenizer


def table(rows, columns):
    return random.normal(size=(rows, columns)).astype(np.float32)


def clean(folder):
    for root, _, names in os.walk(folder):
        for name in names:
            if name in ("README.md", "config_sentence_transformers.json"):
                os.remove(os.path.join(root, name))


def rows(vectors):
    return [[float(x) for x in row] for row in np.asarray(vectors, dtype=np.float64)]


def main():
    shutil.rmtree(HERE, ignore_errors=True)
    expected = {}

    tokenizer = word_piece()
    size = tokenizer.get_vocab_size()
    tokenizer.enable_truncation(3)
    tokenizer.enable_padding()
    for name, layers in (("sentence-transformers", []), ("dense", [Dense(4, 3, bias=True, activation_function=torch.nn.Identity())])):
        path = os.path.join(HERE, name)
        model = SentenceTransformer(modules=[StaticEmbedding(word_piece(), embedding_weights=table(size, 4)), *layers, Normalize()])
        model.save(path, create_model_card=False)
        expected[name] = rows(model.encode(TEXTS))
        clean(path)
    # An older layout: the table in a folder of its own, the short type, a tokenizer that truncates and pads.
    path = os.path.join(HERE, "subfolder")
    shutil.copytree(os.path.join(HERE, "sentence-transformers"), os.path.join(path, "0_StaticEmbedding"))
    os.remove(os.path.join(path, "0_StaticEmbedding", "modules.json"))
    shutil.rmtree(os.path.join(path, "0_StaticEmbedding", "1_Normalize"), ignore_errors=True)
    tokenizer.save(os.path.join(path, "0_StaticEmbedding", "tokenizer.json"))
    with open(os.path.join(path, "modules.json"), "w", encoding="utf-8") as out:
        json.dump([{"idx": 0, "name": "0", "path": "0_StaticEmbedding", "type": "sentence_transformers.models.StaticEmbedding"}], out)
    expected["subfolder"] = expected["sentence-transformers"]

    for name, extra in (("model2vec", {}),
                        ("model2vec-quantized", {"weights": random.random(size), "token_mapping": random.integers(0, 6, size)})):
        vectors = table(6 if extra else size, 4)
        if extra:
            vectors = np.clip(vectors * 40, -127, 127).astype(np.int8)
        model = StaticModel(vectors, word_piece(), normalize=True, **extra)
        model.save_pretrained(os.path.join(HERE, name))
        expected[name] = rows(model.encode(TEXTS))
        clean(os.path.join(HERE, name))

    # wordllama's layout, and its arithmetic: the mean of the rows.
    tokenizer = byte_pair()
    path = os.path.join(HERE, "wordllama")
    os.makedirs(os.path.join(path, "weights"))
    os.makedirs(os.path.join(path, "tokenizers"))
    half = table(tokenizer.get_vocab_size(), 4).astype(np.float16)
    save_file({"embedding.weight": half}, os.path.join(path, "weights", "tiny_4.safetensors"))
    tokenizer.save(os.path.join(path, "tokenizers", "tiny_tokenizer_config.json"), pretty=False)
    means = []
    for text in TEXTS:
        ids = tokenizer.encode(text, add_special_tokens=False).ids
        mean = half[ids].astype(np.float64).mean(axis=0) if ids else np.zeros(4)
        means.append(mean / (np.linalg.norm(mean) or 1))
    expected["wordllama"] = rows(means)

    with open(os.path.join(HERE, "expected.json"), "w", encoding="utf-8") as out:
        json.dump({"texts": TEXTS, "vectors": expected}, out, ensure_ascii=False, indent=1)


main()
