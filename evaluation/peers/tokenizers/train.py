"""Trains small tokenizers of the kinds that common models use, for compare.py and for the golden ids.

    VENV/bin/python train.py OUTPUT --size 600 TEXT.txt ...
"""

import argparse
import os

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

LLAMA3 = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*"
          r"|\s*[\r\n]+|\s+(?!\S)|\s+")


def kinds():
    byte_level = Tokenizer(models.BPE())
    byte_level.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    byte_level.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0))
    yield "gpt2", byte_level, "bpe-bytes", ["<s>", "<pad>", "</s>", AddedToken("<mask>", lstrip=True, special=True)]

    llama3 = Tokenizer(models.BPE(ignore_merges=True))
    llama3.normalizer = normalizers.NFC()
    llama3.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(LLAMA3), "isolated"), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    yield "llama3", llama3, "bpe-bytes", ["<s>", "</s>"]

    llama2 = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    llama2.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="first")
    yield "llama2", llama2, "bpe", ["<unk>", "<s>", "</s>"] + [f"<0x{i:02X}>" for i in range(256)]

    clip = Tokenizer(models.BPE(unk_token="<unk>", end_of_word_suffix="</w>"))
    clip.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    clip.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Whitespace(), pre_tokenizers.Digits(individual_digits=True)])
    yield "suffix", clip, "bpe-suffix", ["<unk>"]

    xlmr = Tokenizer(models.Unigram())
    xlmr.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])
    xlmr.pre_tokenizer = pre_tokenizers.Metaspace()
    yield "unigram", xlmr, "unigram", ["<s>", "<pad>", "</s>", "<unk>"]

    albert = Tokenizer(models.Unigram())
    albert.normalizer = normalizers.Sequence([
        normalizers.Replace("``", '"'), normalizers.NFKD(), normalizers.StripAccents(), normalizers.Lowercase(),
        normalizers.Strip()])
    albert.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()])
    yield "albert", albert, "unigram", ["<pad>", "<unk>", AddedToken("[MASK]", lstrip=True, special=True)]

    for name, lowercase in (("uncased", True), ("cased", False)):
        bert = Tokenizer(models.WordPiece(unk_token="[UNK]"))
        bert.normalizer = normalizers.BertNormalizer(lowercase=lowercase)
        bert.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        yield name, bert, "wordpiece", ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


def trainer(kind, size, special):
    common = dict(vocab_size=size, special_tokens=special, show_progress=False)
    if kind == "bpe-bytes":
        return trainers.BpeTrainer(initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), **common)
    if kind == "bpe":
        return trainers.BpeTrainer(limit_alphabet=100, **common)
    if kind == "bpe-suffix":
        return trainers.BpeTrainer(limit_alphabet=100, end_of_word_suffix="</w>", **common)
    if kind == "unigram":
        return trainers.UnigramTrainer(unk_token="<unk>", **common)
    return trainers.WordPieceTrainer(limit_alphabet=200, **common)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("output")
    parser.add_argument("--size", type=int, default=8000)
    parser.add_argument("text", nargs="+")
    options = parser.parse_args()
    os.makedirs(options.output, exist_ok=True)
    for name, tokenizer, kind, special in kinds():
        tokenizer.train(options.text, trainer(kind, options.size, special))
        tokenizer.save(os.path.join(options.output, name + ".json"))
        print(name, tokenizer.get_vocab_size())


if __name__ == "__main__":
    main()
