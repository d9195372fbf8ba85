/**
 * What sharing series across iterations saves: one cycle of ten iterations of the default population (a
 * transfer and the new genomes after it among them) on two synthetic years, once with one cache of 256 MB for
 * all of them, once with an empty cache of that size at every iteration. Both must leave the same bytes.
 * Run: deno run -A bench/iteration.bench.ts.
 */
import type { Desk } from "../src/agents/desk.ts";
import { hashJson } from "../src/core/hash.ts";
import { populationRunConfig, settingsSchema } from "../src/experiments/config.ts";
import { planRun } from "../src/experiments/run_plan.ts";
import { createDesk, marketOf } from "../src/experiments/market.ts";
import { type PopulationState, startState } from "../src/population/state.ts";
import type { RunContext } from "../src/population/decide.ts";
import { step, type StepResult } from "../src/population/step.ts";

const MEMO_BYTES = 256 * 2 ** 20;
/** The cycle: iterations 2 .. 11; lessons are given in 10 and count in 11. */
const FIRST = 2, LAST = 11;
/** Iterations that are made again with an empty cache: they are slow and alike, but for the one with lessons. */
const AGAIN = [3, 7, 10, 11];
const GOAL = 1 / 4;

const config = populationRunConfig(settingsSchema.parse({ market: { mode: "planted", ic: 0.1 } }));
const { panel, window: { iterations } } = planRun(config, marketOf(config).panel);

function freshDesk(): Desk {
  return createDesk(panel, config, MEMO_BYTES);
}

/** One iteration on a desk, with its wall time in seconds. */
function timedStep(
  state: PopulationState,
  desk: Desk,
): { readonly result: StepResult; readonly seconds: number } {
  const context: RunContext = {
    desk,
    config: config.population,
    clock: config.clock,
    seed: config.seed,
    iterations,
  };
  const start = performance.now();
  const result = step(state, context);
  return { result, seconds: (performance.now() - start) / 1000 };
}

/** Content address of everything an iteration leaves. */
function fingerprint({ state, event, bars }: StepResult): string {
  const columns = Object.values(bars).flatMap((account) =>
    Object.values(account).map((column) => [...column])
  );
  return hashJson({ state, event, columns });
}

const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
const shown = (seconds: number) => `${seconds.toFixed(2)} s`;

const shared = freshDesk();
let state = startState(config.population, config.seed, shared.arena.coins, config.startingEquity);
const before: PopulationState[] = [];
const cached: { readonly fingerprint: string; readonly seconds: number }[] = [];
for (let k = 0; k <= LAST; k++) {
  const { result, seconds } = timedStep(state, shared);
  before.push(state);
  cached.push({ fingerprint: fingerprint(result), seconds });
  state = result.state;
}
const uncached = AGAIN.map((k) => {
  const { result, seconds } = timedStep(before[k]!, freshDesk());
  if (fingerprint(result) !== cached[k]!.fingerprint) {
    throw new Error(`Cannot compare times as both ways must leave the same bytes: iteration ${k} differs`);
  }
  return seconds;
});

const cycle = cached.slice(FIRST, LAST + 1).map(({ seconds }) => seconds);
const ratio = mean(cycle) / mean(uncached);
const { hits, misses, evictions, bytes } = shared.market.memo.counts();
console.log(
  `iterations ${FIRST}..${LAST}, one cache: mean ${shown(mean(cycle))} (${cycle.map(shown).join(", ")})`,
);
console.log(
  `iterations ${AGAIN.join(", ")}, empty cache: mean ${shown(mean(uncached))} (${
    uncached.map(shown).join(", ")
  })`,
);
console.log(`ratio ${ratio.toFixed(2)} (goal ${GOAL}); same bytes in all ${AGAIN.length}`);
console.log(
  `shared series: ${hits} hits, ${misses} misses, ${evictions} evictions, ${
    (bytes / 2 ** 20).toFixed(0)
  } MB held`,
);
