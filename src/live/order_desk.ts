/** Takes orders through their life: guards, journal, exchange, and looking up what became of them. */
import type { RecordedEvent } from "../events/event.ts";
import type { Clock } from "./clock.ts";
import {
  type Exchange,
  type ExchangeFault,
  mend,
  type Order,
  type OrderReport,
  type ReportState,
} from "./exchange.ts";
import { type GuardLimits, type GuardMemory, noteSent, orderRefusal, type OrderView } from "./guards.ts";
import type { Journal, OrderRecord } from "./journal.ts";
import { afterStep, FINAL, type OrderStep } from "./order_states.ts";

/** ms between two looks at what became of an order, and how often it is looked at before others have their turn. */
const LOOK_MS = 2_000, MOST_LOOKS = 12;

/** What an order is to its coins and the time: what its event says beside it. */
export interface OrderDeskParts {
  readonly exchange: Exchange;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly coins: readonly string[];
  readonly limits: GuardLimits;
  readonly guards: { memory: GuardMemory };
}

/** Orders of one session. */
export interface OrderDesk {
  /**
   * Takes an order as far as it goes. One that is known by its id goes on from where it stood, whatever is asked now.
   *
   * @param row Bar whose close decided it.
   * @param until ms UTC from which on it is not sent any more.
   */
  place(order: Order, row: number, view: OrderView, until: number): Promise<OrderRecord>;
  /** Looks up every order that the exchange may have or may still fill. @returns Those that are final now. */
  resolve(until: number): Promise<readonly OrderRecord[]>;
  /** Gives up what was approved and never sent, once its bar is over: a bar gone through again may want it no more. */
  giveUpUnsent(): void;
  /** Takes an order out of the book; what is not final yet is looked up later. */
  cancel(clientId: string): Promise<OrderRecord | null>;
}

const STEPS: Readonly<Record<ReportState, OrderStep>> = {
  accepted: "accept",
  partlyFilled: "part",
  filled: "fill",
  cancelled: "cancel",
  rejected: "reject",
};

/** A desk over an exchange and a journal. */
export function orderDesk({ exchange, journal, clock, coins, limits, guards }: OrderDeskParts): OrderDesk {
  const eventOf = (record: OrderRecord, from: OrderRecord["state"] | null): RecordedEvent => ({
    type: "order",
    time: clock.now(),
    row: record.row,
    clientId: record.order.clientId,
    coin: coins[record.order.coin]!,
    kind: record.order.price === null ? "market" : "limit",
    quantity: record.order.quantity,
    price: record.order.price,
    from,
    to: record.state,
    filled: record.filled,
    reason: record.reason,
  });
  /** Writes a step down; one that changes nothing is not an event. */
  const take = (record: OrderRecord, step: OrderStep, rest: Partial<OrderRecord> = {}): OrderRecord => {
    const next = { ...record, reason: "", ...rest, state: afterStep(record.state, step) };
    if (next.state === record.state && next.filled === record.filled) return record;
    journal.write({ orders: [next], events: [eventOf(next, record.state)] });
    return next;
  };
  const told = (record: OrderRecord, { state, filled, reason }: OrderReport): OrderRecord => {
    if (FINAL.includes(record.state)) return record; // what came before it was overtaken on its way
    if (state === "accepted" && record.state === "partlyFilled") return record;
    return take(record, STEPS[state], { filled: Math.max(filled, record.filled), reason });
  };
  const lost = (record: OrderRecord, { fault, message }: ExchangeFault): OrderRecord =>
    take(record, "lose", { reason: `${fault}: ${message}` });

  const send = async (approved: OrderRecord): Promise<OrderRecord> => {
    const now = clock.now();
    guards.memory = noteSent(guards.memory, now);
    const sent = take(approved, "send", { sentAt: now });
    try {
      return told(sent, await exchange.submit(sent.order));
    } catch (error) {
      await mend(exchange, error);
      return lost(sent, error as ExchangeFault);
    }
  };
  /** One look at an order of which nothing is known for sure. */
  const look = async (record: OrderRecord): Promise<OrderRecord> => {
    let report: OrderReport | null;
    try {
      report = await exchange.look(record.order.clientId);
    } catch (error) {
      await mend(exchange, error);
      return record; // asked again later
    }
    if (report !== null) return told(record, report);
    const gone = clock.now() - record.sentAt >= exchange.window;
    return gone && ["sent", "unknown"].includes(record.state) ? take(record, "absent") : record;
  };
  const settled = ({ state, order }: OrderRecord) =>
    FINAL.includes(state) || (order.price !== null && (state === "accepted" || state === "partlyFilled"));
  /** Sends and looks until the order rests, is final, or others must have their turn. */
  const pursue = async (given: OrderRecord, until: number): Promise<OrderRecord> => {
    let record = given;
    for (let looks = 0; !settled(record) && looks <= MOST_LOOKS;) {
      if (record.state === "approved") {
        const halted = guards.memory.state === "halted" ? `halted: ${guards.memory.rule}` : null;
        if (halted !== null) record = take(record, "refuse", { reason: halted });
        else if (clock.now() >= until) record = take(record, "abandon", { reason: "too late" });
        else record = await send(record);
        continue;
      }
      record = await look(record);
      if (settled(record) || record.state === "approved") continue;
      looks++;
      if (looks <= MOST_LOOKS) await clock.wait(LOOK_MS);
    }
    return record;
  };

  return {
    place: async (order, row, view, until) => {
      let record = journal.order(order.clientId);
      if (record === null) {
        record = { order, row, state: "intended", filled: 0, sentAt: 0, reason: "" };
        const why = orderRefusal(guards.memory, limits, view);
        const step = why === null ? "approve" : "refuse";
        const judged = { ...record, state: afterStep("intended", step), reason: why ?? "" };
        journal.write({ orders: [judged], events: [eventOf(record, null), eventOf(judged, "intended")] });
        record = judged;
      }
      return await pursue(record, until);
    },
    resolve: async (until) => {
      const ended: OrderRecord[] = [];
      for (const record of journal.open()) {
        const rests = settled(record);
        const now = rests ? await look(record) : await pursue(record, until);
        if (FINAL.includes(now.state)) ended.push(now);
      }
      return ended;
    },
    giveUpUnsent: () => {
      for (const record of journal.unsent()) {
        take(record, "abandon", { reason: "its bar was gone through again" });
      }
    },
    cancel: async (clientId) => {
      const record = journal.order(clientId);
      if (record === null || FINAL.includes(record.state)) return record;
      try {
        const report = await exchange.cancel(clientId);
        return report === null ? record : told(record, report);
      } catch (error) {
        await mend(exchange, error);
        return record;
      }
    },
  };
}
