/** A strategy of a run beside every other one: paired differences, corrected for how many there are. */
import { holm } from "../stats/multiple_testing.ts";
import { MIRRORED_STRATEGIES } from "./jobs/mirrored.ts";
import { compareSharpe, type SharpeComparison } from "./comparison.ts";
import type { RunResult, RunSeries, StrategyResult } from "./result.ts";

/** One baseline. */
export interface Baseline {
  /** What it is and what it came to. */
  readonly strategy: StrategyResult;
  /** The strategy that is looked at less this one; without an estimate where the two cannot be compared. */
  readonly comparison: SharpeComparison;
  /** p corrected by Holm over all that are tested; null for oracles, which nobody could trade, and without an estimate. */
  readonly holmP: number | null;
}

/** Accounts of the population itself, other rules of its mirror among them. */
function isOwn({ name, kind }: StrategyResult): boolean {
  return kind === "population" || Object.hasOwn(MIRRORED_STRATEGIES, name);
}

/** A strategy and its baselines. */
export interface Baselines {
  /** The strategy that is looked at. */
  readonly strategy: StrategyResult;
  /** Every other strategy of its run that has an account. */
  readonly baselines: readonly Baseline[];
}

/**
 * Compares a strategy, the headline unless named, with every learner, reference and oracle of its run that has an account.
 *
 * @throws {RangeError} If the run has no such strategy with an account.
 */
export function compareBaselines(
  result: RunResult,
  series: RunSeries,
  name: string = result.headline,
): Baselines {
  const strategy = result.strategies.find((one) => one.name === name);
  if (strategy === undefined || series.equity[name] === undefined) {
    const known = result.strategies.filter((one) => series.equity[one.name]).map((one) => one.name).join(
      ", ",
    );
    throw new RangeError(
      `Cannot compare baselines as the strategy must be one of ${known}: current value is ${name}`,
    );
  }
  const others = result.strategies.filter((one) =>
    one.name !== name && !isOwn(one) && series.equity[one.name] !== undefined
  );
  const compared = others.map((one) => ({
    strategy: one,
    comparison: compareSharpe(result, series, name, one.name),
  }));
  const tested = compared.filter(({ strategy: { kind }, comparison: { estimate } }) =>
    kind !== "oracle" && estimate
  );
  const corrected = holm(tested.map(({ comparison }) => comparison.estimate!.p));
  return {
    strategy,
    baselines: compared.map((one) => {
      const at = tested.indexOf(one);
      return { ...one, holmP: at < 0 ? null : corrected[at]! };
    }),
  };
}
