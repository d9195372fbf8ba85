"""Golden values of tests/inventory/forecast_golden_test.ts: conditional sum of squares of regressions with
ARMA(1,1) errors, minimised by scipy, beside the exact likelihood of statsmodels as a plausibility check.
Needs numpy, scipy, statsmodels. Run: python arma_forecast.py"""
import numpy as np
from scipy.optimize import least_squares
from statsmodels.tsa.arima.model import ARIMA


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


def residuals(parameters, z, x):
    *b, phi, theta = parameters
    n = z - b[0] - (x @ np.array(b[1:]) if x.shape[1] else 0)
    e = np.zeros(len(z))
    for t in range(1, len(z)):
        e[t] = n[t] - phi * n[t - 1] - theta * e[t - 1]
    return e


def css(z, x):
    start = np.zeros(x.shape[1] + 3)
    fit = least_squares(residuals, start, args=(z, x), xtol=1e-15, ftol=1e-15, gtol=1e-15)
    return fit.x, 2 * fit.cost


ds4 = normals(7, 200)
for t in range(1, 200):
    ds4[t] += 0.6 * ds4[t - 1]
x = normals(8, 200)
z = ds4.copy()
z[1:] += 0.5 * x[:-1]  # the regressor works one row later

print("DS4 ARMA(1,1) CSS [m, phi, theta], loss:", *css(ds4, np.zeros((200, 0))))
print("DS4 ARMA(1,1) ML:", ARIMA(ds4, order=(1, 0, 1)).fit().params)
print("DS4 + .5 x[t-1], rows 1..199, CSS [m, b, phi, theta], loss:", *css(z[1:], x[:-1, None]))
print("same, ML [m, b, phi, theta, var]:", ARIMA(z[1:], exog=x[:-1, None], order=(1, 0, 1)).fit().params)
