import { ROLES } from "popagent/genome/role.ts";
import type { Desk } from "popagent/agents/desk.ts";
import { canonicalJson } from "popagent/core/hash.ts";
import type { PopulationRunConfig } from "popagent/experiments/config.ts";
import { createDesk } from "popagent/experiments/market.ts";
import type { Panel } from "popagent/market/panel.ts";
import { syntheticMarket } from "popagent/market/synthetic/synthetic_market.ts";
import { iterationsIn, type PopulationConfig } from "popagent/population/config.ts";
import type { Members } from "popagent/population/members.ts";
import { type PopulationState, startState } from "popagent/population/state.ts";
import type { RunContext } from "popagent/population/decide.ts";
import { step, type StepResult } from "popagent/population/step.ts";
import { columnsOfBars } from "popagent/simulation/traded_bars.ts";
import { populationConfig } from "../run_config.ts";

/** A market with something to be learned, short enough that an iteration takes milliseconds. */
export const panel: Panel = syntheticMarket({ mode: "planted", ic: 0.1, seed: 1, rows: 640 }).panel;

/**
 * Settings of a small run: three agents per role, decisions at rows 419, 455 .. 599 and 635, credit by one
 * iteration alone, under which the champion changes within so few.
 */
export function smallConfig(population: Partial<PopulationConfig> = {}): PopulationRunConfig {
  return populationConfig({
    clock: { firstDecision: 419 },
    iterations: 7,
    population: {
      size: 3,
      transferEvery: 2,
      committeeShare: 5 / 81,
      credit: "shapley",
      creditMemory: 0,
      ...population,
    },
  });
}

/** A desk with `memoBytes` of shared series; what a series is does not depend on it. */
export function smallDesk(memoBytes = 256 * 2 ** 20): Desk {
  return createDesk(panel, smallConfig(), memoBytes);
}

/** The desk that tests share where they do not look at sharing itself. */
export const sharedDesk = smallDesk();

export function contextOf(
  population: Partial<PopulationConfig> = {},
  desk = sharedDesk,
  seed = 1,
): RunContext {
  const config = smallConfig(population);
  return {
    desk,
    config: config.population,
    clock: config.clock,
    seed,
    iterations: iterationsIn(desk.market.panel.rows, config.clock),
  };
}

export function startOf(context: RunContext): PopulationState {
  return startState(context.config, context.seed, context.desk.arena.coins, context.desk.startingEquity);
}

/** `count` iterations from a state on. */
export function steps(context: RunContext, count: number, from = startOf(context)): StepResult[] {
  const results: StepResult[] = [];
  let state = from;
  for (let i = 0; i < count; i++) {
    const result = step(state, context);
    results.push(result);
    state = result.state;
  }
  return results;
}

/** Everything a step leaves, as one text: equal texts mean equal bits (no number in it is NaN or -0). */
export function bytesOf(results: readonly StepResult[]): string {
  return results.map(({ state, event, bars, places }) =>
    canonicalJson({
      places: places.map((returns) => [...returns]),
      state,
      event,
      bars: Object.values(bars).map(columnsOfBars),
    })
  ).join("\n");
}

/** An event without its list of lessons: what two arms can share that teach differently. */
export function withoutLessons(results: readonly StepResult[]): StepResult[] {
  return results.map((result) => {
    return { ...result, event: { ...result.event, transfers: [] } };
  });
}

/** Agents that are nothing but a key such as "trader2": enough for what only tells pipelines apart. */
export function namedMembers(size: number): Members {
  const of = (role: string) => Array.from({ length: size }, (_, i) => ({ key: `${role}${i}` }));
  return Object.fromEntries(ROLES.map((role) => [role, of(role)])) as unknown as Members;
}
