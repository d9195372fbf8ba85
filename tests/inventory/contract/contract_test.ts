/** One contract for every method of every pool: causal, deterministic, warmed up, unmoved by what is missing. */
import assert from "node:assert/strict";
import type { GeneValues } from "popagent/genome/gene.ts";
import type { Method } from "popagent/inventory/method.ts";
import { type PoolName, POOLS } from "popagent/inventory/pools.ts";
import {
  type CoinBars,
  COLUMN_NAMES,
  createPanel,
  type Panel,
  truncatePanel,
} from "popagent/market/panel.ts";
import { syntheticMarket } from "popagent/market/synthetic/synthetic_market.ts";
import type { MarketView } from "popagent/features/market_view.ts";
import { standardisedMoves } from "popagent/inventory/analyst/features/standardised_walk.ts";
import { stickyStates } from "popagent/inventory/analyst/regimes/filtered_states.ts";
import { filterHmm } from "popagent/inventory/models/gaussian_hmm.ts";
import { decompose } from "popagent/inventory/models/stl.ts";
import { PROBES, type RowSeries } from "popagent/experiments/leakage/method_inputs.ts";

const ROWS = 640;
const panel = syntheticMarket({ seed: 3, rows: ROWS, mode: "planted", ic: 0.1, coins: ["BTC", "ETH", "SOL"] })
  .panel;

/** Methods whose output does not move with the market, by design. */
const STILL = new Set([
  "analyst.trends fixed",
  "analyst.trends selected", // one reading at a time: its shares are 0 and 1
  "trader.stances steady",
  "risk.checks fixed",
  "trader.sizing fixedFraction",
  "risk.checks exposureLimits", // the probe's plan stays within its limits; see measured_checks_test.ts
  "researcher.uncertainty blockBootstrap", // its draws move with the residuals it is given, not with the rows
  "researcher.uncertainty stationaryBootstrap",
  "researcher.uncertainty pastSums",
]);

type AnyMethod = Method<unknown, unknown>;

interface Entry {
  readonly pool: PoolName;
  readonly key: string;
  readonly method: AnyMethod;
}

const ENTRIES: readonly Entry[] = (Object.keys(POOLS) as PoolName[]).flatMap((pool) =>
  Object.entries(POOLS[pool]).map(([key, method]) => ({ pool, key, method: method as AnyMethod }))
);

/** A method's declared genes: its own starts. */
function genesFor({ method }: Entry): GeneValues {
  return method.start;
}

function inputFor({ pool, key }: Entry, rows: Panel): unknown {
  return (PROBES[pool].input as (panel: Panel, key: string) => unknown)(rows, key);
}

function seriesFor({ pool }: Entry, output: unknown): readonly RowSeries[] {
  return (PROBES[pool].series as (output: unknown) => readonly RowSeries[])(output);
}

function run(entry: Entry, rows: Panel): readonly RowSeries[] {
  return seriesFor(entry, entry.method.run(inputFor(entry, rows), genesFor(entry)));
}

/** The first row <= last at which two outputs differ in any bit, -1 if none does. */
function firstDifference(a: readonly RowSeries[], b: readonly RowSeries[], last: number): number {
  assert.equal(a.length, b.length);
  for (const [i, { values, width }] of a.entries()) {
    for (let at = 0; at < (last + 1) * width; at++) {
      if (!Object.is(values[at], b[i]!.values[at])) return Math.floor(at / width);
    }
  }
  return -1;
}

function changed(change: (name: string, coin: number, values: Float64Array) => Float64Array): Panel {
  const coins = panel.coins.map((bars, coin) => ({
    coin: bars.coin,
    ...Object.fromEntries(COLUMN_NAMES.map((name) => [name, change(name, coin, bars[name])])),
  } as CoinBars));
  return createPanel(coins, panel.openTime, panel.source);
}

const still = changed((name, coin, values) =>
  /open$|high$|low$|close$/i.test(name) ? values.map(() => 100 * (coin + 1)) : values.map(() => values[0]!)
);
const holed = changed((name, _, values) =>
  ["openInterest", "longRatio"].includes(name)
    ? values.map((value, t) => t % 7 === 0 || (t > 200 && t < 260) ? NaN : value)
    : values
);
const cuts = [359, 360, 419, 461, 462, 520, 603];

for (const entry of ENTRIES) {
  const { pool, key, method } = entry;
  const name = `${pool} ${key}`;
  const { bounds } = PROBES[pool];

  Deno.test(`${name}: equal inputs give equal bytes, within bounds at every row`, () => {
    const whole = run(entry, panel);
    assert.equal(firstDifference(whole, run(entry, panel), ROWS - 1), -1);
    for (const { name: what, values } of whole) {
      const wrong = values.findIndex((value) => !bounds(value));
      assert.equal(wrong, -1, `${what} is ${values[wrong]} at index ${wrong}`);
    }
  });

  Deno.test(`${name}: no row knows a later one`, () => {
    const whole = run(entry, panel);
    if (pool === "researcher.uncertainty") return; // it has no rows of its own; see its own test
    for (const rows of cuts) {
      const cut = run(entry, truncatePanel(panel, rows));
      assert.equal(firstDifference(cut, whole, rows - 1), -1, `cut to ${rows} rows`);
    }
  });

  Deno.test(`${name}: after its warm-up it moves, unless it is still by design`, () => {
    const moves = run(entry, panel).some(({ values, width }) => {
      const seen = new Set<number>();
      for (let at = method.warmUp * width; at < values.length; at++) seen.add(values[at]!);
      return seen.size > 2;
    });
    assert.equal(moves || STILL.has(name), true);
    assert.ok(Number.isInteger(method.warmUp) && method.warmUp >= 0 && method.warmUp <= 360);
    assert.ok(Number.isInteger(method.refitEvery) && method.refitEvery >= 1);
  });

  Deno.test(`${name}: prices that stand still, and missing open interest or long ratios, leave it within bounds`, () => {
    for (const rows of [still, holed]) {
      for (const { name: what, values } of run(entry, rows)) {
        const wrong = values.findIndex((value) => !bounds(value));
        assert.equal(wrong, -1, `${what} is ${values[wrong]} at index ${wrong}`);
      }
    }
  });

  Deno.test(`${name}: its genes and their starts belong together`, () => {
    assert.deepEqual(Object.keys(method.start).sort(), method.genes.map((gene) => gene.name).sort());
    for (const { name: gene, min, max } of method.genes) {
      assert.ok(method.start[gene]! >= min && method.start[gene]! <= max, gene);
    }
    assert.ok(method.summary.length > 10);
    const stated = pool.startsWith("analyst.") || pool.startsWith("researcher.");
    assert.ok(!stated || (method.source ?? "").match(/\(\d{4}\)/), "its source has a year");
  });

  if (method.resume) {
    Deno.test(`${name}: going on from the first rows gives the bytes of a run over all`, () => {
      const whole = method.run(inputFor(entry, panel), genesFor(entry));
      for (const rows of [1, ...cuts]) {
        let reached = method.run(inputFor(entry, truncatePanel(panel, rows)), genesFor(entry));
        for (const next of [rows, Math.min(rows + 1, ROWS), ROWS]) {
          reached = method.resume!(reached, inputFor(entry, truncatePanel(panel, next)), genesFor(entry));
        }
        assert.deepEqual(reached, whole, `from ${rows} rows`);
      }
    });
  }
}

Deno.test("a sampler reads no residual after the row it is asked at", () => {
  for (const [key, method] of Object.entries(POOLS["researcher.uncertainty"])) {
    const input = PROBES["researcher.uncertainty"].input(panel, key);
    const { draws, sums } = method.run(input, method.start);
    const residuals = [new Float64Array(200).map((_, t) => Math.cos(t * t))];
    const before = new Float64Array(draws), after = new Float64Array(draws);
    sums(residuals, 120, 60, 6, before);
    sums(residuals.map((series) => series.map((value, t) => t > 120 ? 1e9 : value)), 120, 60, 6, after);
    assert.deepEqual(after, before, key);
    assert.ok(before.every((value, i) => i === 0 || value >= before[i - 1]!), "ascending");
  }
});

Deno.test("the suite would see a method that knows the next row", () => {
  const honest = ENTRIES.find(({ key }) => key === "momentum")!;
  const cheat: Entry = {
    ...honest,
    method: {
      ...honest.method,
      run: (input, genes) =>
        (honest.method.run(input, genes) as Float64Array).map((_, t, all) => all[t + 1] ?? 0),
    },
  };
  const whole = run(cheat, panel), cut = run(cheat, truncatePanel(panel, 462));
  assert.equal(firstDifference(cut, whole, 461), 461);
});

/** Readings that famous names often stand for, each of which knows rows to come; the honest ones of the pool do not. */
const CHEATS: Readonly<Record<string, (z: Float64Array) => Float64Array>> = {
  "a smoothed hidden Markov model": (z) => {
    const start = stickyStates([0, 0], [.7, 1.5], 40), n = z.length, out = new Float64Array(n);
    const { filtered } = filterHmm(start, z), { filtered: back } = filterHmm(start, z.slice().reverse());
    for (let t = 0; t < n; t++) { // of a chain that is the same backwards: forward times backward
      const high = filtered[2 * t + 1]! * back[2 * (n - 1 - t) + 1]!;
      out[t] = high / (high + filtered[2 * t]! * back[2 * (n - 1 - t)]!);
    }
    return out;
  },
  "a two-sided STL": (z) => decompose(z, { period: 6, seasonal: "periodic", robust: false }).trend,
  "a z-score of the full sample": (z) => {
    const mean = z.reduce((sum, x) => sum + x / z.length, 0);
    const sd = Math.sqrt(z.reduce((sum, x) => sum + (x - mean) ** 2 / z.length, 0));
    return z.map((x) => (x - mean) / sd);
  },
};

for (const [name, read] of Object.entries(CHEATS)) {
  Deno.test(`the suite would see ${name}`, () => {
    const honest = ENTRIES.find(({ key }) => key === "momentum")!;
    const runOf = (input: unknown) => {
      const { market, coin } = input as { market: MarketView; coin: number };
      return read(standardisedMoves(market, coin));
    };
    const cheat: Entry = { ...honest, method: { ...honest.method, run: runOf } };
    const whole = run(cheat, panel), cut = run(cheat, truncatePanel(panel, 462));
    assert.ok(firstDifference(cut, whole, 461) >= 0);
  });
}
