import assert from "node:assert/strict";
import type { PopulationRunConfig } from "popagent/experiments/config.ts";
import type { PopulationConfig } from "popagent/population/config.ts";
import { truncatePanel } from "popagent/market/panel.ts";
import type { IterationEvent } from "popagent/events/iteration.ts";
import { plantedPanel } from "popagent/experiments/leakage/planted_market.ts";
import { cuts, futures, type Trial } from "popagent/experiments/leakage/trials.ts";
import { type Outputs, probe, report } from "popagent/experiments/leakage/probe.ts";
import { populationOutputs } from "popagent/experiments/leakage/run_outputs.ts";
import { populationConfig } from "../run_config.ts";

// Decisions at rows 719, 755 .. 971, transfers at k = 3 and 6 (rows 827 and 935), the last traded row 1007.
const ITERATIONS = 8;
const panel = truncatePanel(plantedPanel(1200, 8), 1012); // what follows changes nothing and costs series
// Seeds 16 and 23 draw, between them, every variant of every role.

/** Clears a run, and makes sure that it did decide, trade, teach and mutate while it was watched. */
async function assertBlind(
  seed: number,
  population: Partial<PopulationConfig>,
  trials: readonly Trial[],
): Promise<void> {
  const config: PopulationRunConfig = populationConfig({
    seed,
    iterations: ITERATIONS,
    population: {
      size: 3,
      transferEvery: 3,
      committeeShare: 9 / 81,
      transferTau: 0.4,
      diversityTrigger: 1.05,
      ...population,
    },
  });
  let whole: Outputs | null = null;
  const verdict = await probe(panel, trials, async (world, t) => {
    const outputs = await populationOutputs(world, t, config, ITERATIONS);
    if (world === panel) whole = outputs;
    return outputs;
  });
  assert.equal(verdict.violations.length, 0, report(verdict));
  console.log(`${verdict.trials} worlds, ${verdict.compared} values compared`);
  assertAlive(whole!);
}

function assertAlive({ series, records = [] }: Outputs): void {
  const events = records.filter(({ name }) => name === "event").map(({ value }) => value as IterationEvent);
  assert.equal(events.length, ITERATIONS);
  for (const k of [3, 6]) {
    const { transfers, mutations } = events[k]!;
    assert.ok(transfers.length > 0 && mutations.length > 0, `iteration ${k} teaches and mutates`);
    const fitted = transfers.filter(({ operator }) => operator === "distillation");
    assert.ok(
      fitted.length === 0 || fitted.some(({ outputDistance: d }) => d![1] < d![0]),
      "a lesson is learned",
    );
  }
  assert.ok(
    new Set(events.map(({ champion }) => JSON.stringify(champion))).size > 1,
    "the champion changes",
  );
  for (const account of ["champion", "committee", "mirrored", "mirroredHedge"]) {
    const traded = series.find(({ name }) => name === `${account} tradedNotional`)!;
    assert.ok(traded.values.some((value) => value > 0), `${account} trades`);
  }
}

// 719: the first decision; 773: inside a window; 790, 791: the close before a decision and the decision; 827: a
// transfer; 828: funding settles at the row, 829: at the next; 935: the second transfer; 1007: the last traded row.
Deno.test("population, soft update: genomes, teams, orders and equity at or before t know no row after t", async () => {
  await assertBlind(16, { transfer: "softUpdate" }, [
    ...cuts(panel, [719, 755, 773, 790, 791, 827, 828, 829, 935, 1007]),
    ...futures(panel, [719], ["tenfold", "missing"]),
    ...futures(panel, [827], ["reversed", "otherCoin", "missing"]),
    ...futures(panel, [900], ["tenfold", "otherCoin"]),
    ...futures(panel, [935], ["tenfold", "missing"]),
  ]);
});

// The schedule of tau reads the number of iterations, which is declared; the rows are what may not be known.
Deno.test("population, distillation under a falling tau: the same", async () => {
  await assertBlind(
    23,
    { transfer: "distillation", tauSchedule: "linear", credit: "shapley", creditMemory: 0, score: "utility" },
    [
      ...cuts(panel, [827, 935, 950]),
      ...futures(panel, [827], ["missing", "reversed"]),
      ...futures(panel, [936], ["tenfold"]),
    ],
  );
});

Deno.test("population, tested lessons and mutants: what is kept and refused knows no row after t", async () => {
  await assertBlind(16, { transferTest: true, mutation: "tested", creditMemory: 0 }, [
    ...cuts(panel, [935]),
    ...futures(panel, [827], ["tenfold"]),
  ]);
});
