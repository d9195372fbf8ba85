/**
 * A thousand pairs of moving averages with Sharpe ratio and drawdown, by `sweep` and by a bare loop over closes that
 * knows nothing but this rule: same fills, fees, equity, Sharpe ratio, drawdown and entries, which is checked at every
 * pair. Both read averages that were computed before, and take turns. The sweep also checks what it is given, gives
 * each pair its hash and counts all as trials in a ledger that holds a thousand others.
 * Run: deno task bench sweep.
 */
import { join } from "node:path";
import process from "node:process";
import { BARS_PER_YEAR } from "../src/core/universe.ts";
import { accountSheet } from "../src/desk/account_sheet.ts";
import { loadMarket } from "../src/desk/market.ts";
import { sweep } from "../src/desk/sweep.ts";
import { sma } from "../src/features/sma.ts";

const FEE = 0.00055, SLIP = 0.0002;
const REPEATS = 15, TOLERANCE = 1e-9;
const FAST = Array.from({ length: 25 }, (_, i) => 3 + i),
  SLOW = Array.from({ length: 40 }, (_, i) => 30 + 3 * i);

const market = await loadMarket({ synthetic: { rows: 4380 } });
const { close } = market.panel.coins[0]!;
const means = new Map([...FAST, ...SLOW].map((window) => [window, sma(close, window)]));
const terms = { market, coins: ["BTC"], rules: "plain", fill: "close" } as const;
const pairs = FAST.flatMap((fast) => SLOW.map((slow) => ({ fast, slow })));

interface BareAccount {
  readonly sharpe: number;
  readonly maxDrawdown: number;
  readonly final: number;
  readonly entries: number;
}

/**
 * The rule and nothing else: whole equity long while the fast mean is above the slow one, from each cross on. A cross
 * is filled at its close and booked in the bar after; the last one's in its own, as there is none after it.
 */
function bareLoop({ fast, slow }: { readonly fast: number; readonly slow: number }): BareAccount {
  const a = means.get(fast)!, b = means.get(slow)!, last = close.length - 1;
  let cash = 10_000, quantity = 0, entries = 0, wish = 0; // 1 buys, -1 sells
  let peak = cash, worst = 0, sum = 0, squares = 0, before = cash;
  let x0 = a[0]!, y0 = b[0]!, price = close[0]!;
  for (let t = 1; t <= last; t++) {
    for (let fills = t < last ? 1 : 2; fills > 0; fills--) {
      if (wish > 0 && quantity === 0) {
        quantity = cash / (price * (1 + SLIP) * (1 + FEE));
        cash = 0;
        entries++;
      } else if (wish < 0 && quantity > 0) {
        cash = quantity * price * (1 - SLIP) * (1 - FEE);
        quantity = 0;
      }
      const x = a[t]!, y = b[t]!;
      wish = x > y ? (x0 <= y0 ? 1 : 0) : x < y && x0 >= y0 ? -1 : 0;
      x0 = x;
      y0 = y;
      price = close[t]!;
    }
    const value = cash + quantity * price;
    const move = value / before - 1;
    sum += move;
    squares += move * move;
    if (value > peak) peak = value;
    else if (value < (1 - worst) * peak) worst = 1 - value / peak;
    before = value;
  }
  const mean = sum / last, sd = Math.sqrt((squares - last * mean * mean) / (last - 1));
  return { sharpe: mean / sd * Math.sqrt(BARS_PER_YEAR), maxDrawdown: worst, final: before, entries };
}

const targets = new Float64Array(close.length).fill(NaN);

/** The same rule as targets: 1 at a cross upwards, 0 at one downwards, no value elsewhere. */
function crossings({ fast, slow }: { readonly fast: number; readonly slow: number }) {
  const a = means.get(fast)!, b = means.get(slow)!;
  let x0 = a[0]!, y0 = b[0]!;
  for (let t = 1; t < targets.length; t++) {
    const x = a[t]!, y = b[t]!;
    targets[t] = x > y ? (x0 <= y0 ? 1 : NaN) : x < y && x0 >= y0 ? 0 : NaN;
    x0 = x;
    y0 = y;
  }
  return { targets };
}

const folder = await Deno.makeTempDir();
/** A ledger that holds a thousand trials already; each sweep counts its own in a copy of it. */
const first = join(folder, "first.sqlite"), ledger = join(folder, "ledger.sqlite");
const bySweep = () => sweep({ fast: FAST, slow: SLOW }, crossings, { ...terms, ledger });
sweep({ fast: FAST, slow: SLOW }, () => ({ targets: targets.fill(0) }), { ...terms, ledger: first });
await Deno.copyFile(first, ledger);

let farthest = 0;
bySweep().rows.forEach(({ values, sharpe, maxDrawdown, totalReturn, entries }) => {
  const bare = bareLoop(values);
  const apart = [
    sharpe - bare.sharpe,
    maxDrawdown - bare.maxDrawdown,
    (1 + totalReturn) * 10_000 / bare.final - 1,
    entries - bare.entries,
  ];
  farthest = Math.max(farthest, ...apart.map(Math.abs));
  if (farthest <= TOLERANCE) return;
  throw new Error(
    `Cannot compare times as both must come to the same: at ${
      JSON.stringify(values)
    } Sharpe ratio, drawdown, ` +
      `equity and entries differ by ${apart.join(", ")}`,
  );
});

const sheet = accountSheet(terms);
const ways = {
  "bare loop": () => void pairs.forEach(bareLoop),
  "sweep": () => void bySweep(),
  "of it its signals": () => void pairs.forEach(crossings),
  "signals and accounts": () => void pairs.forEach((pair) => sheet.run(crossings(pair))),
};

/** CPU time of this process so far, user and system, ms: what else the machine does is not in it. */
function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Least CPU time of each way, ms; they take turns. */
const least = new Map<string, number>();
for (let repeat = 0; repeat < REPEATS; repeat++) {
  await Deno.copyFile(first, ledger);
  for (const [name, work] of Object.entries(ways)) {
    const start = cpuTime();
    work();
    least.set(name, Math.min(least.get(name) ?? Infinity, cpuTime() - start));
  }
}
await Deno.remove(folder, { recursive: true });
console.log(
  `${pairs.length} pairs on ${close.length} rows, ms of CPU: ${
    [...least].map(([name, ms]) => `${name} ${ms.toFixed(1)}`).join(", ")
  }`,
);
console.log(
  `ratio ${(least.get("sweep")! / least.get("bare loop")!).toFixed(2)}, reach 3, aim 1.5; ` +
    `all agree to ${farthest.toExponential(1)}`,
);
