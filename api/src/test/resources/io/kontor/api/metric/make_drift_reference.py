#!/usr/bin/env python3
"""Makes drift_reference.txt beside this file: generated samples and what scipy and numpy say of their differences.

Run with scipy 1.17: python3 make_drift_reference.py. Each line is a name and its numbers. The probabilities of Smirnov's test are those of
the limit distribution (scipy.special.kolmogorov), which ks_2samp itself replaces by a finer approximation.
"""
import os

import numpy as np
from scipy import special, stats

lines = []


def put(name, values):
    values = np.atleast_1d(np.asarray(values, dtype=float))
    lines.append(name + " " + " ".join(repr(float(v)) for v in values))


def samples(name, one, other):
    put(name + ".one", one)
    put(name + ".other", other)
    distance = stats.ks_2samp(one, other).statistic
    put(name + ".distance", distance)
    put(name + ".ksP", special.kolmogorov(distance * np.sqrt(len(one) * len(other) / (len(one) + len(other)))))


def counts(name, one, other):
    put(name + ".one", one)
    put(name + ".other", other)
    result = stats.chi2_contingency(np.array([one, other]), correction=False)
    put(name + ".chi2", result.statistic)
    put(name + ".chi2P", result.pvalue)
    before = (one + 0.5) / (one + 0.5).sum()
    after = (other + 0.5) / (other + 0.5).sum()
    put(name + ".psi", stats.entropy(before, after) + stats.entropy(after, before))


rng = np.random.default_rng(20260102)
samples("same", np.round(rng.normal(0, 1, 90), 6), np.round(rng.normal(0, 1, 70), 6))
samples("moved", np.round(rng.normal(0, 1, 120), 6), np.round(rng.normal(0.6, 1.2, 80), 6))
samples("tied", np.round(rng.gamma(2, 2, 100)), np.round(rng.gamma(2, 3, 60)))
counts("alike", rng.multinomial(900, np.full(10, 0.1)), rng.multinomial(400, np.full(10, 0.1)))
counts("shifted", rng.multinomial(900, np.full(11, 1 / 11)), rng.multinomial(400, np.arange(1, 12) / 66))
counts("two", np.array([40, 60]), np.array([55, 30]))
counts("empty", np.array([40, 60, 20, 0]), np.array([55, 30, 0, 4]))
put("kolmogorov.x", np.arange(1, 31) / 10)
put("kolmogorov.sf", special.kolmogorov(np.arange(1, 31) / 10))
x = np.array([0.01, 0.3, 1, 2.5, 7, 18.3, 40, 120])
put("chi2.x", x)
for degrees in (1, 2, 3, 10, 19, 50):
    put("chi2.%d" % degrees, stats.chi2.sf(x, degrees))

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "drift_reference.txt"), "w") as out:
    out.write("\n".join(lines) + "\n")
