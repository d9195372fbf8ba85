"""Values behind tests/stats that come from libraries other than our own: run once, copied into the tests.

python3 -m pip install scipy arch pandas empyrical-reloaded scoringrules; python3 tests/oracles/stats_twins.py
(written with scipy 1.17.1, arch 8.0.0, statsmodels 0.15.0, empyrical-reloaded 0.7.1, scoringrules 0.10.0).
Every series is made by tests/golden_data.ts's generator, copied below.
"""

import math
import warnings

import numpy as np
import pandas as pd
from scipy import integrate, stats

warnings.filterwarnings("ignore")


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


def autoregression():
    e = normals(7, 200)
    for i in range(1, 200):
        e[i] += 0.6 * e[i - 1]
    return e


R12 = np.array([0.01, -0.02, 0.015, 0.03, -0.01, 0.005, -0.025, 0.02, 0.01, -0.005, 0, 0.012])
X = np.array([1.1, 0.85, 1.32, 0.64, 1.51, 0.97, 1.22, 0.78, 1.05, 1.4])
Y = np.array([0.92, 0.8, 1.1, 0.7, 1.2, 0.9, 1, 0.81, 0.95, 1.15])


def studentised_bootstrap():
    """arch's studentised interval of a mean: 200 000 resamples, Monte Carlo error of a bound about .2 % of its size."""
    from arch.bootstrap import IIDBootstrap

    skewed = np.exp(normals(50, 30)) - 1.2
    for name, x in (("ten pairs", X - Y), ("skewed", skewed)):
        # arch studentises by a variance of our choice: n in the denominator, as in meanBootstrap
        boot = IIDBootstrap(x, seed=1)
        bounds = boot.conf_int(
            np.mean, 200_000, method="studentized", size=0.95,
            std_err_func=lambda mu, sample: np.sqrt(np.mean((sample - mu) ** 2) / len(sample)),
        )
        print(f"arch studentised bootstrap, {name}:", bounds.ravel().tolist())


def robust_autocorrelations():
    """t_1, t_2 peeled from arch's heteroskedasticity-robust variance ratios over 2 and 3 bars."""
    from arch.unitroot import VarianceRatio

    for name, x in (("DS4", autoregression()), ("R12", R12)):
        level = np.concatenate([[0.0], np.cumsum(x)])
        n = len(x)
        e = x - x.mean()
        total = np.sum(e * e)
        two = VarianceRatio(level, lags=2, trend="c", debiased=False, robust=True, overlap=True)
        three = VarianceRatio(level, lags=3, trend="c", debiased=False, robust=True, overlap=True)
        # the variance of the ratio is theta = sum of (2 (q - j) / q)^2 delta_j; z = sqrt(n) (ratio - 1) / sqrt(theta)
        theta2 = n * (two.vr - 1) ** 2 / two.stat**2
        theta3 = n * (three.vr - 1) ** 2 / three.stat**2
        delta1 = theta2
        delta2 = (theta3 - (4 / 3) ** 2 * delta1) / (2 / 3) ** 2
        products = [np.sum(e[k:] * e[:-k]) for k in (1, 2)]
        print(f"arch robust variances, {name}: t1 t2",
              [p / total * math.sqrt(n) / math.sqrt(d) for p, d in zip(products, (delta1, delta2))])


def berkowitz():
    """Likelihood ratio against an AR(1) fitted by statsmodels (conditional least squares)."""
    from statsmodels.tsa.ar_model import AutoReg

    for name, z in (("AR(1)", autoregression()), ("white", normals(61, 200)), ("wide", 1.5 * normals(61, 200))):
        fit = AutoReg(z, 1, trend="c").fit()
        null = stats.norm.logpdf(z[1:]).sum()
        ratio = 2 * (fit.llf - null)
        print(f"statsmodels Berkowitz, {name}: {ratio!r} {stats.chi2.sf(ratio, 3)!r}")


def returns():
    import empyrical as ep

    daily = pd.Series(R12, index=pd.date_range("2023-01-30 20:00", periods=12, freq="4h"))
    print("empyrical CAGR:", ep.cagr(daily, annualization=2190), "calmar:", ep.calmar_ratio(daily, annualization=2190))
    print("empyrical tail ratio:", ep.tail_ratio(daily.to_numpy()))
    print("pandas months:", ((1 + daily).groupby([daily.index.year, daily.index.month]).prod() - 1).to_dict())
    rolling = daily.rolling(6)
    print("pandas rolling Sharpe, last:", (rolling.mean() / rolling.std() * math.sqrt(2190)).iloc[-1])
    print("numpy type-7 value at risk:", -np.quantile(R12, 0.05))
    skew, excess = stats.skew(R12), stats.kurtosis(R12)
    moved = lambda u: (lambda z: z + (z * z - 1) * skew / 6 + (z**3 - 3 * z) * excess / 24
                       - (2 * z**3 - 5 * z) * skew**2 / 36)(stats.norm.ppf(u))
    tail = integrate.quad(moved, 0, 0.05, epsabs=1e-13)[0] / 0.05
    print("scipy integral of the Cornish-Fisher quantiles:", -(R12.mean() + R12.std(ddof=1) * tail))


def crps():
    """Mean score of perfect N(0, 1) forecasts: 1 / sqrt(pi); and of the same forecasts at 99 levels, by integration."""
    levels = (np.arange(99) + 0.5) / 99
    q = stats.norm.ppf(levels)
    expected = 2 * np.mean(stats.norm.pdf(q))  # E pinball(level, q, Y) of a perfect N(0, 1) is phi(q)
    print("perfect N(0, 1): closed form", 1 / math.sqrt(math.pi), "99 levels", expected)
    import scoringrules as sr

    print("scoringrules quantile score at 99 levels, y = .3:",
          2 * np.mean([sr.quantile_score(0.3, value, level) for value, level in zip(q, levels)]))


if __name__ == "__main__":
    studentised_bootstrap()
    robust_autocorrelations()
    berkowitz()
    returns()
    crps()
