"""Logits of tiny cross-encoders of every head, and pairs cut by a tokenizer, by transformers itself.

    HF_HUB_OFFLINE=1 python3 make_cross_encoders.py > cross_encoders.json

Weights as make_transformers.py makes them (seed 1, byte order of names, double precision), those of the head included; times 4, so that scores differ.
Pairs are token ids with special tokens, and the place at which the second text begins; token types are 1 from there on where a model has them.
The cuts are those of the fast tokenizer (truncation="longest_first") on texts of n and m one-piece words.
"""

import json
import tempfile

import torch
import transformers as t

STATE = [1]


def uniform():
    STATE[0] = (STATE[0] + 0x9E3779B97F4A7C15) % 2**64
    z = STATE[0]
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) % 2**64
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) % 2**64
    return (((z ^ (z >> 31)) >> 40) / 2**24 - 0.5) / 2


SIZES = dict(vocab_size=12, hidden_size=16, num_hidden_layers=2, num_attention_heads=4, intermediate_size=20, max_position_embeddings=24)
ONE = dict(num_labels=1)
MODELS = [
    t.BertForSequenceClassification(t.BertConfig(**SIZES, **ONE)),
    t.DistilBertForSequenceClassification(t.DistilBertConfig(vocab_size=12, dim=16, n_layers=2, n_heads=4, hidden_dim=20, max_position_embeddings=24, **ONE)),
    t.RobertaForSequenceClassification(t.RobertaConfig(**SIZES, type_vocab_size=1, **ONE)),
    t.XLMRobertaForSequenceClassification(t.XLMRobertaConfig(**SIZES, type_vocab_size=1, **ONE)),
    t.MPNetForSequenceClassification(t.MPNetConfig(**SIZES, **ONE)),
]
PAIRS = [([2, 5, 6, 3, 7, 3], 4), ([2, 3, 3], 2), ([2, 4, 4, 3, 8, 9, 10, 11, 5, 6, 7, 8, 9, 10, 11, 4, 3], 4), ([2, 3, 9, 3], 2)]

cases = []
for model in MODELS:
    STATE[0] = 1
    model = model.double().eval()
    model.config.architectures = [type(model).__name__]
    tensors = {name: value for name, value in model.state_dict().items() if not name.endswith("_ids")}
    for name in sorted(tensors):
        norm = "norm" in name.lower() and name.endswith(".weight")
        value = tensors[name]
        value.copy_(torch.tensor([uniform() * 4 + norm for _ in range(value.numel())], dtype=torch.float64).reshape(value.shape))
    pad = model.config.pad_token_id
    longest = max(len(ids) for ids, _ in PAIRS)
    inputs = dict(
        input_ids=torch.tensor([ids + [pad] * (longest - len(ids)) for ids, _ in PAIRS]),
        attention_mask=torch.tensor([[1] * len(ids) + [0] * (longest - len(ids)) for ids, _ in PAIRS]),
    )
    if getattr(model.config, "type_vocab_size", 1) > 1 and model.config.model_type == "bert":
        inputs["token_type_ids"] = torch.tensor([[int(second <= p < len(ids)) for p in range(longest)] for ids, second in PAIRS])
    with torch.no_grad():
        logits = model(**inputs).logits
    cases.append({
        "config": json.dumps(model.config.to_dict()),
        "tensors": [{"name": n, "shape": list(tensors[n].shape)} for n in sorted(tensors)],
        "logits": [round(x, 6) for x in logits[:, 0].tolist()],
    })

with tempfile.TemporaryDirectory() as folder:
    with open(folder + "/vocab.txt", "w") as file:
        file.write("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b"]) + "\n")
    tokenizer = t.BertTokenizerFast(folder + "/vocab.txt")
cuts = []
for longest in (3, 4, 7, 8):
    for n, m in ((0, 0), (1, 1), (0, 9), (9, 0), (2, 9), (9, 2), (3, 3), (9, 9), (2, 3), (3, 2), (4, 9), (1, 4)):
        ids = tokenizer([("a " * n, "b " * m)], truncation="longest_first", max_length=longest)["input_ids"][0]
        cuts.append([longest, n, m, ids.count(5), ids.count(6)])
print(json.dumps({"pairs": [{"ids": i, "second": s} for i, s in PAIRS], "cuts": cuts, "cases": cases}, separators=(",", ":")).replace('{"config"', '\n{"config"').replace('"cuts"', '\n"cuts"'))
