"""Golden values of the rolling indicators, from pandas, scipy, statsmodels and definitions written naively.

Run in an environment with numpy, pandas, scipy and statsmodels; paste what it prints into
tests/features/indicators_golden_test.ts. The input is a fixed integer recurrence, so that any language
can make it: u_(i+1) = (1103515245 u_i + 12345) mod 2^31, u_0 = 42.
"""
import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.tsa.stattools import acf


def uniforms(n, seed=42):
    out, u = [], seed
    for _ in range(n):
        u = (1103515245 * u + 12345) % 2**31
        out.append(u / 2**31)
    return np.array(out)


N = 120
U = uniforms(4 * N).reshape(N, 4)
close = 100 * np.cumprod(1 + 0.04 * (U[:, 0] - 0.48))
high = close * (1 + 0.02 * U[:, 1])
low = close * (1 - 0.02 * U[:, 2])
volume = 1000 * (0.2 + U[:, 3])
C, H, L, V = map(pd.Series, (close, high, low, volume))
returns = C.pct_change()


def wilder(x, period):
    """Wilder's smoothing by its definition: mean of the first `period` values, then recursion."""
    x = [v for v in x]
    out = [np.mean(x[:period])]
    for v in x[period:]:
        out.append((out[-1] * (period - 1) + v) / period)
    return out


def adx(period):
    """Wilder's sums as StockCharts prints them: S_1 = sum of the first `period`, S_i = S - S/period + x."""
    tr, up, down = [], [], []
    for i in range(1, N):
        tr.append(max(high[i] - low[i], abs(high[i] - close[i - 1]), abs(low[i] - close[i - 1])))
        rise, fall = high[i] - high[i - 1], low[i - 1] - low[i]
        up.append(rise if rise > fall and rise > 0 else 0)
        down.append(fall if fall > rise and fall > 0 else 0)
    smooth = [np.array(wilder(x, period)) for x in (tr, up, down)]
    plus, minus = 100 * smooth[1] / smooth[0], 100 * smooth[2] / smooth[0]
    dx = 100 * abs(plus - minus) / (plus + minus)
    return plus, minus, wilder(dx, period)


def finch(x, tau):
    """EWMA mean and variance by explicit weights: those of a plain mean until 1/tau is the larger."""
    out = []
    for t in range(len(x)):
        w = np.zeros(t + 1)
        for k in range(t + 1):
            a = max(1 / tau, 1 / (k + 1))
            w *= 1 - a
            w[k] = a
        m = w @ x[: t + 1]
        s = np.sqrt(w @ (x[: t + 1] - m) ** 2)
        out.append((x[t] - m) / s if s > 0 else np.nan)
    return np.array(out)


def show(name, values):
    values = np.asarray(values)
    print(f"{name}: {[float(f'{values[i]:.12g}') for i in (-60, -7, -1)]}")


show("close", close)
show("ema 9", C.ewm(span=9, adjust=False).mean())
show("trix 5", C.ewm(span=5, adjust=False).mean().ewm(span=5, adjust=False).mean().ewm(span=5, adjust=False).mean().pct_change())
ppo = C.ewm(span=6, adjust=False).mean() / C.ewm(span=13, adjust=False).mean() - 1
show("ppo 6 13", ppo)
line = C.ewm(span=6, adjust=False).mean() - C.ewm(span=13, adjust=False).mean()
show("macd line 6 13", line)
show("macd histogram 6 13 5", line[12:] - line[12:].ewm(span=5, adjust=False).mean())
mid, sd = C.rolling(10).mean(), C.rolling(10).std(ddof=0)
show("percentB 10", (C - (mid - 2 * sd)) / (4 * sd))
show("bandwidth 10", 4 * sd / mid)
plus, minus, index = adx(7)
show("plus 7", plus)
show("minus 7", minus)
show("adx 7", index)
tr = pd.concat([H - L, (H - C.shift()).abs(), (L - C.shift()).abs()], axis=1).max(axis=1)
show("atr 7", wilder(tr, 7))
low10, high10 = L.rolling(10).min(), H.rolling(10).max()
k = 100 * (C - low10) / (high10 - low10)
show("stochastic k 10", k)
show("stochastic d 10 3", k.rolling(3).mean())
show("skew 20 pandas", returns.rolling(20).skew())
show("kurtosis 20 pandas", returns.rolling(20).kurt())
tail = lambda end: returns.to_numpy()[N + end - 19 : N + end + 1]
show("skew 20 scipy", [stats.skew(tail(i - N), bias=False) for i in range(20, N)])
show("kurtosis 20 scipy", [stats.kurtosis(tail(i - N), bias=False) for i in range(20, N)])
show("acf 20 statsmodels", [acf(tail(i - N), nlags=1, adjusted=False)[1] for i in range(20, N)])
show("volatility 20", np.sqrt((returns**2).rolling(20).mean()))
show("parkinson 20", np.sqrt((np.log(H / L) ** 2).rolling(20).mean() / (4 * np.log(2))))
show("range 20", np.log(H / L).rolling(20).mean())
show("volume ratio 15", V / V.rolling(15).median())
show("volume balance 15", (np.sign(C.diff()) * V).rolling(15).sum() / V.rolling(15).sum())
show("ewma z 12 of volume", finch(volume, 12))
r = returns.to_numpy()[1:]
m, var, level = [], 0, 0
for i, x in enumerate(r, 1):
    a = max(0.03, 1 / i)
    var = (1 - a) * var + a * x * x
    level = np.exp(-1 / 8) * level + np.sqrt(1 - np.exp(-2 / 8)) * x / np.sqrt(var)
    m.append(level)
show("momentum 8", m)
