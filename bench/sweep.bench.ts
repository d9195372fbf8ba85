/**
 * A thousand pairs of moving averages with Sharpe ratio and drawdown, by `sweep` and by a bare loop over closes that
 * knows nothing but this rule. Both read averages that were computed before. Run: deno task bench sweep.
 */
import { join } from "node:path";
import { BARS_PER_YEAR } from "../src/core/universe.ts";
import { loadMarket } from "../src/desk/market.ts";
import { sweep } from "../src/desk/sweep.ts";
import { sma } from "../src/features/sma.ts";

const FEE = 0.00055, SLIP = 0.0002;
const REPEATS = 7;
const FAST = Array.from({ length: 25 }, (_, i) => 3 + i),
  SLOW = Array.from({ length: 40 }, (_, i) => 30 + 3 * i);

const market = await loadMarket({ synthetic: { rows: 4380 } });
const { close } = market.panel.coins[0]!;
const means = new Map([...FAST, ...SLOW].map((window) => [window, sma(close, window)]));
const equity = new Float64Array(close.length);

/** The rule and nothing else: whole equity long while the fast mean is above the slow one, from each cross on. */
function bareLoop(fast: Float64Array, slow: Float64Array): [sharpe: number, drawdown: number, final: number] {
  let cash = 10_000, quantity = 0, peak = cash, worst = 0, sum = 0, squares = 0, before = cash;
  const n = close.length;
  for (let t = 1; t < n; t++) {
    if (fast[t]! > slow[t]! && fast[t - 1]! <= slow[t - 1]!) {
      if (quantity === 0) {
        quantity = cash / (close[t]! * (1 + SLIP) * (1 + FEE));
        cash = 0;
      }
    } else if (fast[t]! < slow[t]! && fast[t - 1]! >= slow[t - 1]! && quantity > 0) {
      cash += quantity * close[t]! * (1 - SLIP) * (1 - FEE);
      quantity = 0;
    }
    const value = cash + quantity * close[t]!;
    const move = value / before - 1;
    before = equity[t] = value;
    sum += move;
    squares += move * move;
    if (value > peak) peak = value;
    else if (1 - value / peak > worst) worst = 1 - value / peak;
  }
  const mean = sum / (n - 1), sd = Math.sqrt((squares - (n - 1) * mean * mean) / (n - 2));
  return [mean / sd * Math.sqrt(BARS_PER_YEAR), worst, before];
}

const targets = new Float64Array(close.length);
const folder = await Deno.makeTempDir();
function bySweep(ledger: string) {
  return sweep({ fast: FAST, slow: SLOW }, ({ fast, slow }) => {
    const a = means.get(fast)!, b = means.get(slow)!;
    for (let t = 1; t < targets.length; t++) {
      const up = a[t]! > b[t]! && a[t - 1]! <= b[t - 1]!, down = a[t]! < b[t]! && a[t - 1]! >= b[t - 1]!;
      targets[t] = up ? 1 : down ? 0 : NaN;
    }
    return { targets };
  }, { market, coins: ["BTC"], rules: "plain", fill: "close", ledger });
}

/** Least time of several runs, ms. */
function fastest(work: (repeat: number) => void): number {
  let least = Infinity;
  for (let i = 0; i < REPEATS; i++) {
    const start = performance.now();
    work(i);
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

const found = bySweep(join(folder, "first.jsonl"));
let farthest = 0;
for (const { values, totalReturn } of found.rows) {
  const [, , final] = bareLoop(means.get(values.fast)!, means.get(values.slow)!);
  farthest = Math.max(farthest, Math.abs(10_000 * (1 + totalReturn) / final - 1));
}
const bare = fastest(() => {
  for (const fast of FAST) for (const slow of SLOW) bareLoop(means.get(fast)!, means.get(slow)!);
});
const swept = fastest((i) => void bySweep(join(folder, `${i}.jsonl`)));
await Deno.remove(folder, { recursive: true });
console.log(
  `${found.rows.length} pairs on ${close.length} rows: bare loop ${bare.toFixed(1)} ms, sweep ${
    swept.toFixed(1)
  } ms, ` +
    `ratio ${(swept / bare).toFixed(2)} (goal of the next issue 3); final equities agree to ${
      farthest.toExponential(1)
    }`,
);
