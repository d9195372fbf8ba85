/** Port: the append-only memory of a session, written before what it tells of is done. */
import type { RecordedEvent } from "../events/event.ts";
import type { PopulationState } from "../population/state.ts";
import type { Order } from "./exchange.ts";
import type { GuardMemory } from "./guards.ts";
import type { OrderState } from "./order_states.ts";

/** An order with where it stands. */
export interface OrderRecord {
  readonly order: Order;
  /** Bar whose close decided it. */
  readonly row: number;
  readonly state: OrderState;
  /** Coins filled so far by the exchange's word, >= 0. */
  readonly filled: number;
  /** ms UTC at which it was last sent; 0 before. */
  readonly sentAt: number;
  readonly reason: string;
}

/** Everything that a session needs to go on after a bar. */
export interface SessionPoint {
  /** The newest closed bar that is booked. */
  readonly row: number;
  /** The account block (simulation/account.ts), marked at its close. */
  readonly book: readonly number[];
  /** Sequence number of the last execution that is booked. */
  readonly booked: number;
  /** The population at the start of the iteration under way; null of a session that learns nothing. */
  readonly population: PopulationState | null;
  readonly guards: GuardMemory;
}

/** What one write holds; all of it or nothing is kept. */
export interface JournalEntry {
  readonly events?: readonly RecordedEvent[];
  readonly orders?: readonly OrderRecord[];
  readonly point?: SessionPoint;
}

/** A session's journal. */
export interface Journal {
  /** Durable when it returns. Events of one write keep their order. */
  write(entry: JournalEntry): void;
  /** Null before the first point. */
  point(): SessionPoint | null;
  order(clientId: string): OrderRecord | null;
  /** Orders that the exchange may have or may still fill. */
  open(): readonly OrderRecord[];
  /** Orders that the guards let pass and that were not sent: outside `place`, what a kill has left. */
  unsent(): readonly OrderRecord[];
  /** Events from the `from`-th on, 0-based. */
  events(from?: number): readonly RecordedEvent[];
}
