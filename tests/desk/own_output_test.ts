/** What a method of one's own gives is held to the rules of its pool, where it is called; the house's follow them. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { guardedMethod } from "popagent/adapters/extensions/guarded_method.ts";
import { loadExtensions } from "popagent/adapters/extensions/load_extensions.ts";
import { loadMarket } from "popagent/desk/market.ts";
import { VARIANTS } from "popagent/agents/catalogue.ts";
import {
  declareColumn,
  declareFigure,
  declareMethod,
  declareStrategy,
  declareVariant,
} from "popagent/desk/declare_parts.ts";
import { stages, team } from "popagent/desk/agents.ts";
import { column } from "popagent/desk/columns.ts";
import type { Method } from "popagent/inventory/method.ts";
import { type PoolName, POOLS } from "popagent/inventory/pools.ts";
import { syntheticMarket } from "popagent/market/synthetic/synthetic_market.ts";
import { PROBES } from "popagent/experiments/leakage/method_inputs.ts";
import { inProject } from "./in_project.ts";

const { panel } = syntheticMarket({ seed: 3, rows: 480, mode: "planted", ic: 0.1, coins: ["BTC", "ETH"] });
const inputs = new Map<PoolName, unknown>();

/** What a pool's methods are asked. */
function inputOf(pool: PoolName): unknown {
  if (!inputs.has(pool)) inputs.set(pool, PROBES[pool].input(panel, Object.keys(POOLS[pool])[0]!));
  return inputs.get(pool);
}

type Loose = Method<unknown, unknown>;
const guarded = (pool: PoolName, method: Loose) =>
  guardedMethod(pool, "mine", method as never, "mine.ts, default.methods") as unknown as Loose;

for (const pool of Object.keys(POOLS) as PoolName[]) {
  Deno.test(`the house's own methods of ${pool} follow the rules that a guard holds others to`, () => {
    for (const method of Object.values(POOLS[pool]) as Loose[]) {
      const one = guarded(pool, method), whole = one.run(inputOf(pool), method.start);
      if (one.resume) one.resume(whole, inputOf(pool), method.start);
    }
  });
}

/** A method that gives what the pool's first one does, spoilt. */
function spoilt(pool: PoolName, spoil: (output: never) => unknown): () => unknown {
  const [method] = Object.values(POOLS[pool]) as Loose[];
  const one = guarded(pool, { ...method!, run: (input, genes) => spoil(method!.run(input, genes) as never) });
  return () => one.run(inputOf(pool), method!.start);
}

const at = (index: number, value: number) => (values: Float64Array) => values.with(index, value);
/** Spoils one series of a forecast of the second coin over the first horizon. */
const forecast =
  (name: "mean" | "sd" | "pUp" | "quantiles", spoil: (values: Float64Array) => unknown) =>
  (given: { readonly coins: readonly Record<string, readonly Float64Array[]>[] }) => ({
    ...given,
    coins: given.coins.map((one, coin) =>
      coin === 1 ? { ...one, [name]: one[name]!.with(0, spoil(one[name]![0]!) as never) } : one
    ),
  });
const plan = (offset: number, value: number) => (given: { readonly values: Float64Array }) => ({
  ...given,
  values: given.values.map((x, i) =>
    i === (460 * 2 + 1) * 8 + offset ? value : i === (460 * 2 + 1) * 8 ? 1 : x
  ),
});

/** [pool, what is wrong, how, what is said of it]. */
const FAULTS: readonly (readonly [PoolName, string, (output: never) => unknown, RegExp])[] = [
  [
    "analyst.features",
    "NaN",
    at(7, NaN),
    /a reading must be a number in \[-3, 3\]: at row 7 \(opens .* UTC\) of ETH it is NaN/,
  ],
  ["analyst.features", "Infinity", at(9, Infinity), /at row 9 .* of ETH it is Infinity/],
  ["analyst.features", "out of range", at(9, 3.5), /at row 9 .* of ETH it is 3.5/],
  [
    "analyst.features",
    "a wrong length",
    (x: Float64Array) => x.slice(1),
    /must have 480 values.*of ETH it has 479/,
  ],
  [
    "analyst.features",
    "a plain list",
    (x: Float64Array) => [...x],
    /must be a Float64Array: of ETH it is a Array/,
  ],
  ["analyst.features", "nothing", () => undefined, /must be a Float64Array: of ETH it is undefined/],
  [
    "analyst.trends",
    "a negative share",
    at(3, -0.1),
    /share in the trend must be in \[0, 1\]: at row 1 .*it is -0.1/,
  ],
  [
    "analyst.volatility",
    "a sd of 0",
    at(5, 0),
    /the sd of a bar must be a number above 0: at row 5 .* of ETH it is 0/,
  ],
  [
    "analyst.regimes",
    "probabilities that do not sum to 1",
    at(31, 0),
    /must sum to 1: at row 10 .* of ETH they sum to/,
  ],
  [
    "researcher.forecasting",
    "Infinity",
    forecast("mean", at(4, Infinity)),
    /the mean over 1 bars must be a finite number: at row 4 of coin 1 .*it is Infinity/,
  ],
  [
    "researcher.forecasting",
    "a sd of 0",
    forecast("sd", at(4, 0)),
    /the sd over 1 bars must be a number above 0/,
  ],
  [
    "researcher.forecasting",
    "a probability of 1.2",
    forecast("pUp", at(4, 1.2)),
    /probability of a rise over 1 bars must be in \[0, 1\]/,
  ],
  [
    "researcher.forecasting",
    "falling quantiles",
    forecast("quantiles", at(3, 9)),
    /quantiles over 1 bars must not fall from level to level: at row 1/,
  ],
  [
    "researcher.forecasting",
    "a coin too few",
    (x: { coins: [] }) => ({ ...x, coins: x.coins.slice(1) }),
    /must have 2 coins: it has 1/,
  ],
  [
    "researcher.forecasting",
    "other horizons",
    (x: object) => ({ ...x, horizons: [1, 2, 3] }),
    /horizons must be 1, 3, 6: they are 1,2,3/,
  ],
  [
    "researcher.calibration",
    "NaN",
    (x: { sd: Float64Array }) => ({ ...x, sd: x.sd.with(2, NaN) }),
    /the sd of a shape must be a number above 0: at row 84/, // where the third stretch begins
  ],
  [
    "researcher.uncertainty",
    "no draws",
    (x: object) => ({ ...x, draws: 0 }),
    /draws must be an integer >= 1/,
  ],
  ["trader.views", "NaN", at(2, NaN), /an expected return must be a finite number: at row 2/],
  [
    "trader.stances",
    "a size of 0",
    (x: { size: Float64Array }) => ({ ...x, size: x.size.with(2, 0) }),
    /size must be in \(0, 1\]: at row 2/,
  ],
  [
    "trader.styles",
    "a leverage of Infinity",
    plan(1, Infinity),
    /a plan's leverage must be a number >= 1: at row 460 of ETH it is Infinity/,
  ],
  [
    "trader.styles",
    "a conviction of 2",
    plan(0, 2),
    /a plan's conviction must be in \[-1, 1\]: at row 460 of ETH it is 2/,
  ],
  [
    "trader.styles",
    "no end",
    (x: object) => ({ ...x, end: undefined }),
    /end, what is carried .* must be a list of numbers: it is undefined/,
  ],
  [
    "risk.checks",
    "a share of 0",
    (x: { share: Float64Array }) => ({ ...x, share: x.share.with(6, 0) }),
    /share of the leverage limit must be in \(0, 1\]: at row 6/,
  ],
];

for (const [pool, what, spoil, says] of FAULTS) {
  Deno.test(`${pool}: ${what} is blamed on the method of one's own`, () => {
    assert.throws(spoilt(pool, spoil), (error: Error) => {
      assert.match(
        error.message,
        /^Cannot use what the method mine of \S+ \(mine\.ts, default\.methods\) gives as /,
      );
      assert.match(error.message, says);
      return true;
    });
  });
}

Deno.test("a sampler's draws are looked at as they are drawn", () => {
  const [method] = Object.values(POOLS["researcher.uncertainty"]) as Loose[];
  const own = { draws: 3, sums: (...args: unknown[]) => (args[4] as Float64Array).set([1, 0, 2]) };
  const { sums, draws } = guarded("researcher.uncertainty", { ...method!, run: () => own })
    .run(inputOf("researcher.uncertainty"), {}) as typeof own;
  assert.throws(
    () => sums(0, 12, 0, 0, new Float64Array(draws)),
    /none below the one before: at row 12 0 follows 1/,
  );
});

Deno.test("a method from a file that gives Infinity is told by file, export, row, coin and rule; so is an indicator", () =>
  inProject(async (home) => {
    const path = join(home, "wild.ts");
    await Deno.writeTextFile(
      path,
      `import { POOLS, VARIANTS } from "popagent/mod.ts";
const { rsi } = POOLS["analyst.features"], [technical] = VARIANTS.analyst;
export default {
  methods: { "analyst.features": { wild: { ...rsi, summary: "Wild", run: (input) => rsi.run(input, {}).with(500, Infinity) } } },
  variants: [{ ...technical, name: "wilding", summary: "Wild", start: { ...technical.start, wildWeight: 1 },
    identity: { ...technical.identity, readings: ["wild"] } }],
  indicators: { wildColumn: { summary: "Wild", params: [], defaults: [], warmUp: () => 0, compute: (bars) => bars.close.map(() => -Infinity) } },
};
`.replace(
        "...technical.start, wildWeight: 1",
        "shortLookback: 14, middleLookback: 30, longLookback: 60, trendSensitivity: 0.6, regimeThreshold: 0.5, wildWeight: 1",
      ),
    );
    await loadExtensions([path]);
    const market = await loadMarket({ synthetic: { seed: 5, rows: 1000 }, coins: ["BTC", "ETH"] });
    assert.throws(
      () => stages(market, team({ analyst: "wilding" as "technical" })),
      /wild of analyst\.features \(.*wild\.ts, default\.methods\["analyst\.features"\]\.wild\) gives as a reading must .*: at row 500 \(opens .* UTC\) of BTC it is Infinity/,
    );
    assert.throws(
      () => column(market, "BTC", "wildColumn" as "rsi"),
      /indicator wildColumn \(.*wild\.ts, default\.indicators\.wildColumn\).*at row 0 of BTC it is -Infinity/,
    );
  }));

Deno.test("a method that is declared in a cell is held to the rules too; the same one again changes nothing", () => {
  const [rsi] = Object.values(POOLS["analyst.features"]);
  const mine = { ...rsi!, run: () => new Float64Array(3) };
  declareMethod("analyst.features", "celled", mine);
  declareMethod("analyst.features", "celled", mine);
  const { run } = POOLS["analyst.features"].celled!;
  assert.throws(
    () => run(inputOf("analyst.features") as never, {}),
    /celled of analyst\.features \(declareMethod\).*480/,
  );
  const pool = "analyst.feature" as "analyst.features";
  assert.throws(
    () => declareMethod(pool, "celled", mine),
    /its pool must be one of .*Did you mean analyst\.features/,
  );
  assert.throws(() => declareMethod("analyst.features", "celled", { ...mine }), /its name must be new/);
});

// Each of these was taken as it was once, and told, if at all, by a TypeError where it was first used.
Deno.test("what else is declared in a cell is held to the rules too", async () => {
  assert.throws(
    () => declareMethod("analyst.features", "empty", {} as never),
    /declareMethod analyst\.features empty.*run: must be a function: it is missing/,
  );
  const [technical] = VARIANTS.analyst;
  assert.throws(
    () => declareVariant({ ...technical!, name: "odd", start: { ...technical!.start, longLookbak: 3 } }),
    /variant odd \(analyst\), start\.longLookbak: no such gene\. Did you mean longLookback\?/,
  );
  assert.throws(
    () => declareVariant({ ...technical!, name: "odd", start: { ...technical!.start, longLookback: 1e6 } }),
    /start\.longLookback: must be a number in 3\.\.240: it is 1000000/,
  );
  assert.throws(
    () => declareVariant({ ...technical!, name: "odd", role: "broker" } as never),
    /declareVariant.*role.*must be one of analyst/,
  );
  assert.throws(() => declareColumn("empty", {} as never), /declareColumn\.indicators\.empty\.params: must/);
  assert.throws(
    () => declareStrategy("empty", {} as never),
    /declareStrategy\.strategies\.empty\.label: must/,
  );
  assert.throws(
    () => declareFigure("empty", 3 as never),
    /declareFigure\.figures\.empty: must be a function/,
  );
  const market = await loadMarket({ synthetic: { seed: 5, rows: 1000 }, coins: ["BTC"] });
  const short = {
    summary: "Two values",
    params: [],
    defaults: [],
    warmUp: () => 0,
    compute: () => Float64Array.of(1, 2),
  };
  declareColumn("celledColumn", short);
  declareColumn("celledColumn", short);
  assert.throws(
    () => column(market, "BTC", "celledColumn" as "rsi"),
    /indicator celledColumn \(declareColumn\).*1000/,
  );
});
