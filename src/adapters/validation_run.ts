import type { RunConfig } from "../experiments/config.ts";
import { marketOf } from "../experiments/market.ts";
import { type MarketOutcome, marketOutcome, validationConfig } from "../experiments/validation.ts";
import type { JobPool } from "./job_pool.ts";
import { rowsOfRun } from "./population_run.ts";
import { sharePanel } from "./shared_panel.ts";

/** Markets under way at a time beyond the pool's workers: enough to keep them busy, few enough to keep memory low. */
const AHEAD = 2;

/** Markets to run and how. */
export interface ValidationRun {
  readonly config: RunConfig;
  readonly marketSeeds: readonly number[];
  readonly pool: JobPool;
  readonly workers: number;
  readonly memoBytes: number;
  /** Called with every market as it is done. */
  readonly onMarket: (outcome: MarketOutcome) => void;
}

/** Runs population and references on every market; outcomes come in the order of the seeds. */
export async function runValidation(run: ValidationRun): Promise<MarketOutcome[]> {
  const outcomes: MarketOutcome[] = new Array(run.marketSeeds.length);
  let next = 0;
  const lane = async () => {
    while (next < run.marketSeeds.length) {
      const index = next++;
      outcomes[index] = await runMarket(run, run.marketSeeds[index]!);
      run.onMarket(outcomes[index]);
    }
  };
  await Promise.all(Array.from({ length: run.workers + AHEAD - 1 }, lane));
  return outcomes;
}

async function runMarket(
  { config, pool, memoBytes }: ValidationRun,
  marketSeed: number,
): Promise<MarketOutcome> {
  const seeded = validationConfig(config, marketSeed);
  const panel = sharePanel(rowsOfRun(marketOf(seeded).panel, seeded));
  const request = { config: seeded, panel, memoBytes, checkpoints: null, events: [] };
  const jobs = await Promise.all([
    pool.run({ ...request, job: "references" }, () => {}),
    pool.run({ ...request, job: "population" }, () => {}),
  ]);
  return marketOutcome(marketSeed, jobs);
}
