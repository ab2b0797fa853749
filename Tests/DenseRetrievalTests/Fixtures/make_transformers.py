"""Hidden rows, gradients and training losses of tiny encoders of every family, by transformers itself in double precision.

    HF_HUB_OFFLINE=1 python3 make_transformers.py > transformers.json

The weights are not stored: every tensor is filled, in byte order of the names, from one SplitMix64 generator with seed 1, value (top 24 bits / 2^24 - 0.5) / 2,
plus 1 for the weights of layer normalisations. The test makes the same ones. Sequences go through the model padded, with a mask.

Training: the vector of a sequence is first token, maximum, mean and sum / sqrt(length) one behind the other, the loss sum(vectors * R) + sum(vectors^2) / 2
with R from a generator with seed 2. A gradient is kept as its norm and its products with two tensors, drawn from a generator with seed 3 tensor by tensor.
The losses are those before each of five steps of AdamW (rate 0.01, decay 0.1 but for biases and normalisations, norms clipped to 5). The adapters are LoRA's of rank 2
and scale 3 on all linear layers, A and B drawn from a generator with seed 4 in the order query, key, value, attention output, inner, output.
"""

import json

import torch
import transformers as t
from torch.func import functional_call

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



def draw(shape):
    return torch.tensor([uniform() for _ in range(torch.Size(shape).numel())], dtype=torch.float64).reshape(shape)


def loss(model, weights, ids, mask):
    rows = functional_call(model, weights, (), dict(input_ids=ids, attention_mask=mask)).last_hidden_state
    lengths = mask.sum(1, keepdim=True)
    total = (rows * mask[..., None]).sum(1)
    highest = rows.masked_fill(mask[..., None] == 0, -torch.inf).max(1)[0]
    vectors = torch.cat([rows[:, 0], highest, total / lengths, total / lengths.sqrt()], 1)
    STATE[0] = 2
    return (vectors * draw(vectors.shape)).sum() + (vectors**2).sum() / 2


def sums(gradients):
    """Norm and two products of each gradient, by name; None counts as zeros."""
    STATE[0] = 3
    return {n: [float(f"{x:.9g}") for x in (g.norm(), (g * draw(g.shape)).sum(), (g * draw(g.shape)).sum())] for n, g in sorted(gradients.items())}


def adapted(weights):
    """The names of the linear layers' weights in the order of the adapters."""
    layers = [n for n in weights if ".layer." in n and n.endswith(".weight") and "norm" not in n.lower()]
    order = [("q_lin", "query", ".q."), ("k_lin", "key", ".k."), ("v_lin", "value", ".v."), ("out_lin", "attention.output", ".o."), ("lin1", "intermediate"), ("lin2", "output")]
    rank = lambda name: next(i for i, words in enumerate(order) if any(w in name for w in words))
    return sorted(layers, key=lambda n: (n.split(".layer.")[1].split(".")[0], rank(n)))


def training(model, tensors, ids, mask):
    weights = {n: v.clone().requires_grad_() for n, v in tensors.items()}
    start = loss(model, weights, ids, mask)
    result = {"gradients": sums(dict(zip(weights, torch.autograd.grad(start, list(weights.values())))))}
    STATE[0] = 4
    pairs = {n: (draw((2, tensors[n].shape[1])).requires_grad_(), draw((tensors[n].shape[0], 2)).requires_grad_()) for n in adapted(tensors)}
    low = {n.removesuffix("weight") + f"lora_{'AB'[i]}.weight": m for n, pair in pairs.items() for i, m in enumerate(pair)}
    merged = tensors | {n: tensors[n] + 3 * b @ a for n, (a, b) in pairs.items()}
    start = loss(model, merged, ids, mask)
    result["adapters"] = {"loss": start.item(), "gradients": sums(dict(zip(low, torch.autograd.grad(start, list(low.values())))))}
    plain = [v for n, v in weights.items() if n.endswith(".bias") or "norm" in n.lower()]
    rest = [v for n, v in weights.items() if not (n.endswith(".bias") or "norm" in n.lower())]
    optimizer = torch.optim.AdamW([dict(params=rest, weight_decay=0.1), dict(params=plain, weight_decay=0)], lr=0.01)
    result["losses"] = []
    for _ in range(5):
        optimizer.zero_grad()
        value = loss(model, weights, ids, mask)
        value.backward()
        torch.nn.utils.clip_grad_norm_(list(weights.values()), 5)
        optimizer.step()
        result["losses"].append(value.item())
    return result


cases = []
for model in MODELS:
    STATE[0] = 1
    model = model.double().eval()
    tensors = {name: value.detach() for name, value in model.state_dict().items() if not name.endswith("_ids") and "pooler" not in name}
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
        **training(model, tensors, ids, mask),
        "rows": [[round(x, 6) for x in row] for i, s in enumerate(SEQUENCES) for row in rows[i, : len(s)].tolist()],
    })
print(json.dumps({"sequences": SEQUENCES, "cases": cases}, separators=(",", ":")).replace('{"config"', '\n{"config"'))
