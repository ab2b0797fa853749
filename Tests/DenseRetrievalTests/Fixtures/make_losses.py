"""Losses and gradients of one small batch, by PyTorch's automatic differentiation in double precision.

    python3 make_losses.py > losses.json        (PyTorch 2.15.0)

Texts are single letters; a letter's row of the table is its vector before it is scaled to length 1. Queries a to f (the sixth has the
text of the first, so its positive is a known positive of that one), documents n to t (the eighth has the text of the first).
"""

import json

import torch
import torch.nn.functional as F

torch.manual_seed(20)
DIMENSION = 4
QUERIES = ["a", "b", "c", "d", "e", "a"]
DOCUMENTS = ["n", "o", "p", "q", "r", "s", "t", "n"]
QRELS = [(0, 0, 1), (0, 1, 3), (1, 2, 1), (2, 7, 2), (2, 3, 1), (3, 3, 1), (4, 4, 1), (5, 5, 1)]
NEGATIVES = {0: [6, 2], 1: [6, 1], 3: [6, 0]}
table = torch.rand(26, DIMENSION, dtype=torch.float64) * 2 - 1
teacher = {(q, d): round(float(torch.rand(1)) * 8, 3) for q in (0, 1, 2, 3) for d in (0, 1, 2, 3, 6) if (q + d) % 5}


def batch(per_query):
    """Rows (one a pair), columns (distinct texts), and for each row positives with weights and masked columns."""
    pairs = sorted({(q, DOCUMENTS.index(DOCUMENTS[d])) for q, d, _ in QRELS})
    grade = {(q, DOCUMENTS.index(DOCUMENTS[d])): g for q, d, g in QRELS}
    relevant = {q: sorted(d for p, d in pairs if p == q) for q in range(len(QUERIES))}
    columns = sorted({d for _, d in pairs} | {d for ds in NEGATIVES.values() for d in ds})
    rows = []
    for q, own in pairs:
        place = relevant[q].index(own)
        chosen = [relevant[q][(place + i) % len(relevant[q])] for i in range(min(per_query, len(relevant[q])))]
        total = sum(grade[q, d] for d in chosen)
        known = {d for p, ds in relevant.items() if QUERIES[p] == QUERIES[q] for d in ds}
        rows.append(
            (q, {columns.index(d): grade[q, d] / total for d in chosen},
             {columns.index(d) for d in known if d not in chosen}))
    return rows, columns


def cosines(weights, rows, columns):
    q = weights[[ord(QUERIES[row[0]]) - 97 for row in rows]]
    d = weights[[ord(DOCUMENTS[c]) - 97 for c in columns]]
    return F.cosine_similarity(q[:, None, :], d[None, :, :], dim=2)


def soft_cross_entropy(logits, positives, masked):
    keep = [j for j in range(len(logits)) if j not in masked]
    target = torch.tensor([[positives.get(j, 0.0) for j in keep]], dtype=torch.float64)
    return F.cross_entropy(logits[keep][None, :], target)


def infonce(c, rows, columns, tau):
    return torch.stack([soft_cross_entropy(c[i] / tau, p, m) for i, (_, p, m) in enumerate(rows)]).mean()


def symmetric(c, rows, columns, tau):
    back = []
    for j in range(len(columns)):
        weights = {i: p[j] for i, (_, p, _) in enumerate(rows) if j in p}
        if weights:
            total = sum(weights.values())
            masked = {i for i, (_, _, m) in enumerate(rows) if j in m}
            back.append(soft_cross_entropy(c[:, j] / tau, {i: w / total for i, w in weights.items()}, masked))
    return (infonce(c, rows, columns, tau) + torch.stack(back).mean()) / 2


def triplet(margin, selection):
    def loss(c, rows, columns, tau):
        values = []
        for i, (_, positives, masked) in enumerate(rows):
            n = torch.stack([c[i, j] for j in range(len(columns)) if j not in positives and j not in masked])
            for k, weight in positives.items():
                if selection == "all":
                    chosen = n
                elif selection == "hardest":
                    chosen = n.max()[None]
                else:
                    below = n[n < c[i, k]]
                    chosen = (below.max() if len(below) else n.min())[None]
                values.append(weight * F.relu(chosen - c[i, k] + margin).mean())
        return torch.stack(values).sum() / len(rows)
    return loss


def contrastive(margin, hard):
    def loss(c, rows, columns, tau):
        total = 0
        for i, (_, positives, masked) in enumerate(rows):
            d = 1 - c[i]
            n = torch.stack([d[j] for j in range(len(columns)) if j not in positives and j not in masked])
            far = max(d[k] for k in positives)
            near = n.min()
            for k, weight in positives.items():
                if not hard or d[k] > near:
                    total = total + 0.5 * weight * d[k] ** 2
            chosen = n[n < far] if hard else n
            if len(chosen):
                total = total + 0.5 * (F.relu(margin - chosen) ** 2).mean()
        return total / len(rows)
    return loss


def scored(i, rows, columns):
    q, positives, masked = rows[i]
    return [(j, teacher[q, d]) for j, d in enumerate(columns) if (q, d) in teacher and j not in masked]


def margin_mse(c, rows, columns, tau):
    total = 0
    for i, (_, positives, _) in enumerate(rows):
        entries = scored(i, rows, columns)
        weights = {j: positives[j] for j, _ in entries if j in positives}
        negatives = [(j, t) for j, t in entries if j not in positives]
        for k, t in entries:
            if k in weights and negatives:
                student = torch.stack([(c[i, k] - c[i, j]) / tau for j, _ in negatives])
                wanted = torch.tensor([t - u for _, u in negatives], dtype=torch.float64)
                total = total + weights[k] / sum(weights.values()) * F.mse_loss(student, wanted)
    return total / len(rows)


def kl(teacher_tau):
    def loss(c, rows, columns, tau):
        total = 0
        for i in range(len(rows)):
            entries = scored(i, rows, columns)
            if len(entries) > 1:
                student = F.log_softmax(torch.stack([c[i, j] for j, _ in entries]) / tau, dim=0)
                wanted = F.log_softmax(torch.tensor([t for _, t in entries], dtype=torch.float64) / teacher_tau, dim=0)
                total = total + F.kl_div(student, wanted, reduction="sum", log_target=True)
        return total / len(rows)
    return loss


def nested(lengths, function):
    """Losses of the whole vectors and of their first values alone (sentence-transformers' MatryoshkaLoss is their sum), as a mean."""
    def loss(weights, rows, columns, tau):
        values = [function(cosines(weights[:, :n], rows, columns), rows, columns, tau) for n in [DIMENSION, *lengths]]
        return torch.stack(values).mean()
    return loss


CASES = [
    ({"loss": "infonce"}, infonce),
    ({"loss": "infonce", "symmetric": True}, symmetric),
    ({"loss": "triplet", "margin": 0.3, "selection": "all"}, triplet(0.3, "all")),
    ({"loss": "triplet", "margin": 0.3, "selection": "hardest"}, triplet(0.3, "hardest")),
    ({"loss": "triplet", "margin": 0.3, "selection": "semi-hard"}, triplet(0.3, "semi-hard")),
    ({"loss": "contrastive", "margin": 0.6, "selection": "all"}, contrastive(0.6, False)),
    ({"loss": "contrastive", "margin": 0.6, "selection": "hardest"}, contrastive(0.6, True)),
    ({"loss": "margin-mse"}, margin_mse),
    ({"loss": "kl", "teacherTemperature": 2.0}, kl(2.0)),
    ({"loss": "infonce", "matryoshka": [2, 3]}, infonce),
    ({"loss": "infonce", "symmetric": True, "matryoshka": [2, 4], "dimension": 4}, symmetric),
    ({"loss": "triplet", "margin": 0.3, "selection": "all", "matryoshka": [3]}, triplet(0.3, "all")),
]

results = []
for per_query in (1, 2):
    rows, columns = batch(per_query)
    for options, function in CASES:
        weights = table.clone().requires_grad_()
        log_tau = torch.tensor(0.2, dtype=torch.float64).log().requires_grad_()
        lengths = [n for n in options.get("matryoshka", []) if n < DIMENSION]
        value = nested(lengths, function)(weights, rows, columns, log_tau.exp())
        value.backward()
        results.append({
            "options": {**options, "temperature": 0.2, "positivesPerQuery": per_query},
            "loss": float(value.detach()),
            "gradient": [[round(x, 8) for x in row] for row in weights.grad.tolist()],
            "temperatureSlope": float(log_tau.grad) if log_tau.grad is not None else 0.0,
        })

print(json.dumps({
    "queries": QUERIES, "documents": DOCUMENTS, "qrels": QRELS, "negatives": {str(q): d for q, d in NEGATIVES.items()},
    "teacher": [[q, d, s] for (q, d), s in teacher.items()], "table": [[round(x, 17) for x in row] for row in table.tolist()],
    "cases": results,
}, separators=(",", ":")).replace('{"options"', '\n{"options"'))
