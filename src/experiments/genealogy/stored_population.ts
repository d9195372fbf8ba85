/** A stored population run opened again: its rows, its settings and its desk, all as they were. */
import type { Desk } from "../../agents/desk.ts";
import { formatTime } from "../../core/time.ts";
import { UserError } from "../../core/user_error.ts";
import { eventsOfType } from "../../events/event.ts";
import type { IterationEvent } from "../../events/iteration.ts";
import type { Panel } from "../../market/panel.ts";
import { chargesOf, withAnswers } from "../../population/thoughts.ts";
import type { Charges } from "../../simulation/trade_rows.ts";
import { currentSettingsSchema, type PopulationRunConfig, populationRunConfig } from "../config.ts";
import { type ExplainedRun, runMarket } from "../explain/explain_run.ts";
import { createDesk } from "../market.ts";
import { planRun, type RunPlan } from "../run_plan.ts";

/** A stored population that can be traded again. */
export interface StoredPopulation {
  /** As it is stored. */
  readonly run: ExplainedRun;
  /** Its settings and rows, resolved. */
  readonly plan: RunPlan<PopulationRunConfig>;
  /** The desk of its rows. */
  readonly desk: Desk;
  /** What happened, iteration by iteration; at least one. */
  readonly iterations: readonly IterationEvent[];
  /** What asking language models cost, by row. */
  readonly charges: Charges;
}

/**
 * Opens a stored population.
 *
 * @param market The market that the run's settings name, loaded anew.
 * @throws {UserError} If it is no population, has no iterations or had other rows.
 */
export function openStoredPopulation(
  run: ExplainedRun,
  market: Panel,
  memoBytes: number,
): StoredPopulation {
  const { result, events } = run;
  const iterations = eventsOfType(events, "iteration");
  if (result.command !== "population" || iterations.length === 0) {
    throw new UserError(
      `Cannot follow genes as the run must be a population with at least one iteration: it is a run of ${result.command} ` +
        `with ${iterations.length}`,
    );
  }
  runMarket(run, market);
  const plan = planRun(populationRunConfig(currentSettingsSchema().parse(result.config)), market);
  const thoughts = eventsOfType(events, "thought");
  const proposals = withAnswers({}, thoughts, plan.config.population.language.validRows);
  return {
    run,
    plan,
    desk: { ...createDesk(plan.panel, plan.config, memoBytes), proposals },
    iterations,
    charges: chargesOf(thoughts),
  };
}

/**
 * Refuses equity that does not come out as it is stored, bit for bit.
 *
 * @param rows How many reported rows must be the same, from the first on.
 * @throws {UserError} With the first bar at which it does not.
 */
export function requireAsStored(
  { run: { series } }: Pick<StoredPopulation, "run">,
  account: string,
  equity: Float64Array,
  rows: number,
): void {
  const stored = series.equity[account]!;
  for (let t = 0; t < rows; t++) {
    if (equity[t] === stored[t]) continue;
    throw new UserError(
      `Cannot follow this run as its account must come out as it is stored: at ${
        formatTime(series.openTime[t]!)
      } UTC the equity of ${account} is ${equity[t]} and was ${stored[t]}. ` +
        "The program has changed since: check out the commit that its provenance.json names.",
    );
  }
}
