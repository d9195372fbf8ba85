import type { PopulationRunConfig } from "./config.ts";
import { marketOf } from "./market.ts";
import type { JobName } from "./jobs/registry.ts";
import type { Jobs } from "./ports/jobs.ts";
import { planRun } from "./run_plan.ts";
import { type MarketOutcome, marketOutcome, validationConfig } from "./validation.ts";

/** Markets under way at a time beyond the workers: enough to keep them busy, few enough to keep memory low. */
const AHEAD = 1;
/** The jobs that the thresholds speak of. */
const VALIDATED = ["references", "population"] as const satisfies readonly JobName[];

/** Markets to run. */
export interface ValidationRun {
  readonly config: PopulationRunConfig;
  readonly marketSeeds: readonly number[];
  /** Called with every market as it is done. */
  readonly onMarket: (outcome: MarketOutcome) => void;
}

/** Runs population and references on every market; outcomes come in the order of the seeds. */
export async function runValidation(
  { config, marketSeeds, onMarket }: ValidationRun,
  jobs: Jobs,
): Promise<MarketOutcome[]> {
  const outcomes: MarketOutcome[] = new Array(marketSeeds.length);
  let next = 0;
  const lane = async () => {
    while (next < marketSeeds.length) {
      const index = next++;
      outcomes[index] = await runMarket(config, marketSeeds[index]!, jobs);
      onMarket(outcomes[index]);
    }
  };
  await Promise.all(Array.from({ length: jobs.workers + AHEAD }, lane));
  return outcomes;
}

async function runMarket(
  config: PopulationRunConfig,
  marketSeed: number,
  jobs: Jobs,
): Promise<MarketOutcome> {
  const seeded = validationConfig(config, marketSeed);
  const { panel } = planRun(seeded, marketOf(seeded).panel);
  const request = { config: seeded, rowsHash: panel.hash, checkpoints: null, iterations: [], proposals: {} };
  const takeBack = jobs.offer(panel);
  try {
    const results = await Promise.all(VALIDATED.map((job) => jobs.run({ ...request, job }, () => {})));
    return marketOutcome(marketSeed, results);
  } finally {
    takeBack();
  }
}
