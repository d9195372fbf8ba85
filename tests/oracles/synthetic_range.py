"""Mean range (high over low, in logs) and mean log range of the synthetic market's bars, per coin.

The generator scales turnover and open interest by these two means. It may not measure them on the rows it
draws (row t would depend on later rows), so they are constants, computed here by drawing 2 * 10^7 independent
bars from the stationary distribution of volatility, return, jump and bridge extremes. Needs numpy alone.
"""

import numpy as np

SIGMA = np.array([0.00765, 0.01020, 0.01555, 0.01400, 0.01175])
BETA = np.array([1.0, 1.12, 1.43, 1.28, 1.00])
MARKET_LOADING = np.array([1, 1, 0.85, 0.9, 0.9])
OWN_VARIANCE = np.array([0.015, 0.015, 0.05, 0.08, 0.07])
SHOCK_VARIANCE = np.array([0.10, 0.08, 0.05, 0.075, 0.09])
OWN_JUMP_RATE = np.array([0.0005, 0.0006, 0.0008, 0.0018, 0.0020])
OWN_JUMP_MEAN = np.array([0, 0, 0, 0.02, 0.025])
OWN_JUMP_SD = np.array([0.03, 0.04, 0.07, 0.09, 0.10])
WEEKDAY = np.log([1.129, 0.902, 0.954, 1.438, 1.268, 1.036])
WEEKEND = np.log([0.792, 0.654, 0.679, 0.826, 0.841, 0.899])


def means(rng, draws, widening, jumps):
    season = np.concatenate([np.tile(WEEKDAY, 5), np.tile(WEEKEND, 2)])
    season -= season.mean()
    high = rng.random(draws) < 150 / (360 + 150)
    market = np.where(high, 0.432, -0.18) + np.sqrt(0.055 + 0.075 + 0.035) * rng.standard_normal(draws)
    hour = season[rng.integers(42, size=draws)]
    out = []
    for i in range(5):
        log_sigma = MARKET_LOADING[i] * market + hour
        log_sigma += np.sqrt(OWN_VARIANCE[i] + SHOCK_VARIANCE[i]) * rng.standard_normal(draws)
        sigma = SIGMA[i] * np.exp(log_sigma)
        r = sigma * rng.standard_normal(draws)
        if jumps:
            r += BETA[i] * (rng.random(draws) < 0.0012) * (-0.004 + 0.035 * rng.standard_normal(draws))
            own = OWN_JUMP_MEAN[i] + OWN_JUMP_SD[i] * rng.standard_normal(draws)
            r += (rng.random(draws) < OWN_JUMP_RATE[i]) * own
        bridge = widening * sigma
        up = (r + np.sqrt(r * r - 2 * bridge**2 * np.log(1 - rng.random(draws)))) / 2
        down = (r - np.sqrt(r * r - 2 * bridge**2 * np.log(1 - rng.random(draws)))) / 2
        span = np.maximum(up, np.maximum(r, 0)) - np.minimum(down, np.minimum(r, 0))
        out.append((span.mean(), np.log(span).mean()))
    return np.array(out).T


for name, widening, jumps in [("default", 1.15, True), ("planted, null", 1.0, False)]:
    parts = [means(np.random.default_rng(k), 2_000_000, widening, jumps) for k in range(10)]
    mean, log = np.mean(parts, axis=0)
    print(name, "mean range", mean.round(5).tolist(), "mean log range", log.round(4).tolist())
