/** What a session is made of: who decides, where bars come from, where orders go, what is kept. */
import type { Panel } from "../market/panel.ts";
import type { Arena } from "../simulation/arena.ts";
import type { Clock } from "./clock.ts";
import type { Exchange } from "./exchange.ts";
import type { GuardLimits, GuardState } from "./guards.ts";
import type { Journal } from "./journal.ts";
import type { Mind } from "./mind.ts";

/** Where bars come from. */
export interface Bars {
  /** Opens of the bar under way, [coin]; waits for it. Null where there are no more. */
  open(row: number): Promise<readonly number[] | null>;
  /** The bar once it has closed, one row; waits for it. */
  close(row: number): Promise<Panel>;
}

/** What a session is made of. */
export interface SessionParts {
  /** Part of every client id: at most 16 of [A-Za-z0-9]. */
  readonly id: string;
  readonly mind: Mind;
  readonly bars: Bars;
  readonly exchange: Exchange;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly limits: GuardLimits;
  /** How an arena is made of a panel, costs and rules of the account; `before` is that of its first rows. */
  readonly arenaOf: (panel: Panel, before: Arena) => Arena;
  /** What somebody asks for, by command, file or signal; null where nobody does. May say the same again. */
  readonly asked: () => GuardState | null;
}
