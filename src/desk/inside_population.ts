/** A population one part of an iteration after another, to look inside: start, decide, trade, learn. */
import { withBarsFolder } from "../adapters/notebook/bars_folder.ts";
import { loadMarket as loadPanel } from "../adapters/bars/load_market.ts";
import { populationRunConfig } from "../experiments/config.ts";
import { createDesk } from "../experiments/market.ts";
import { planRun } from "../experiments/run_plan.ts";
import { byRole, type Role } from "../genome/role.ts";
import type { Team } from "../events/iteration.ts";
import { lastTradedRow } from "../population/config.ts";
import { decide, type Decision, type RunContext } from "../population/decide.ts";
import { type PopulationState, startState } from "../population/state.ts";
import { closeIteration, type StepResult } from "../population/step.ts";
import { trade, type Traded } from "../population/trade.ts";
import { configure, type SettingsRequest } from "./configuration.ts";
import type { Market } from "./market.ts";
import { requireMarket } from "./request_checks.ts";
import { inNotebookWords } from "./said_in_notebook.ts";

/** A population in hand. Its functions are pure: none changes what it is given, so a cell may be run again. */
export interface InsidePopulation {
  /** Iterations that the rows have room for. */
  readonly iterations: number;
  /** The state before the first iteration. */
  start(): PopulationState;
  /** Who trades the next window, from rows up to the decision's alone. @throws {RangeError} After the last iteration. */
  decide(state: PopulationState): Decision;
  /** The deployed accounts through the window after a decision. */
  trade(state: PopulationState, decision: Decision): Traded;
  /** What is learned from the rows up to the decision's: the next state, and the iteration's event. */
  learn(state: PopulationState, decision: Decision, traded: Traded): StepResult;
}

/** Bytes of shared series. */
const MEMO_BYTES = 192 * 2 ** 20;

/**
 * Opens a population, step by step equal to what `runPopulation` does with the same settings.
 *
 * @param settings Some settings, or the path of a YAML file of them.
 */
export async function openPopulation(
  settings: SettingsRequest | string,
  { market, extensions }: { readonly market?: Market; readonly extensions?: readonly string[] } = {},
): Promise<InsidePopulation> {
  if (market !== undefined) requireMarket(market);
  const config = populationRunConfig(await configure(settings, extensions));
  const panel = market?.panel ??
    await inNotebookWords(async () =>
      await loadPanel({ config: await withBarsFolder(config), opening: null, holdoutLog: "", now: 0 })
    );
  const plan = planRun(config, panel);
  const desk = createDesk(plan.panel, plan.config, MEMO_BYTES);
  const { population, clock, seed, startingEquity } = plan.config;
  const context: RunContext = { desk, config: population, clock, seed, iterations: plan.window.iterations };
  const lastRow = ({ row }: Decision) => lastTradedRow(row, clock, plan.panel.rows);
  return {
    iterations: plan.window.iterations,
    start: () => startState(population, seed, desk.arena.coins, startingEquity),
    decide: (state) => {
      requireRoom(state, context.iterations);
      return decide(state, context);
    },
    trade: (state, decision) =>
      trade(decision, state, context, { from: decision.row + 1, to: lastRow(decision) + 1 }),
    learn: (state, decision, traded) => closeIteration(state, decision, traded, lastRow(decision), context),
  };
}

/** Refuses a step past the last iteration. */
function requireRoom(state: PopulationState, iterations: number): void {
  if (typeof state !== "object" || state === null || !Number.isInteger(state.k)) {
    throw new RangeError(
      "Cannot decide as the state must be what start() or learn(...) gives: state, not all of it",
    );
  }
  if (state.k < iterations) return;
  throw new RangeError(
    `Cannot decide on iteration ${
      state.k + 1
    } as the rows end after iteration ${iterations}. Give more rows, or ` +
      "more iterations where the settings name them.",
  );
}

/** The names of a team's variants. */
export function teamNames({ members }: Decision, team: Team): Readonly<Record<Role, string>> {
  return byRole((role) => members[role][team[role]]!.variant.name);
}
