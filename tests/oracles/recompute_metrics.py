"""Recomputes every stored metric of a run from its folder alone and compares it with result.json.

python3 -m pip install numpy polars; python3 tests/oracles/recompute_metrics.py data/runs/<id>
Ends with 0 if all agree (relative 1e-9), else with 1 and the list of what differs. Written from docs/METRICS.md with
numpy 2.4.6 and polars 2.1.0, without looking at how PopAgent computes. `--plant population-sd` divides by n
instead of n - 1 in standard deviations, to see that this is noticed.

Not recomputed: what needs more than the folder (the mean over the field, `random`; places in the field; the score of
climatology, which is stored row by row). The null of the calibration error is drawn anew, so agrees roughly.
"""

import json
import math
import sys
from datetime import datetime, timezone
from statistics import NormalDist

import numpy as np
import polars as pl

YEAR = 2190
DDOF = 0 if "population-sd" in sys.argv else 1
N = NormalDist()


def constant(x):
    first = x[0]
    return bool(np.all(np.abs(x - first) <= 1e-12 * np.maximum(abs(first), np.abs(x))))


def sd(x):
    return 0.0 if constant(x) else float(np.std(x, ddof=DDOF))


def ratio(a, b):
    return None if b == 0 or not math.isfinite(a / b) else a / b


def sharpe(x):
    return 0.0 if x.mean() == 0 else x.mean() / sd(x)


def moments(x):
    if constant(x):
        return 0.0, 3.0
    d = x - x.mean()
    v = np.mean(d**2)
    return np.mean(d**3) / v**1.5, np.mean(d**4) / v**2


def sharpe_error(x):
    if constant(x):
        return None
    s, (skew, kurt) = sharpe(x), moments(x)
    return math.sqrt(max(0, 1 - skew * s + (kurt - 1) / 4 * s * s) / len(x) * YEAR)


def autocovariance(x, k):
    d = x - x.mean()
    return float(np.dot(d[k:], d[: len(d) - k])) / len(x)


def newey_west_t(x, lag):
    if constant(x):
        return None
    v = autocovariance(x, 0)
    for k in range(1, lag + 1):
        v += 2 * (1 - k / (lag + 1)) * autocovariance(x, k)
    return ratio(x.mean(), math.sqrt(max(0, v) / len(x)))


def growth_total(x):
    return float(np.prod(1 + x) - 1)


def hit_rate(x):
    moved = x[x != 0]
    return None if len(moved) == 0 else float(np.mean(moved > 0))


def drawdowns(x):
    equity = np.concatenate([[1.0], np.cumprod(1 + x)])
    return 1 - equity / np.maximum.accumulate(equity)


def stretches(below):
    longest = now = 0
    for b in below:
        now = now + 1 if b else 0
        longest = max(longest, now)
    return longest, now


def historical(x, tail):
    k = math.ceil(tail * len(x) - 1e-9)
    worst = np.sort(x)[:k]
    return {"valueAtRisk": -worst[-1], "expectedShortfall": -worst.mean()}


def tails(x):
    a, mu, s, (skew, kurt) = 0.05, x.mean(), sd(x), moments(x)
    z, ex = N.inv_cdf(0.05), kurt - 3
    moved = z + (z * z - 1) * skew / 6 + (z**3 - 3 * z) * ex / 24 - (2 * z**3 - 5 * z) * skew**2 / 36
    beyond = -N.pdf(z) / a * (1 + z * skew / 6 + (z * z - 1) * ex / 24 - (2 * z * z - 1) * skew**2 / 36)
    return {
        "historical5": historical(x, 0.05),
        "historical1": historical(x, 0.01),
        "interpolated5": -float(np.quantile(x, 0.05)),
        "normal5": {"valueAtRisk": -(mu + s * z), "expectedShortfall": -(mu - s * N.pdf(z) / a)},
        "cornishFisher5": {"valueAtRisk": -(mu + s * moved), "expectedShortfall": -(mu + s * beyond)},
    }


def months(x, times):
    out = []
    for r, t in zip(x, times):
        d = datetime.fromtimestamp(t / 1000, timezone.utc)
        if not out or (out[-1]["year"], out[-1]["month"]) != (d.year, d.month):
            out.append({"year": d.year, "month": d.month, "value": 1.0, "bars": 0})
        out[-1]["value"] *= 1 + r
        out[-1]["bars"] += 1
    return [{**m, "value": m["value"] - 1} for m in out]


def mean_or_none(values):
    return float(np.mean(values)) if len(values) else None


def round_trips(fills, first):
    held, done = {}, []
    for f in fills:
        trip = held.setdefault(
            f["coin"], {"side": np.sign(f["quantity"]), "opened": f["row"], "in": 0.0, "profit": 0.0, "q": 0.0, "most": 0.0}
        )
        trip["profit"] += f["realised"] - f["fee"] - f["funding"]
        if f["kind"] == "funding":
            continue
        if f["quantity"] * trip["side"] > 0:
            trip["in"] += abs(f["quantity"]) * f["price"]
        trip["q"] += f["quantity"]
        trip["most"] = max(trip["most"], abs(trip["q"]))
        if abs(trip["q"]) <= 1e-9 * trip["most"]:
            done.append({**held.pop(f["coin"]), "closed": f["row"]})
    trips = [t for t in done if t["closed"] >= first]
    returns = lambda some: [t["profit"] / t["in"] for t in some]
    wins, losses = [t for t in trips if t["profit"] > 0], [t for t in trips if t["profit"] < 0]
    return {
        "closed": len(trips),
        "open": len(held),
        "longs": sum(t["side"] > 0 for t in trips),
        "winRate": len(wins) / len(trips) if trips else None,
        "meanReturn": mean_or_none(returns(trips)),
        "meanWin": mean_or_none(returns(wins)),
        "meanLoss": mean_or_none(returns(losses)),
        "holding": mean_or_none([t["closed"] - t["opened"] for t in trips]),
    }


def returns_of(equity, start, given_back=0.0):
    before = np.concatenate([[start], equity[:-1]])
    alive = before > 0
    return np.where(alive, (equity + given_back) / np.where(alive, before, 1) - 1, 0)


def scaling(col):
    wanted = col("wanted")
    rows = wanted.sum()
    return {
        "limit": col("drawdownLimit").mean(),
        "wanted": wanted.mean(),
        "halved": col("halved").sum() / rows if rows > 0 else None,
        "cap": float(np.average(col("volatilityCap"), weights=wanted)) if rows > 0 else None,
    }


def metrics(col, start):
    equity = col("equity")
    net, gross = returns_of(equity, start), returns_of(equity, start, col("fees") + col("slippage"))
    traded, costs = col("tradedNotional").sum(), col("fees").sum() + col("slippage").sum()
    passed, cut = col("passed").sum(), col("softFails").sum()
    orders = passed + cut
    share = lambda count: count / orders if orders > 0 else None
    return {
        "sharpe": sharpe(net) * math.sqrt(YEAR),
        "sharpeError": sharpe_error(net),
        "grossSharpe": sharpe(gross) * math.sqrt(YEAR),
        "grossT": newey_west_t(gross, 5) if np.any(net != 0) else None,
        "totalReturn": growth_total(net),
        "grossReturn": growth_total(gross),
        "volatility": sd(net) * math.sqrt(YEAR),
        "maxDrawdown": float(drawdowns(net).max()),
        "hitRate": hit_rate(net),
        "turnover": traded / equity.mean() / (len(net) / YEAR),
        "exposure": col("grossExposure").mean(),
        "fees": col("fees").sum() / start,
        "slippage": col("slippage").sum() / start,
        "funding": col("funding").sum() / start,
        "breakEvenCost": (equity[-1] - start + costs) / traded if traded > 0 else None,
        "orders": orders,
        "verdicts": {"pass": share(passed), "softFail": share(cut)},
        "refusals": col("hardFails").sum(),
        "blocked": {
            "drawdown": col("paused").mean(),
            "dailyLoss": col("dailyBlocked").mean(),
            "coolDown": col("coolingDown").mean(),
        },
        "scaling": scaling(col),
        "liquidations": col("liquidations").sum(),
    }


def account_metrics(col, start, times, coins, fills, first):
    equity = col("equity")
    net = returns_of(equity, start)
    still, dd = constant(net), drawdowns(net)
    worst, growth = dd.max(), max(0, 1 + growth_total(net)) ** (YEAR / len(net)) - 1
    longest, current = stretches(dd[1:] > 0)
    lo = None
    if not still:
        rho = [autocovariance(net, k) / autocovariance(net, 0) for k in range(6)]
        lo = 6 / math.sqrt(6 + 2 * sum((6 - k) * rho[k] for k in range(1, 6))) * sharpe(net) * math.sqrt(YEAR / 6)
    downside = math.sqrt(np.mean(np.minimum(net, 0) ** 2))
    skew, kurt = moments(net)
    low, high = np.quantile(net, [0.05, 0.95])
    before = np.concatenate([[start], equity[:-1]])
    return {
        "growth": growth,
        "loSharpe": lo,
        "autocorrelation": None if still else autocovariance(net, 1) / autocovariance(net, 0),
        "sortino": None if still else ratio(net.mean() * math.sqrt(YEAR), downside),
        "calmar": ratio(net.mean() * YEAR, worst),
        "growthCalmar": ratio(growth, worst),
        "ulcer": math.sqrt(np.mean(dd**2)),
        "drawdown": {"longest": longest, "current": current, "share": float(np.mean(dd[1:] > 0))},
        "tails": tails(net),
        "tailRatio": None if low == 0 else abs(high) / abs(low),
        "skew": None if still else skew,
        "kurtosis": None if still else kurt,
        "profitFactor": ratio(net[net > 0].sum(), -net[net < 0].sum()),
        "timeInMarket": float(np.mean(col("grossExposure") != 0)),
        "maxExposure": col("grossExposure").max(),
        "tradedPerBar": float(np.mean(np.where(before > 0, col("tradedNotional") / np.where(before > 0, before, 1), 0))),
        "months": months(net, times),
        "coinProfit": {c: col(f"profit.{c}").sum() / start for c in coins} if coins else None,
        "roundTrips": round_trips(fills, first) if coins else None,
    }


def ece(p, y):
    bins = np.minimum(9, np.floor(p * 10).astype(int))
    return sum(abs(y[bins == b].mean() - p[bins == b].mean()) * np.mean(bins == b) for b in set(bins))


def researcher(rows, variant, place):
    p, y, low, high = (rows[c].to_numpy() for c in ("rise", "outcome", "low", "high"))
    up = (y > 0).astype(float)
    crps, past = rows["crps"].mean(), rows["crpsOfPast"].mean()
    return {
        "place": place,
        "variant": variant,
        "count": len(y),
        "horizon": {"least": rows["horizon"].min(), "most": rows["horizon"].max()},
        "baseRate": up.mean(),
        "brier": np.mean((p - up) ** 2),
        "ece": ece(p, up),
        "crps": crps,
        "crpsOfPast": past,
        "crpsSkill": 1 - crps / past,
        "nominal": 0.9,
        "covered": np.mean((low <= y) & (y <= high)),
        "width": np.mean(high - low),
    }, p, up


def agent(returns, stored):
    return {
        "role": stored["role"],
        "place": stored["place"],
        "variant": stored["variant"],
        "rows": len(returns),
        "sharpe": sharpe(returns) * math.sqrt(YEAR),
        "sharpeError": sharpe_error(returns),
        "profit": growth_total(returns),
        "hitRate": hit_rate(returns),
    }


compared, wrong = 0, []


def compare(path, made, stored):
    global compared
    if isinstance(stored, dict):
        for key in stored.keys() | made.keys():
            compare(f"{path}.{key}", made.get(key, "missing"), stored.get(key, "missing"))
    elif isinstance(stored, list):
        if len(made) != len(stored):
            wrong.append(f"{path}: {len(made)} items where {len(stored)} are stored")
        for i, (a, b) in enumerate(zip(made, stored)):
            compare(f"{path}[{i}]", a, b)
    elif isinstance(stored, str) or stored is None or made is None:
        compared += 1
        if made != stored:
            wrong.append(f"{path}: {made} where {stored} is stored")
    else:
        compared += 1
        if not abs(made - stored) <= 1e-9 * max(1e-6, abs(stored)):
            wrong.append(f"{path}: {made} where {stored} is stored")


def main(folder):
    result = json.load(open(f"{folder}/result.json"))
    series = pl.read_parquet(f"{folder}/series.parquet")
    first, times = result["reported"]["from"], series["openTime"].to_numpy()
    fills = pl.read_parquet(f"{folder}/fills.parquet").partition_by("strategy", as_dict=True)
    strategies = 0
    for stored in result["strategies"]:
        name = stored["name"]
        if stored["startingEquity"] is None:
            continue
        strategies += 1
        col = lambda c: series[name if c == "equity" else f"{name}.{c}"].to_numpy()
        coins = [c.split(".")[2] for c in series.columns if c.startswith(f"{name}.profit.")]
        own = fills[(name,)].to_dicts() if (name,) in fills else []
        compare(f"{name}.metrics", metrics(col, stored["startingEquity"]), stored["metrics"])
        made = account_metrics(col, stored["startingEquity"], times, coins, own, first)
        compare(f"{name}.account", made, stored["account"])
        if coins:  # what fills and bars say of the same money
            kept = [f for f in own if f["row"] >= first]
            for column, total in (("fee", "fees"), ("slippage", "slippage"), ("funding", "funding")):
                if not math.isclose(sum(f[column] for f in kept), col(total).sum(), rel_tol=1e-9, abs_tol=1e-6):
                    wrong.append(f"{name}: fills and bars disagree on {total}")
            moved = np.diff(np.concatenate([[stored["startingEquity"]], col("equity")]))
            if np.abs(sum(col(f"profit.{c}") for c in coins) - moved).max() > 1e-6:
                wrong.append(f"{name}: the coins' profit is not the change in equity")
    if result["agentPerformance"]:
        agents = pl.read_parquet(f"{folder}/agents.parquet").filter(pl.col("row") >= first)
        for stored in result["agentPerformance"]:
            name = f"{stored['role']}.{stored['place']}"
            compare(name, agent(agents[name].to_numpy(), stored), stored)
    if result["researcherQuality"]:
        forecasts = pl.read_parquet(f"{folder}/forecasts.parquet").filter(pl.col("row") >= first - 1)
        for stored in result["researcherQuality"]:
            own = forecasts.filter(pl.col("place") == stored["place"])
            made, p, up = researcher(own, stored["variant"], stored["place"])
            null95, p_value = stored.pop("eceNull95"), stored.pop("eceP")
            compare(f"forecasts.{stored['place']}", made, stored)
            rng = np.random.default_rng(1)
            drawn = np.sort([ece(p, (rng.random(len(p)) < p).astype(float)) for _ in range(1000)])
            again = (1 + np.sum(drawn >= ece(p, up))) / 1001
            if abs(drawn[949] / null95 - 1) > 0.1 or abs(again - p_value) > 0.06:
                wrong.append(f"forecasts.{stored['place']}: null {drawn[949]}, p {again}; stored {null95}, {p_value}")
    print(f"{compared} numbers of {strategies} strategies compared, {len(wrong)} differ")
    for line in wrong[:40]:
        print(line)
    sys.exit(1 if wrong or strategies == 0 else 0)


main(sys.argv[1])
