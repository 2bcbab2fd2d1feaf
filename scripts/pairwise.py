"""A pairwise ranker for `koproc.ranking`: logistic regression over the differences of right and wrong candidates (scikit-learn)."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

ROUNDS = 3  # of choosing the best right candidate with the weights so far


def fit(rows, strength, rare):
    """Weights by feature. `rows` are (group, field, candidates, which of them are right); features of fewer than `rare` groups are left out,
    `strength` is the inverse penalty.
    """
    rows = [row for row in rows if any(row[3]) and not all(row[3])]
    seen = defaultdict(set)
    for group, _, candidates, _ in rows:
        for candidate in candidates:
            for feature in candidate.features:
                seen[feature].add(group)
    names = sorted(feature for feature, where in seen.items() if len(where) >= rare)
    index = {name: n for n, name in enumerate(names)}
    columns, pointers, places = [], [0], []
    for _, _, candidates, right in rows:
        places.append((len(pointers) - 1, np.array(right)))
        for candidate in candidates:
            columns += sorted(index[feature] for feature in candidate.features if feature in index)
            pointers.append(len(columns))
    matrix = csr_matrix((np.ones(len(columns)), columns, pointers), shape=(len(pointers) - 1, len(names)))
    weights = np.zeros(len(names))
    for _ in range(ROUNDS):
        scores = matrix @ weights
        good, bad = [], []
        for first, right in places:
            own = scores[first : first + len(right)]
            wrong = first + np.flatnonzero(~right)
            good += [first + int(np.argmax(np.where(right, own, -np.inf)))] * len(wrong)
            bad += wrong.tolist()
        signs = np.where(np.arange(len(good)) % 2 == 0, 1.0, -1.0)  # both classes, so that there is no bias to learn
        differences = (matrix[good] - matrix[bad]).multiply(signs[:, None]).tocsr()
        model = LogisticRegression(C=strength, fit_intercept=False, max_iter=500, solver="liblinear", random_state=0)
        weights = model.fit(differences, signs).coef_[0]
    return {name: float(weight) for name, weight in zip(names, weights, strict=True) if abs(weight) > 1e-4}
