"""The interval behind tests/stats/sharpe_difference_interval_test.ts, written from the paper and apart from our own code:

python3 -m pip install numpy; python3 tests/oracles/sharpe_interval.py (written with numpy 2.4.6).
O. Ledoit, M. Wolf, Journal of Empirical Finance 15 (2008) 850: the difference as a function of two means and two raw
second moments, its gradient (p. 852), Parzen's kernel with Andrews' bandwidth (section 3.1), the studentised circular
block bootstrap (section 3.2.2). Sharpe ratios divide by the sd with n - 1. Series and uniform numbers are made by
tests/golden_data.ts's generator, copied below, so that the resamples are the same.
"""

import math

import numpy as np


def uniforms(seed):
    a = seed & 0xFFFFFFFF
    while True:
        a = (a + 0x6D2B79F5) & 0xFFFFFFFF
        t = (a ^ (a >> 15)) * (1 | a) & 0xFFFFFFFF
        t = ((t + ((t ^ (t >> 7)) * (61 | t) & 0xFFFFFFFF)) & 0xFFFFFFFF) ^ t
        yield ((t ^ (t >> 14)) + 0.5) / 4294967296


def normals(seed, n):
    source, out = uniforms(seed), []
    while len(out) < n:
        u, v = next(source), next(source)
        radius, angle = math.sqrt(-2 * math.log(u)), 2 * math.pi * v
        out += [radius * math.cos(angle), radius * math.sin(angle)]
    return np.array(out[:n])


def difference_of(pair):
    return pair[:, 0].mean() / pair[:, 0].std(ddof=1) - pair[:, 1].mean() / pair[:, 1].std(ddof=1)


def moments(pair):
    return np.column_stack([pair, pair**2])


def gradient(m):
    a, b, c, d = m
    return np.array([c / (c - a * a) ** 1.5, -d / (d - b * b) ** 1.5, -a / 2 / (c - a * a) ** 1.5, b / 2 / (d - b * b) ** 1.5])


def andrews(v):
    numerator = denominator = 0.0
    for z in v.T:
        rho, level = np.polyfit(z[:-1], z[1:], 1)
        variance = ((z[1:] - level - rho * z[:-1]) ** 2).mean()
        numerator += 4 * rho**2 * variance**2 / (1 - rho) ** 8
        denominator += variance**2 / (1 - rho) ** 4
    return 2.6614 * (numerator / denominator * len(v)) ** 0.2


def hac_error(pair):
    v, n = moments(pair), len(pair)
    centred, bandwidth = v - v.mean(axis=0), andrews(v)
    psi = centred.T @ centred / n
    for lag in range(1, n):
        u = lag / bandwidth
        weight = 1 - 6 * u**2 + 6 * u**3 if u <= 0.5 else 2 * (1 - u) ** 3 if u < 1 else 0
        gamma = centred[lag:].T @ centred[:-lag] / n
        psi += weight * (gamma + gamma.T)
    g = gradient(v.mean(axis=0))
    return math.sqrt(g @ psi @ g / (n - 4))


def block_error(pair, length):
    v, n = moments(pair), len(pair)
    centred = v - v.mean(axis=0)
    blocks = n // length
    zeta = centred[: blocks * length].reshape(blocks, length, 4).sum(axis=1) / math.sqrt(length)
    g = gradient(v.mean(axis=0))
    return math.sqrt(g @ (zeta.T @ zeta / blocks) @ g / n)


def interval(pair, length, draws, confidence, seed):
    n, source = len(pair), uniforms(seed)
    observed, se = difference_of(pair), hac_error(pair)
    distances = []
    for _ in range(draws):
        starts = [math.floor(next(source) * n) for _ in range(math.ceil(n / length))]
        rows = np.concatenate([(start + np.arange(length)) % n for start in starts])[:n]
        drawn = pair[rows]
        distances.append(abs(difference_of(drawn) - observed) / block_error(drawn, length))
    distances = np.sort(distances)
    reach = distances[math.ceil(confidence * (draws + 1) - 1e-9) - 1]
    p = (1 + (distances >= abs(observed) / se).sum()) / (draws + 1)
    return {"difference": observed, "se": se, "p": p, "lower": observed - reach * se, "upper": observed + reach * se}


z1, z2 = normals(1, 500), normals(2, 500)
a = 0.0006 + 0.01 * z1
b = 0.0001 + 0.5 * (a - 0.0006) + 0.008 * z2
for length, draws, confidence, seed in [(6, 999, 0.95, 3), (20, 399, 0.9, 8)]:
    found = interval(np.column_stack([a, b]), length, draws, confidence, seed)
    print(length, draws, confidence, seed, {name: float(f"{value:.14g}") for name, value in found.items()})
