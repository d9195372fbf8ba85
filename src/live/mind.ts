/** Who decides in a session: it is told each bar as it closes, and says what the account is to trade until the next. */
import type { Desk } from "../agents/desk.ts";
import type { RecordedEvent } from "../events/event.ts";
import type { PopulationRunConfig } from "../experiments/config.ts";
import { createDesk, growDesk } from "../experiments/market.ts";
import { ROLES } from "../genome/role.ts";
import { appendRows, type Panel } from "../market/panel.ts";
import { decide, type Decision, mandateFor, type RunContext } from "../population/decide.ts";
import { decisionRow } from "../population/config.ts";
import { type PopulationState, startState } from "../population/state.ts";
import { closeIteration, step } from "../population/step.ts";
import { trade } from "../population/trade.ts";
import type { Arena } from "../simulation/arena.ts";
import type { Mandate } from "../simulation/mandate.ts";

/** What an account trades at the open after a close. */
export interface Trades {
  readonly mandate: Mandate;
  /** True if another team trades from this open on. */
  readonly adopts: boolean;
  /** Iteration whose decision it is, and its champion by role. */
  readonly iteration: number;
  readonly team: readonly string[];
}

/** Who decides. */
export interface Mind {
  /** The bars so far, and as accounts walk through them. */
  panel(): Panel;
  arena(): Arena;
  /** Tells it the bar that has just closed. @returns What happened in learning. */
  close(newest: Panel): readonly RecordedEvent[];
  /** What is traded at the open after the newest bar; null before the first decision. */
  trades(): Trades | null;
  /** What a session must keep to go on: the population at the start of the iteration under way. */
  population(): PopulationState | null;
  /** The research account that the same decisions trade, as it stands at the newest close; worked out when asked. */
  research(): readonly number[];
}

/** What a population's mind is made of. */
export interface PopulationMindParts {
  readonly config: PopulationRunConfig;
  /** Iterations of the whole run, for schedules that end. */
  readonly iterations: number;
  /** Rows so far; they end where the session stands. */
  readonly panel: Panel;
  /** The population at the start of the iteration under way. */
  readonly state: PopulationState;
  /** Bytes of series that it may keep. */
  readonly memoBytes: number;
}

/**
 * A population that learns on: at every `stepRows`-th close it learns from the window that ends and decides who trades
 * the next, as a research run over the same rows does, to the byte. A mind made of a stored state and the rows
 * since goes on as if it had never stopped.
 */
export function populationMind({ config, iterations, panel, state, memoBytes }: PopulationMindParts): Mind {
  let desk: Desk = createDesk(panel, config, memoBytes);
  const context = (): RunContext => ({
    desk,
    config: config.population,
    clock: config.clock,
    seed: config.seed,
    iterations,
  });
  const account = config.population.deploy;
  const row = () => desk.market.panel.rows - 1;
  const due = () => decisionRow(population.k, config.clock);
  let population = state;
  let decision: Decision | null = row() < due() ? null : decide(population, context());
  let known: { readonly row: number; readonly trades: Trades } | null = null;
  const told = () => ({ ...context(), desk: { ...desk, proposals: population.proposals } });
  const tradedSince = (one: Decision) =>
    trade(one, population, context(), { from: one.row + 1, to: row() + 1 });

  return {
    panel: () => desk.market.panel,
    arena: () => desk.arena,
    close: (newest) => {
      desk = growDesk(desk, appendRows(desk.market.panel, newest), config);
      const events: RecordedEvent[] = [];
      if (decision !== null && row() === decision.row + config.clock.stepRows) {
        const closed = closeIteration(population, decision, tradedSince(decision), row(), context());
        population = closed.state;
        decision = null;
        events.push(...closed.thoughts, closed.event);
        if (closed.event.transfers.length + closed.event.mutations.length > 0) desk.market.memo.turn();
      }
      if (row() === due()) decision = decide(population, context());
      return events;
    },
    trades: () => {
      if (decision === null) return null;
      if (known?.row === row()) return known.trades;
      const { k, members, champion } = decision;
      const trades = {
        mandate: mandateFor(account, decision, told(), row(), row()),
        adopts: decision.adopts[account] === true && row() === decision.row,
        iteration: k,
        team: ROLES.map((role) => members[role][champion[role]]!.variant.name),
      };
      known = { row: row(), trades };
      return trades;
    },
    population: () => population,
    research: () =>
      (decision === null || row() === decision.row ? population : tradedSince(decision)).accounts[account]!,
  };
}

/** A population that has learned from all iterations that a history holds; the last, which goes on, is not ended. */
export function learnedFrom(
  parts: Omit<PopulationMindParts, "state">,
  onIteration: (k: number) => void = () => {},
): { readonly state: PopulationState; readonly events: readonly RecordedEvent[] } {
  const { config, iterations, panel, memoBytes } = parts;
  const { clock } = config;
  const desk = createDesk(panel, config, memoBytes);
  const context = { desk, config: config.population, clock, seed: config.seed, iterations };
  let state = startState(config.population, config.seed, desk.arena.coins, desk.startingEquity);
  const events: RecordedEvent[] = [];
  while (decisionRow(state.k + 1, clock) < panel.rows) {
    const { event, thoughts, state: next } = step(state, context);
    events.push(...thoughts, event);
    state = next;
    onIteration(event.k);
    if (event.transfers.length + event.mutations.length > 0) desk.market.memo.turn();
  }
  return { state, events };
}
