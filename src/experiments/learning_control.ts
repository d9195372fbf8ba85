/**
 * The control of the population mean: on markets where nothing is to be found, learning must not raise it. Each
 * market is run twice, with learning as configured and with none, and the two are paired. What a mean over re-read
 * rows does on the same runs is the test's own control: it rises by selection alone, so a measure that did as well
 * would be no outcome.
 */
import * as z from "zod";
import { hashJson } from "../core/hash.ts";
import { BARS_PER_YEAR } from "../core/universe.ts";
import { type PairedTest, pairedTest } from "../stats/paired.ts";
import type { PopulationRunConfig } from "./config.ts";
import type { JobResult } from "./jobs/job_result.ts";
import { marketOf } from "./market.ts";
import { errorsOver, FEWEST_FOR_CONTROL } from "./market_bounds.ts";
import { populationMean } from "./population_mean.ts";
import type { Jobs } from "./ports/jobs.ts";
import { planRun } from "./run_plan.ts";
import type { ThresholdCheck } from "./validation.ts";

const armSchema = z.strictObject({
  outOfSample: z.number().describe("Population mean, annual Sharpe ratio"),
  inSample: z.number().describe(
    "Mean score of the drawn teams over the last third, as an annual Sharpe ratio",
  ),
});
type Arm = z.output<typeof armSchema>;

export const controlMarketSchema = z.strictObject({
  marketSeed: z.int(),
  learning: armSchema,
  none: armSchema,
});
/** One market: with learning as configured, and with none. */
export type ControlMarket = Readonly<z.output<typeof controlMarketSchema>>;

/** What is stored of a control. */
export const controlSchema = z.strictObject({
  config: z.record(z.string(), z.unknown()).describe("The configuration of every market, but for its seeds"),
  configHash: z.string().describe("Its hash: markets of another configuration are another control"),
  markets: z.array(controlMarketSchema).describe("In the order of their seeds"),
});
export type LearningControl = Readonly<z.output<typeof controlSchema>>;

/** The configuration of a market of the control: the run's seed follows the market's. */
export function controlConfig(config: PopulationRunConfig, marketSeed: number): PopulationRunConfig {
  return { ...config, seed: marketSeed, market: { ...config.market, seed: marketSeed }, references: false };
}

/** A control without markets yet. */
export function emptyControl(config: PopulationRunConfig): LearningControl {
  const { seed: _seed, market: { seed: _marketSeed, ...market }, ...rest } = controlConfig(config, 0);
  const plain = JSON.parse(JSON.stringify({ ...rest, market })) as Record<string, unknown>;
  return { config: plain, configHash: hashJson(plain), markets: [] };
}

/** Runs both populations on one market. On one worker they share their series. */
export async function runControlMarket(
  config: PopulationRunConfig,
  marketSeed: number,
  jobs: Jobs,
): Promise<ControlMarket> {
  const seeded = controlConfig(config, marketSeed);
  const { panel } = planRun(seeded, marketOf(seeded).panel);
  const request = { config: seeded, rowsHash: panel.hash, checkpoints: null, iterations: [], proposals: {} };
  const takeBack = jobs.offer(panel);
  try {
    const [none, learning] = await Promise.all(
      (["selectionOnly", "population"] as const).map((job) => jobs.run({ ...request, job }, () => {})),
    );
    return { marketSeed, learning: armOf(learning!), none: armOf(none!) };
  } finally {
    takeBack();
  }
}

function armOf({ population }: JobResult): Arm {
  const { places, inSample } = population!;
  return { outOfSample: populationMean(places), inSample: inSample! * Math.sqrt(BARS_PER_YEAR) };
}

/** Learning minus none over markets, in one measure. */
export function learningMinusNone(markets: readonly ControlMarket[], measure: keyof Arm): PairedTest {
  return pairedTest(markets.map(({ learning, none }) => learning[measure] - none[measure]));
}

/** Standard errors within which the difference must lie out of sample, and beyond which it must rise in sample: of 20 markets. */
const STATED = { errors: 2, of: 20 };

/** What must hold on at least two markets without an edge. */
export function controlChecks(markets: readonly ControlMarket[]): ThresholdCheck[] {
  const text = ({ mean, se }: PairedTest) => `${mean.toFixed(3)} (SE ${se.toFixed(3)})`;
  const outside = learningMinusNone(markets, "outOfSample");
  const inside = learningMinusNone(markets, "inSample");
  const errors = errorsOver(markets.length, STATED.errors, STATED.of), times = Number(errors.toFixed(2));
  return [
    {
      rule: `population mean out of sample: learning minus none within ${times} SE of 0`,
      measured: text(outside),
      holds: Math.abs(outside.mean) <= errors * outside.se,
    },
    {
      rule: `mean score in sample: learning minus none more than ${times} SE above 0 (the test's control)`,
      measured: text(inside),
      holds: markets.length < FEWEST_FOR_CONTROL ? null : inside.mean > errors * inside.se,
    },
  ];
}
