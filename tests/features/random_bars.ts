import { rng } from "../../src/core/rng.ts";
import { BAR_MS } from "../../src/core/universe.ts";
import { type Coin, DECLARED_COINS } from "../../src/core/universe.ts";
import { type CoinBars, createPanel, type Panel } from "../../src/market/panel.ts";

/** Bars of a random walk that obey every rule of the schema (low <= open, close <= high ...). */
export function randomBars(seed: number, rows: number, coin: Coin = "BTC"): CoinBars {
  const random = rng("random bars", seed, coin);
  const column = () => new Float64Array(rows);
  const bars = {
    coin,
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
    turnover: column(),
    openInterest: column(),
    longRatio: column(),
    fundingRate: column(),
    markOpen: column(),
    markHigh: column(),
    markLow: column(),
    markClose: column(),
    indexOpen: column(),
    indexHigh: column(),
    indexLow: column(),
    indexClose: column(),
  };
  let close = 100 * Math.exp(3 * random.normal()), interest = 1e6, ratio = 0.6, funding = 1e-4;
  for (let t = 0; t < rows; t++) {
    const open = close;
    close *= Math.exp(0.015 * random.normal());
    const high = Math.max(open, close) * (1 + 0.004 * Math.abs(random.normal()));
    const low = Math.min(open, close) * (1 - 0.004 * Math.abs(random.normal()));
    interest *= Math.exp(0.01 * random.normal());
    ratio += 0.02 * (0.6 - ratio) + 0.01 * random.normal();
    if (t % 2 === 0) funding = 1e-4 * (1 + random.normal());
    const volume = 1000 * Math.exp(0.5 * random.normal());
    const premium = 1e-4 * random.normal();
    bars.open[t] = open;
    bars.high[t] = high;
    bars.low[t] = low;
    bars.close[t] = close;
    bars.volume[t] = volume;
    bars.turnover[t] = volume * (open + close) / 2;
    bars.openInterest[t] = interest;
    bars.longRatio[t] = ratio;
    bars.fundingRate[t] = funding;
    for (const [name, price] of [["Open", open], ["High", high], ["Low", low], ["Close", close]] as const) {
      bars[`mark${name}`][t] = price;
      bars[`index${name}`][t] = price / (1 + premium);
    }
  }
  if (rows > 40) bars.longRatio[37] = NaN; // the exchange reports a missing ratio now and then
  return bars;
}

/** Five coins of random bars, from 2021-11-05 08:00 UTC. */
export function randomPanel(seed: number, rows: number): Panel {
  const start = Date.UTC(2021, 10, 5, 8);
  const openTime = Float64Array.from({ length: rows }, (_, t) => start + t * BAR_MS);
  const source = { kind: "synthetic", mode: "default", seed, ic: 0 } as const;
  return createPanel(DECLARED_COINS.map((coin) => randomBars(seed, rows, coin)), openTime, source);
}
