"""Makes logistic.tsv: rows of three features and a label, then the coefficients that scikit-learn finds.

    python make_logistic.py > logistic.tsv        (scikit-learn 1.9.1, numpy 2.4.6)
"""
import numpy as np
from sklearn.linear_model import LogisticRegression

random = np.random.default_rng(7)
features = np.round(random.normal(size=(80, 3)) * [1, 2, 0.5] + [0, 1, 0], 4)
logits = features @ [1.5, -0.7, 0.4] - 0.5
labels = random.random(80) < 1 / (1 + np.exp(-logits))
for row, label in zip(features, labels):
    print("row", *row, int(label), sep="\t")
for penalty in [0.1, 1.0, 10.0]:
    # scikit-learn's C is 1 / λ for the same sum of losses, the intercept free of penalty.
    fit = LogisticRegression(C=1 / penalty, solver="newton-cholesky", tol=1e-12, max_iter=1000).fit(features, labels)
    print("fit", penalty, *[repr(float(w)) for w in fit.coef_[0]], repr(float(fit.intercept_[0])), sep="\t")
