"""Golden values of tests/inventory/models_golden_test.ts that are in no table of the protocol: GARCH with Student
innovations and leverage (scipy densities over a plain recursion), STL with robustness weights (statsmodels), a
regression with ARMA(1,1) errors (statsmodels, exact likelihood), damped Holt (statsmodels), isolation depth (scikit-learn).
Needs numpy, scipy, statsmodels, scikit-learn. Run: python method_goldens.py"""
import numpy as np
from scipy.stats import t as student
from sklearn.ensemble._iforest import _average_path_length
from statsmodels.tsa.arima.model import ARIMA
from statsmodels.tsa.holtwinters import Holt
from statsmodels.tsa.seasonal import STL


def mulberry32(seed):
    a = seed
    while True:
        a = (a + 0x6D2B79F5) & 0xFFFFFFFF
        t = ((a ^ (a >> 15)) * (1 | a)) & 0xFFFFFFFF
        t = ((t + ((t ^ (t >> 7)) * (61 | t) & 0xFFFFFFFF)) & 0xFFFFFFFF) ^ t
        yield (t ^ (t >> 14)) & 0xFFFFFFFF


def normals(seed, n):
    stream = mulberry32(seed)
    out = []
    while len(out) < n:
        u, v = ((next(stream) + 0.5) / 2**32 for _ in range(2))
        radius = np.sqrt(-2 * np.log(u))
        out += [radius * np.cos(2 * np.pi * v), radius * np.sin(2 * np.pi * v)]
    return np.array(out[:n])


# DS5
e, r, h = normals(11, 1500), np.zeros(1500), 4e-5
for i in range(1500):
    r[i] = np.sqrt(h) * e[i]
    h = 2e-6 + 0.1 * r[i] ** 2 + 0.85 * h


def garch_ll(omega, alpha, beta, gamma, nu):
    h, total = np.mean(r**2), 0.0
    for x in r:
        scale = np.sqrt(h * (nu - 2) / nu)
        total += student.logpdf(x / scale, nu) - np.log(scale)
        h = omega + (alpha + gamma * (x < 0)) * x * x + beta * h
    return total


print("GJR-GARCH, Student 6:", repr(garch_ll(2e-6, 0.06, 0.85, 0.08, 6)))

# DS7
t = np.arange(96)
ds7 = 0.05 * t + 2 * np.sin(2 * np.pi * t / 6) + 0.5 * normals(9, 96)
fit = STL(ds7, period=6, seasonal=7, trend=11, low_pass=7, seasonal_deg=0, robust=True, trend_jump=2).fit(1, 15)
print("STL robust, rows 1 and 96:", *[(fit.seasonal[i], fit.trend[i], fit.resid[i]) for i in (0, 95)])
fit = STL(ds7[:95], period=6, seasonal=7, trend=11, low_pass=7, seasonal_deg=0, robust=True, trend_jump=2).fit(1, 15)
print("STL robust of 95 rows, rows 1 and 95:", *[(fit.seasonal[i], fit.trend[i]) for i in (0, 94)])
fit = Holt(ds7[2:], damped_trend=True, initialization_method="known", initial_level=ds7[1],
           initial_trend=ds7[1] - ds7[0]).fit(0.3, 0.1, damping_trend=0.9, optimized=False)
print("damped Holt .3 .1 .9 from rows 0 and 1: SSE, level, slope:", fit.sse, fit.level[-1], fit.trend[-1])

# DS4 + .5 x[t-1]
ds4 = normals(7, 200)
for i in range(1, 200):
    ds4[i] += 0.6 * ds4[i - 1]
x = normals(8, 200)
z = ds4.copy()
z[1:] += 0.5 * x[:-1]
fit = ARIMA(z[1:], exog=x[:-1, None], order=(1, 0, 1)).fit(method_kwargs={"pgtol": 1e-12, "factr": 1.0})
print("ARMA(1,1) with a regressor [const, b, phi, theta, var], ll:", *[repr(p) for p in fit.params], repr(fit.llf))
print("mean path lengths c(10), c(256):", *_average_path_length([10, 256]))
