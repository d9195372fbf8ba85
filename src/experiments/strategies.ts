import { JOBS } from "./jobs/registry.ts";
import { PIPELINE_STRATEGIES } from "./pipeline_strategies.ts";
import { OWN_PASSIVE, type PassiveReference, setOwnPassive } from "./references/passive.ts";
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

const strategies: Record<string, StrategyDescription> = STRATEGIES;

/**
 * Adds a strategy of one's own that needs no agent: it is traded beside the other references and stands last in the
 * result table. The same one again changes nothing.
 *
 * @throws {RangeError} If there is another strategy of that name.
 */
export function declareStrategy(name: string, strategy: PassiveReference): void {
  if (OWN_PASSIVE[name] === strategy) return;
  if (Object.hasOwn(strategies, name)) {
    throw new RangeError(`Cannot declare a strategy as its name must be new: current value is ${name}`);
  }
  setOwnPassive(name, strategy);
  const { label, kind, note } = strategy;
  strategies[name] = { label, kind, note };
}

/** Takes a strategy of one's own back, so that another one may have its name. */
export function withdrawStrategy(name: string): void {
  setOwnPassive(name, null);
  delete strategies[name];
}
