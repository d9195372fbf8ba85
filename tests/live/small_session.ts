import type { PopulationRunConfig } from "popagent/experiments/config.ts";
import { DECLARED_GUARDS } from "popagent/live/guards.ts";
import { memoryJournal } from "popagent/live/memory_journal.ts";
import { type ReplayParts, type ReplaySession, replaySession } from "popagent/live/replay_session.ts";
import type { Journal } from "popagent/live/journal.ts";
import type { Panel } from "popagent/market/panel.ts";
import { syntheticMarket } from "popagent/market/synthetic/synthetic_market.ts";
import { populationConfig } from "../run_config.ts";

/** Decisions at rows 419, 437, 455 ...; three agents per role. */
export function sessionConfig(
  deploy: "champion" | "committee" | "mirrored" = "champion",
): PopulationRunConfig {
  return populationConfig({
    seed: 3,
    clock: { firstDecision: 419, stepRows: 18 },
    population: {
      size: 3,
      transferEvery: 1,
      transferTau: .4,
      committeeShare: 5 / 81,
      credit: "shapley",
      creditMemory: 0,
      deploy,
    },
  });
}

export const HISTORY = 420;
export const ITERATIONS = 10;
export const market: Panel = syntheticMarket({ mode: "planted", ic: 0.1, seed: 4, rows: 480 }).panel;
export const MEMO = 256 * 2 ** 20;

/** A session on the simulated exchange, taken up at its journal's point or begun at `HISTORY`. */
export function smallSession(
  given: Partial<ReplayParts> = {},
): ReplaySession & { readonly journal: Journal } {
  const journal = given.journal ?? memoryJournal();
  const session = replaySession({
    id: "t",
    config: sessionConfig(),
    panel: market,
    history: HISTORY,
    until: market.rows,
    iterations: ITERATIONS,
    memoBytes: MEMO,
    exchange: null,
    limits: DECLARED_GUARDS,
    ...given,
    journal,
  });
  return { ...session, journal };
}
