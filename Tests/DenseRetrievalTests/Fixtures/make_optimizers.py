"""Tables after each of six steps of PyTorch's optimizers in double precision.

    python3 make_optimizers.py > optimizers.json        (PyTorch 2.15.0)

Each step has a gradient for some rows of a table, and torch.optim.Adam, AdamW and Adagrad get it dense: for all rows in every step, or with
zeros for the rows that the step does not touch ("sparse"), which momentum moves all the same.
"""

import json

import torch

torch.manual_seed(5)
ROWS, COLUMNS, STEPS = 4, 3, 6
table = torch.rand(ROWS, COLUMNS, dtype=torch.float64) * 2 - 1
gradients = torch.rand(STEPS, ROWS, COLUMNS, dtype=torch.float64) * 2 - 1
touched = [[0, 1, 2, 3], [1, 3], [0, 1], [1], [0, 3], [1, 2]]


def train(make, sparse):
    weights = table.clone().requires_grad_()
    optimizer = make([weights])
    after = []
    for step in range(STEPS):
        rows = touched[step] if sparse else range(ROWS)
        if sparse:
            weights.grad = torch.zeros_like(table)
            weights.grad[list(rows)] = gradients[step][list(rows)]
        else:
            weights.grad = gradients[step].clone()
        optimizer.step()
        after.append([[round(x, 10) for x in row] for row in weights.detach().tolist()])
    return after


CASES = [
    ({"optimizer": "adam", "learningRate": 0.1}, False, lambda p: torch.optim.Adam(p, lr=0.1)),
    ({"optimizer": "adamw", "learningRate": 0.1}, False, lambda p: torch.optim.AdamW(p, lr=0.1)),
    ({"optimizer": "adamw", "learningRate": 0.1, "weightDecay": 0.5}, False, lambda p: torch.optim.AdamW(p, lr=0.1, weight_decay=0.5)),
    ({"optimizer": "adagrad", "learningRate": 0.1}, False, lambda p: torch.optim.Adagrad(p, lr=0.1)),
    ({"optimizer": "adam", "learningRate": 0.1}, True, lambda p: torch.optim.Adam(p, lr=0.1)),
    ({"optimizer": "adagrad", "learningRate": 0.1}, True, lambda p: torch.optim.Adagrad(p, lr=0.1)),
]

print(json.dumps({
    "table": table.tolist(), "gradients": gradients.tolist(), "touched": touched,
    "cases": [{"options": options, "sparse": sparse, "tables": train(make, sparse)} for options, sparse, make in CASES],
}, separators=(",", ":")).replace('{"options"', '\n{"options"'))
