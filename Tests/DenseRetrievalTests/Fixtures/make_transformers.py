"""Hidden rows of tiny encoders of every family, by transformers itself in double precision.

    HF_HUB_OFFLINE=1 python3 make_transformers.py > transformers.json

The weights are not stored: every tensor is filled, in byte order of the names, from one SplitMix64 generator with seed 1, value (top 24 bits / 2^24 - 0.5) / 2,
plus 1 for the weights of layer normalisations. The test makes the same ones. Sequences go through the model padded, with a mask.
"""

import json

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
MODELS = [
    t.BertModel(t.BertConfig(**SIZES), add_pooling_layer=False),
    t.BertModel(t.BertConfig(**SIZES, hidden_act="gelu_new"), add_pooling_layer=False),
    t.DistilBertModel(t.DistilBertConfig(vocab_size=12, dim=16, n_layers=2, n_heads=4, hidden_dim=20, max_position_embeddings=24)),
    t.RobertaModel(t.RobertaConfig(**SIZES, type_vocab_size=1, hidden_act="relu"), add_pooling_layer=False),
    t.MPNetModel(t.MPNetConfig(**SIZES), add_pooling_layer=False),
]
SEQUENCES = [[2, 5, 6, 7, 3], [4], [2, 3], [8, 9, 10, 11, 5, 6, 7, 8, 9, 10, 11, 2, 3, 4, 5, 6, 7, 8, 9, 10]]

cases = []
for model in MODELS:
    STATE[0] = 1
    model = model.double().eval()
    tensors = {name: value for name, value in model.state_dict().items() if not name.endswith("_ids") and "pooler" not in name}
    for name in sorted(tensors):
        norm = "norm" in name.lower() and name.endswith(".weight")
        value = tensors[name]
        value.copy_(torch.tensor([uniform() + norm for _ in range(value.numel())], dtype=torch.float64).reshape(value.shape))
    pad = model.config.pad_token_id
    longest = max(map(len, SEQUENCES))
    ids = torch.tensor([s + [pad] * (longest - len(s)) for s in SEQUENCES])
    mask = torch.tensor([[1] * len(s) + [0] * (longest - len(s)) for s in SEQUENCES])
    with torch.no_grad():
        rows = model(input_ids=ids, attention_mask=mask).last_hidden_state
    cases.append({
        "config": json.dumps(model.config.to_dict()),
        "tensors": [{"name": n, "shape": list(tensors[n].shape)} for n in sorted(tensors)],
        "rows": [[round(x, 6) for x in row] for i, s in enumerate(SEQUENCES) for row in rows[i, : len(s)].tolist()],
    })
print(json.dumps({"sequences": SEQUENCES, "cases": cases}, separators=(",", ":")).replace('{"config"', '\n{"config"'))
