/** Who decides in a history: a small population that learns on, as a session of the command does. */
import { arenaOf } from "../src/experiments/market.ts";
import { populationRunConfig, settingsSchema } from "../src/experiments/config.ts";
import { learnedFrom, populationMind } from "../src/live/mind.ts";
import { truncatePanel } from "../src/market/panel.ts";
import { syntheticMarket } from "../src/market/synthetic/synthetic_market.ts";
import { BARS, type Trader } from "./paper_script.ts";

const HISTORY = 420;

/** A population of three agents per role that decides anew every 18 rows, on a market with a planted signal. */
export function pipelined(seed: number): Trader {
  const config = populationRunConfig(settingsSchema.parse({
    seed,
    clock: { firstDecision: HISTORY - 1, stepRows: 18 },
    population: { size: 3, transferEvery: 1, committeeShare: 5 / 81, mirror: { rules: [] } },
  }));
  const { panel } = syntheticMarket({ mode: "planted", ic: 0.1, seed, rows: HISTORY + BARS + 2 });
  const parts = { config, iterations: 10, memoBytes: 128 * 2 ** 20 };
  return {
    panel,
    history: HISTORY,
    cash: config.startingEquity,
    arenaOf: (one) => arenaOf(one, config),
    population: learnedFrom({ ...parts, panel: truncatePanel(panel, HISTORY) }).state,
    mindAt: ({ row, population }) =>
      populationMind({ ...parts, panel: truncatePanel(panel, row + 1), state: population! }),
  };
}
