import { JOBS } from "./jobs/registry.ts";
import { PIPELINE_STRATEGIES } from "./pipeline_strategies.ts";
import type { StrategyDescription } from "./strategy.ts";

type Jobs = typeof JOBS;
export type StrategyName =
  | keyof typeof PIPELINE_STRATEGIES
  | { [Name in keyof Jobs]: keyof Jobs[Name]["strategies"] & string }[keyof Jobs];

/**
 * Every strategy that a run may report, in the order of the result table. Nothing here is picked after the fact
 * but the oracles.
 */
export const STRATEGIES = Object.assign(
  {},
  PIPELINE_STRATEGIES,
  ...Object.values(JOBS).map(({ strategies }) => strategies),
) as Readonly<Record<StrategyName, StrategyDescription>>;
