import type { RunResult, StrategyResult } from "../experiments/result.ts";

/** The strategy that a run is about. @throws {RangeError} If the headline is none of its strategies. */
export function headlineStrategy(result: RunResult): StrategyResult {
  const strategy = result.strategies.find((entry) => entry.name === result.headline);
  if (!strategy) {
    throw new RangeError(
      `Cannot describe a run as its headline must be one of its strategies: current value is ${result.headline}`,
    );
  }
  return strategy;
}
