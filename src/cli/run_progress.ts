import type { EarlyResult } from "../experiments/jobs/job.ts";
import { createOutlook, type JobCost } from "../experiments/outlook.ts";
import { STRATEGIES, type StrategyName } from "../experiments/strategies.ts";
import { decimal, signedPercent } from "../figures/format.ts";
import type { ProgressView } from "./progress.ts";

/** Shows how far a run of several seeds is: its jobs, the whole with the time left, and results as they come. */
export function createRunProgress(
  view: ProgressView,
  costs: ReadonlyMap<string, JobCost>,
  sharedBySeeds: (job: string) => boolean,
  seeds: readonly number[],
  workers: number,
  now: () => number,
) {
  const begun = now(), keyOf = (seed: number, job: string) => `${sharedBySeeds(job) ? "all" : seed} ${job}`;
  const jobs = new Map(
    seeds.flatMap((seed) => [...costs].map(([job, cost]) => [keyOf(seed, job), cost] as const)),
  );
  const outlook = createOutlook(jobs, workers);
  const prefix = (seed: number) => seeds.length > 1 ? `seed ${seed} ` : "";
  view.whole(0, null);

  function progress(seed: number, job: string, done: number, total: number): void {
    view.update(`${prefix(seed)}${job}`, done, total);
    const seconds = (now() - begun) / 1000;
    outlook.update(keyOf(seed, job), done, total, seconds);
    view.whole(outlook.share(), outlook.left(seconds));
  }

  return {
    progress,
    early: (seed: number, early: EarlyResult) => view.log(`${prefix(seed)}${earlyText(early)}`),
  };
}

/** One early result as a line. */
export function earlyText({ strategy, totalReturn, sharpe, after }: EarlyResult): string {
  const { label } = STRATEGIES[strategy as StrategyName];
  const gained = signedPercent(totalReturn);
  if (after) return `${label} after ${after[0]} of ${after[1]} iterations: ${gained}`;
  return `${label}: ${gained}${sharpe === null ? "" : `, Sharpe ratio ${decimal(sharpe)}`}`;
}
