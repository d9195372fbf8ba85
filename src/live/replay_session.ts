/** A session on the embedded simulated exchange: begun after a history, or gone on with from its journal. */
import type { PopulationRunConfig } from "../experiments/config.ts";
import { arenaOf } from "../experiments/market.ts";
import { playsLanguage } from "../experiments/language/plays.ts";
import { eventsOfType } from "../events/event.ts";
import { BAR_MS } from "../core/universe.ts";
import { type Panel, truncatePanel } from "../market/panel.ts";
import { createAccount } from "../simulation/account.ts";
import { type VirtualClock, virtualClock } from "./clock.ts";
import type { Asking } from "./asking.ts";
import type { Arena } from "../simulation/arena.ts";
import type { Exchange } from "./exchange.ts";
import { type GuardLimits, type GuardState, startGuards } from "./guards.ts";
import type { Journal } from "./journal.ts";
import {
  type Learned,
  learnedAsking,
  learnedFrom,
  type Mind,
  populationMind,
  type PopulationMindParts,
} from "./mind.ts";
import { replayBars } from "./replay.ts";
import { type SimulatedExchange, simulatedExchange } from "./simulated_exchange.ts";
import { type ExchangeChange, type ExchangeState, startExchange } from "./simulated_state.ts";
import { type TradingLoop, tradingLoop } from "./trading_loop.ts";

/** What such a session is made of. */
export interface ReplayParts {
  /** Part of every client id: at most 16 of [A-Za-z0-9]. */
  readonly id: string;
  readonly config: PopulationRunConfig;
  /** History and all bars that may be traded. */
  readonly panel: Panel;
  /** Rows that had closed before the first order. */
  readonly history: number;
  /** Row before which it ends. */
  readonly until: number;
  readonly iterations: number;
  readonly memoBytes: number;
  readonly journal: Journal;
  /** Where the exchange stands; null before its first bar. */
  readonly exchange: ExchangeState | null;
  readonly save?: (change: ExchangeChange) => void;
  readonly limits: GuardLimits;
  readonly asked?: () => GuardState | null;
  /** The exchange's own bars, costs and steps where they are not those of the configuration. */
  readonly venueArena?: Arena;
  /** Between mind and session, e.g. what makes it late. */
  readonly thinking?: (mind: Mind) => Mind;
  /** Between session and exchange, e.g. what makes it fail. */
  readonly through?: (exchange: SimulatedExchange, clock: VirtualClock) => Exchange;
  readonly onIteration?: (k: number) => void;
  /** How language models are asked; a session whose traders ask is begun by `beginAsking`. */
  readonly asking?: Asking | null;
}

/** A session under way on the simulated exchange. */
export interface ReplaySession {
  readonly loop: TradingLoop;
  readonly mind: Mind;
  readonly clock: VirtualClock;
  readonly venue: SimulatedExchange;
}

/** Takes a session up; begins it, with what its population learns from the history, where its journal is empty. */
export function replaySession(parts: ReplayParts): ReplaySession {
  const { id, config, panel, journal, iterations, memoBytes, limits, history } = parts;
  const coins = panel.coins.length;
  if (journal.point() === null) {
    requireHistory(parts);
    beginSession(parts);
  }
  const point = journal.point()!;
  const mind = populationMind({
    config,
    iterations,
    panel: truncatePanel(panel, point.row + 1),
    state: point.population!,
    memoBytes,
    ...askedBy(parts),
  });
  const clock = virtualClock(panel.openTime[point.row]!);
  const venue = simulatedExchange(
    {
      arena: parts.venueArena ?? arenaOf(panel, config),
      openTime: panel.openTime,
      now: clock.now,
      ...(parts.save ? { save: parts.save } : {}),
    },
    parts.exchange ?? startExchange(coins, config.startingEquity, history),
  );
  const loop = tradingLoop({
    id,
    mind: parts.thinking?.(mind) ?? mind,
    bars: replayBars(panel, venue, clock, parts.until),
    exchange: parts.through?.(venue, clock) ?? venue,
    journal,
    clock,
    limits,
    arenaOf: (one, before) => arenaOf(one, config, before),
    asked: parts.asked ?? (() => null),
  });
  return { loop, mind, clock, venue };
}

function requireHistory({ config, panel, history }: ReplayParts): void {
  const { firstDecision } = config.clock;
  if (!(history > firstDecision && history < panel.rows)) {
    throw new RangeError(
      `Cannot begin a session as its history must be ${firstDecision + 1}..${
        panel.rows - 1
      } rows: current value is ${history}`,
    );
  }
}

/** What a mind needs to ask on: how, and what was said so far. */
export function askedBy(
  { asking, journal }: Pick<ReplayParts, "asking" | "journal">,
): Pick<PopulationMindParts, "ask" | "heard"> {
  return asking ? { ask: asking.now, heard: eventsOfType(journal.events(), "thought") } : {};
}

/** What a session begins with. */
type Beginning = Pick<
  ReplayParts,
  "config" | "panel" | "history" | "iterations" | "memoBytes" | "journal" | "onIteration"
>;

/**
 * Learns from the history and writes the point that a session begins with.
 *
 * @throws {RangeError} If traders play that ask a language model.
 */
export function beginSession({ config, panel, history, iterations, memoBytes, ...parts }: Beginning): void {
  if (playsLanguage(config.population)) {
    throw new RangeError(
      "Cannot begin a session as traders play that ask a language model: begin it with beginAsking",
    );
  }
  const rows = truncatePanel(panel, history);
  const learned = learnedFrom({ config, iterations, panel: rows, memoBytes }, parts.onIteration);
  writeBeginning({ config, panel: rows, history, ...parts }, learned);
}

/** The same where traders ask a language model. */
export async function beginAsking(
  { config, panel, history, iterations, memoBytes, ...parts }: Beginning,
  asking: Asking,
): Promise<void> {
  const rows = truncatePanel(panel, history);
  const learned = await learnedAsking(
    { config, iterations, panel: rows, memoBytes },
    asking,
    parts.onIteration,
  );
  writeBeginning({ config, panel: rows, history, ...parts }, learned);
}

function writeBeginning(
  { config, panel, history, journal }: Pick<Beginning, "config" | "panel" | "history" | "journal">,
  learned: Learned,
): void {
  const row = history - 1, time = panel.openTime[row]! + BAR_MS;
  journal.write({
    events: [...learned.events, { type: "session", time, row, what: "started", reason: "" }],
    point: {
      row,
      book: [...createAccount(panel.coins.length, config.startingEquity)],
      booked: 0,
      population: learned.state,
      guards: startGuards(config.startingEquity),
    },
  });
}
