#!/usr/bin/env python3
"""Makes reference.txt beside this file: generated cases and what scikit-learn, scipy and numpy say of them.

Run with scikit-learn 1.2 and scipy 1.10: python3 make_reference.py. Each line is a name and its numbers.
"""
import os

import numpy as np
from scipy import stats
from sklearn import metrics as sk
from sklearn.calibration import calibration_curve

SEED = 20260101
lines = []


def put(name, values):
    values = np.atleast_1d(np.asarray(values, dtype=float))
    lines.append(name + " " + " ".join(repr(float(v)) for v in values))


def binary(prefix, rng, size, share, digits):
    positive = rng.random(size) < share
    scores = np.clip(0.3 + 0.25 * positive + 0.2 * rng.standard_normal(size), 0.001, 0.999)
    scores = np.round(scores, digits)
    weights = np.round(rng.gamma(2.0, 1.0, size), 3)
    weights[rng.random(size) < 0.1] = 0
    put(prefix + ".positive", positive)
    put(prefix + ".scores", scores)
    put(prefix + ".weights", weights)
    for name, w in (("plain", None), ("weighted", weights)):
        p = prefix + "." + name
        put(p + ".auc", sk.roc_auc_score(positive, scores, sample_weight=w))
        put(p + ".ap", sk.average_precision_score(positive, scores, sample_weight=w))
        put(p + ".logLoss", sk.log_loss(positive, scores, sample_weight=w))
        put(p + ".brier", sk.brier_score_loss(positive, scores, sample_weight=w))
        said = scores >= 0.5
        put(p + ".accuracy", sk.accuracy_score(positive, said, sample_weight=w))
        put(p + ".precision", sk.precision_score(positive, said, sample_weight=w))
        put(p + ".recall", sk.recall_score(positive, said, sample_weight=w))
        put(p + ".f1", sk.f1_score(positive, said, sample_weight=w))
        best = max((sk.f1_score(positive, scores >= t, sample_weight=w), t) for t in np.unique(scores))
        put(p + ".bestF1", best)
        fpr, tpr, _ = sk.roc_curve(positive, scores, sample_weight=w, drop_intermediate=False)
        put(p + ".roc.x", fpr)
        put(p + ".roc.y", tpr)
        precision, recall, _ = sk.precision_recall_curve(positive, scores, sample_weight=w)
        put(p + ".pr.x", recall[:-1][::-1])
        put(p + ".pr.y", precision[:-1][::-1])
    true, predicted = calibration_curve(positive, scores, n_bins=10, strategy="uniform")
    put(prefix + ".reliability.x", predicted)
    put(prefix + ".reliability.y", true)
    bins = np.clip(np.ceil(scores * 10).astype(int) - 1, 0, 9)
    error = sum(abs(scores[bins == b].mean() - positive[bins == b].mean()) * (bins == b).mean() for b in range(10) if (bins == b).any())
    put(prefix + ".ece", error)


def errors(rng):
    history = rng.poisson(4.0, 60).astype(float)
    actual = rng.poisson(4.0, 28).astype(float)
    predicted = np.round(4 + rng.standard_normal(28), 4)
    upper = np.round(7 + rng.standard_normal(28), 4)
    weights = np.round(rng.gamma(2.0, 1.0, 28), 3)
    for name in ("history", "actual", "predicted", "upper", "weights"):
        put("errors." + name, locals()[name])
    for name, w in (("plain", None), ("weighted", weights)):
        p = "errors." + name
        put(p + ".mae", sk.mean_absolute_error(actual, predicted, sample_weight=w))
        put(p + ".rmse", sk.mean_squared_error(actual, predicted, sample_weight=w, squared=False))
        put(p + ".rmsle", np.sqrt(sk.mean_squared_log_error(actual, predicted, sample_weight=w)))
        put(p + ".bias", np.average(predicted - actual, weights=w))
        put(p + ".wape", np.average(np.abs(actual - predicted), weights=w) / np.average(actual, weights=w))
        put(p + ".pinball", sk.mean_pinball_loss(actual, upper, alpha=0.9, sample_weight=w))
        put(p + ".coverage", np.average((predicted - 1 <= actual) & (actual <= upper), weights=w))
    scale = np.mean(np.abs(history[7:] - history[:-7]))
    put("errors.mase", sk.mean_absolute_error(actual, predicted) / scale)
    put("errors.spl", sk.mean_pinball_loss(actual, upper, alpha=0.9) / scale)
    put("errors.rmsse", np.sqrt(np.mean((actual - predicted) ** 2) / np.mean(np.diff(history) ** 2)))


def rankings(rng):
    users, items, k = 40, 60, 10
    scores = rng.permuted(np.tile(np.arange(items, dtype=float), (users, 1)), axis=1)
    relevant = rng.random((users, items)) < 0.08
    relevant[np.arange(users), rng.integers(0, items, users)] = True
    gains = relevant * rng.integers(1, 5, (users, items))
    put("ranking.scores", scores.ravel())
    put("ranking.gains", gains.ravel())
    top = np.argsort(-scores, axis=1)[:, :k]
    hits = np.take_along_axis(relevant, top, axis=1)
    count = relevant.sum(axis=1)
    put("ranking.ndcg", [sk.ndcg_score([relevant[u].astype(float)], [scores[u]], k=k) for u in range(users)])
    put("ranking.gradedNdcg", [sk.ndcg_score([gains[u].astype(float)], [scores[u]], k=k) for u in range(users)])
    put("ranking.wholeMap", [sk.average_precision_score(relevant[u], scores[u]) for u in range(users)])
    put("ranking.precision", [sk.precision_score(relevant[u], np.isin(np.arange(items), top[u])) for u in range(users)])
    put("ranking.recall", [sk.recall_score(relevant[u], np.isin(np.arange(items), top[u])) for u in range(users)])
    put("ranking.f1", [sk.f1_score(relevant[u], np.isin(np.arange(items), top[u])) for u in range(users)])
    places = np.arange(1, k + 1)
    put("ranking.map", (hits * np.cumsum(hits, axis=1) / places).sum(axis=1) / np.minimum(count, k))
    put("ranking.mrr", (hits / places).max(axis=1))
    put("ranking.hitRate", hits.any(axis=1))
    shown = np.bincount(top[:12].ravel(), minlength=items)
    put("exposure.shown", shown)
    put("exposure.coverage", (shown > 0).mean())
    put("exposure.gini", np.abs(shown[:, None] - shown[None, :]).mean() / 2 / shown.mean())
    seen = 1 + rng.poisson(20, items)
    put("exposure.seen", seen)
    put("exposure.novelty", [-np.log2(seen[top[u]] / seen.sum()).mean() for u in range(users)])


def bootstrap(rng):
    values = np.round(rng.gamma(0.8, 2.0, 80), 4)
    other = np.round(values * 0.9 + 0.3 * rng.standard_normal(80), 4)
    put("bootstrap.values", values)
    put("bootstrap.other", other)
    found = stats.bootstrap((values,), np.mean, n_resamples=200_000, method="percentile", random_state=SEED)
    put("bootstrap.mean", found.confidence_interval)
    paired = stats.bootstrap((values, other), lambda a, b: np.mean(a) - np.mean(b), paired=True, vectorized=False, n_resamples=50_000,
                             method="percentile", random_state=SEED)
    put("bootstrap.difference", paired.confidence_interval)


if __name__ == "__main__":
    generator = np.random.default_rng(SEED)
    binary("fine", generator, 400, 0.3, 6)
    binary("ties", generator, 500, 0.08, 1)
    errors(generator)
    rankings(generator)
    bootstrap(generator)
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "reference.txt"), "w", encoding="utf-8") as out:
        out.write("\n".join(lines) + "\n")
