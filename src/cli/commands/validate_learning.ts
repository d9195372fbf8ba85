/** popagent validate learning: does the population mean stay where it is when nothing can be learned? */
import { createJobPool, type JobPool } from "../../adapters/workers/job_pool.ts";
import { type PopulationRunConfig, populationRunConfig } from "../../experiments/config.ts";
import {
  controlSchema,
  emptyControl,
  type LearningControl,
  LEARNS_BY,
  runControlMarket,
} from "../../experiments/learning_control.ts";
import { BARS_PER_YEAR } from "../../core/universe.ts";
import { settingsOf } from "../config_options.ts";
import { onInterrupt } from "../interrupt.ts";
import { keepProof, keptProof } from "../kept_markets.ts";
import { tell } from "../print.ts";
import { createProgressView } from "../progress.ts";

/** Settings under which everything is gross: funding stays. */
export const GROSS: readonly string[] = ["takerFee", "makerFee", "impact", "spread"].map((key) =>
  `costs.${key}=0`
);

/** Bytes of series for a worker that runs a population twice, the second on the series of the first. */
const MEMO_BYTES = 6 * 128 * 2 ** 20;
/** Rows of a long market before its scored ones: the first year. */
const HISTORY_ROWS = BARS_PER_YEAR;

/** What the control is asked for. */
export interface ControlRequest {
  readonly marketSeeds: readonly number[];
  readonly rows: number;
  readonly workers: number;
  /** The file that holds the markets. */
  readonly out: string;
  /** Further settings, as of --set. */
  readonly set: readonly string[];
}

/** Runs the control with its progress shown. */
export async function runLearningControl(
  { marketSeeds, rows, workers, out, set }: ControlRequest,
): Promise<LearningControl> {
  const settings = await settingsOf({ synthetic: "null", set: [...GROSS, ...LEARNS_BY, ...set] }, [
    ["market.rows", rows, "--rows"],
    ["clock.reportFrom", rows >= 4 * BARS_PER_YEAR ? HISTORY_ROWS : undefined, "--rows"],
  ], { learns: true });
  const progress = createProgressView(false);
  const pool = createJobPool({ workers, memoBytes: MEMO_BYTES * Math.max(1, rows / 4380) });
  const restore = onInterrupt(() => {
    progress.stop();
    pool.close();
    tell("\nStopped. Markets that were done are kept; the same command goes on with the others.");
  });
  progress.update("markets", 0, marketSeeds.length);
  const config = populationRunConfig(settings);
  return await validateLearning(config, marketSeeds, out, pool, (line, count) => {
    progress.log(line);
    progress.update("markets", count, marketSeeds.length);
  }).finally(() => {
    restore();
    progress.stop();
    pool.close();
  });
}

/**
 * Runs the markets that the file does not hold yet, one by one; each is in the file as soon as it is done, so that
 * an interrupted control goes on where it stood.
 *
 * @throws {UserError} If the file holds markets of another configuration.
 */
export async function validateLearning(
  config: PopulationRunConfig,
  marketSeeds: readonly number[],
  out: string,
  pool: JobPool,
  onMarket: (line: string, done: number) => void,
): Promise<LearningControl> {
  const madeBy = ({ configHash }: LearningControl) => configHash;
  let control = await keptProof(out, controlSchema, emptyControl(config), madeBy);
  for (const [i, seed] of marketSeeds.entries()) {
    if (!control.markets.some(({ marketSeed }) => marketSeed === seed)) {
      const markets = [...control.markets, await runControlMarket(config, seed, pool)];
      control = { ...control, markets: markets.sort((a, b) => a.marketSeed - b.marketSeed) };
      await keepProof(out, control);
    }
    const { learning, none } = control.markets.find(({ marketSeed }) => marketSeed === seed)!;
    const differences = (["outOfSample", "inSample"] as const).map((measure) =>
      (learning[measure] - none[measure]).toFixed(3)
    );
    onMarket(`market ${seed}: learning minus none ${differences.join(" out of sample, ")} in sample`, i + 1);
  }
  return control;
}
