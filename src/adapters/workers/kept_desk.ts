import type { Desk } from "../../agents/desk.ts";
import type { PopulationRunConfig } from "../../experiments/config.ts";
import { createDesk } from "../../experiments/market.ts";
import type { RunPlan } from "../../experiments/run_plan.ts";

/** What is kept under a key until another takes its place; what could not be made is not. */
export function keptByKey<Value>(): (key: string, make: () => Value | Promise<Value>) => Promise<Value> {
  let kept: { readonly key: string; readonly value: Value } | null = null;
  return async (key, make) => {
    if (kept?.key !== key) {
      kept = null; // first: two markets at once may be too much
      kept = { key, value: await make() };
    }
    return kept.value;
  };
}

const kept = keptByKey<Desk>();

/** The desk of a plan's market, with the series that earlier plans of the same market have left on it. */
export function keptDesk({ config, panel }: RunPlan<PopulationRunConfig>, memoBytes: number): Promise<Desk> {
  const { costs, coins, signals, clock, startingEquity, trading, account, extensions } = config;
  const { hash, instruments } = panel;
  const terms = [costs, coins, signals, clock, startingEquity, trading, account];
  const key = JSON.stringify([extensions, hash, instruments, ...terms]);
  return kept(key, () => createDesk(panel, config, memoBytes));
}
