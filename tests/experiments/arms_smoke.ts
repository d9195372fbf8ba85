/** Every arm of the secondary ablations once on a tiny market: does it run, and does what it is about ever happen? */
import { readGridFile } from "popagent/adapters/config/grid_file.ts";
import { hashJson } from "popagent/core/hash.ts";
import { sumChanges } from "popagent/events/change_counts.ts";
import { manipulationCheck } from "popagent/experiments/evidence/manipulation.ts";
import type { GridArm } from "popagent/experiments/grid/grid.ts";
import { JOBS } from "popagent/experiments/jobs/registry.ts";
import { createDesk } from "popagent/experiments/market.ts";
import { outcomeOfJobs } from "popagent/experiments/population_run.ts";
import { planRun } from "popagent/experiments/run_plan.ts";
import { syntheticMarket } from "popagent/market/synthetic/synthetic_market.ts";
import { jobInput } from "./job_input.ts";

export const SECONDARY = new URL("../../configs/experiments/secondary.yaml", import.meta.url);

/** What an arm came to. */
export interface SmokedArm {
  readonly arm: string;
  readonly lessons: number;
  readonly mutants: number;
  /** Hash of the equity of all its accounts, bar by bar. */
  readonly equity: string;
  /** Why it may not be compared with `full`; null where it may. */
  readonly refusal: string | null;
}

/** Settings of the grid, made small: an earlier decision, three agents where five play and five where three do, lessons five times as often, scores that forget as fast as so few rows let them. */
function small({ config }: GridArm): GridArm["config"] {
  const { population } = config;
  return {
    ...config,
    references: false,
    iterations: 5,
    clock: { ...config.clock, firstDecision: 419 },
    population: {
      ...population,
      size: population.size === 5 ? 3 : population.size === 3 ? 5 : 9,
      transferEvery: Math.max(1, Math.round(population.transferEvery / 5)),
      scoreHalfLife: population.scoreHalfLife / 36,
      committeeShare: 5 / 81,
    },
  };
}

/** Runs every arm. */
export async function smokeArms(): Promise<SmokedArm[]> {
  const grid = await readGridFile(SECONDARY.pathname);
  const { arms } = grid.markets[0]!;
  const { panel } = syntheticMarket({ mode: "planted", ic: 0.06, seed: 741, rows: 640 });
  const runs: { arm: string; config: unknown; result: Awaited<ReturnType<typeof runArm>> }[] = [];
  for (const arm of arms) {
    const config = small(arm);
    runs.push({ arm: arm.name, config, result: await runArm(config, panel) });
  }
  const settings = Object.fromEntries(runs.map(({ arm, config }) => [arm, config])) as Record<string, never>;
  const cells = runs.map(({ arm, result: { measures, changes } }) => ({
    arm,
    market: "tiny",
    marketSeed: 741,
    seed: 741,
    measures,
    changes,
  }));
  return runs.map(({ arm, result: { equity, changes } }) => ({
    arm,
    lessons: changes.lessons,
    mutants: changes.mutants,
    equity,
    refusal: arm === "full" ? null : manipulationCheck(cells, settings, [arm, "full"], "tiny").refusal,
  }));
}

async function runArm(config: GridArm["config"], panel: Parameters<typeof planRun>[1]) {
  const plan = planRun(config, panel);
  const job = await JOBS.population.run(jobInput(createDesk(plan.panel, plan.config, 2 ** 27), plan.config));
  const { result, series } = outcomeOfJobs(plan, new Map([["population", job]]));
  const { transfers, mutations } = sumChanges(Object.values(result.changes!));
  return {
    measures: {
      populationMean: result.populationMean!,
      ...Object.fromEntries(result.strategies.map(({ name, metrics }) => [name, metrics.sharpe])),
    },
    changes: {
      lessons: transfers.taken,
      mutants: mutations.kept + mutations.untested,
      fired: mutations.fired,
    },
    equity: hashJson(
      Object.fromEntries(Object.entries(series.equity).map(([name, one]) => [name, [...one]])),
    ),
  };
}
