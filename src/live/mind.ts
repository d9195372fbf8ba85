/** Who decides in a session: it is told each bar as it closes, and says what the account is to trade until the next. */
import type { Desk } from "../agents/desk.ts";
import type { RecordedEvent } from "../events/event.ts";
import type { ThoughtEvent } from "../events/thought.ts";
import type { PopulationRunConfig } from "../experiments/config.ts";
import { isAskedAt } from "../experiments/language/asker.ts";
import { createDesk, growDesk } from "../experiments/market.ts";
import { ROLES } from "../genome/role.ts";
import { appendRows, type Panel } from "../market/panel.ts";
import { decide, type Decision, mandateFor, type RunContext } from "../population/decide.ts";
import { decisionRow } from "../population/config.ts";
import { type PopulationState, startState } from "../population/state.ts";
import { closeIteration, step } from "../population/step.ts";
import { withThoughts } from "../population/proposals.ts";
import { chargesOf, NOTHING_PREPARED, type Prepared } from "../population/thoughts.ts";
import { trade } from "../population/trade.ts";
import { withVerdicts } from "../population/verdicts.ts";
import type { Arena } from "../simulation/arena.ts";
import type { Mandate } from "../simulation/mandate.ts";
import type { Asking } from "./asking.ts";

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
  /** Tells it the bar that has just closed. @returns What happened in learning; a promise where language models are asked. */
  close(newest: Panel): readonly RecordedEvent[] | Promise<readonly RecordedEvent[]>;
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
  /** How language models are asked at a close; left out where nobody who plays asks any. */
  readonly ask?: Asking["now"] | null;
  /** What was asked in the iteration under way so far: what it cost is not in the state. */
  readonly heard?: readonly ThoughtEvent[];
}

/**
 * A population that learns on: at every `stepRows`-th close it learns from the window that ends and decides who trades
 * the next, as a research run over the same rows does, to the byte. A mind made of a stored state and the rows
 * since goes on as if it had never stopped.
 */
export function populationMind(
  { config, iterations, panel, state, memoBytes, ask = null, heard: before = [] }: PopulationMindParts,
): Mind {
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
  let heard = before.filter(({ k }) => k === state.k);
  const told = () => ({ ...context(), desk: { ...desk, proposals: population.proposals } });
  const tradedSince = (one: Decision) =>
    trade(one, population, context(), { from: one.row + 1, to: row() + 1 }, chargesOf(heard));
  const judged = (thoughts: readonly ThoughtEvent[]) =>
    withVerdicts(thoughts, decision!, population, context(), chargesOf(heard));

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
        heard = [];
        events.push(...closed.thoughts, closed.event);
        if (closed.event.transfers.length + closed.event.mutations.length > 0) desk.market.memo.turn();
      }
      const goOn = (thoughts: readonly ThoughtEvent[]) => {
        population = withThoughts(population, thoughts, context());
        heard = [...heard, ...thoughts];
        if (row() === due()) decision = decide(population, context());
        return [...events, ...judged(thoughts)];
      };
      const asks = ask !== null && row() >= due() && isAskedAt(row(), context());
      return asks ? ask(context(), population, row()).then(goOn) : goOn([]);
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

/** What a population learned from a history. */
export interface Learned {
  readonly state: PopulationState;
  readonly events: readonly RecordedEvent[];
}

/** A population that has learned from all iterations that a history holds; the last, which goes on, is not ended. */
export function learnedFrom(
  parts: Omit<PopulationMindParts, "state">,
  onIteration: (k: number) => void = () => {},
): Learned {
  const walk = learning(parts, onIteration);
  let next = walk.next(NOTHING_PREPARED);
  while (!next.done) next = walk.next(NOTHING_PREPARED);
  return next.value;
}

/**
 * The same where traders ask language models: about the iterations that the history holds, then about the rows of the
 * one under way that have closed.
 */
export async function learnedAsking(
  parts: Omit<PopulationMindParts, "state">,
  asking: Asking,
  onIteration: (k: number) => void = () => {},
): Promise<Learned> {
  const context = contextOf(parts), ask = asking.past(context);
  const walk = learning(parts, onIteration, context);
  let next = walk.next(NOTHING_PREPARED);
  while (!next.done) next = walk.next(await ask(next.value));
  let { state } = next.value;
  const heard: ThoughtEvent[] = [], { rows } = parts.panel;
  for (let row = decisionRow(state.k, parts.config.clock); row < rows; row++) {
    if (!isAskedAt(row, context)) continue;
    const thoughts = await asking.now(context, state, row);
    state = withThoughts(state, thoughts, context);
    heard.push(...thoughts);
  }
  const judged = withVerdicts(heard, decide(state, context), state, context, chargesOf(heard));
  return { state, events: [...next.value.events, ...judged] };
}

function contextOf({ config, iterations, panel, memoBytes }: Omit<PopulationMindParts, "state">): RunContext {
  const desk = createDesk(panel, config, memoBytes);
  return { desk, config: config.population, clock: config.clock, seed: config.seed, iterations };
}

/** Yields the state before each iteration that has ended, and is given what was asked for it. */
function* learning(
  parts: Omit<PopulationMindParts, "state">,
  onIteration: (k: number) => void,
  context: RunContext = contextOf(parts),
): Generator<PopulationState, Learned, Prepared> {
  const { config, clock, seed, desk } = context;
  let state = startState(config, seed, desk.arena.coins, desk.startingEquity);
  const events: RecordedEvent[] = [];
  while (decisionRow(state.k + 1, clock) < desk.market.panel.rows) {
    const { event, thoughts, state: next } = step(state, context, yield state);
    events.push(...thoughts, event);
    state = next;
    onIteration(event.k);
    if (event.transfers.length + event.mutations.length > 0) desk.market.memo.turn();
  }
  return { state, events };
}
