/** An exchange that fails: a fault a minute, seeded, between a session and the simulated exchange. */
import type { Rng } from "../src/core/rng.ts";
import type { VirtualClock } from "../src/live/clock.ts";
import {
  type Exchange,
  ExchangeFault,
  type Execution,
  type Order,
  type OrderReport,
} from "../src/live/exchange.ts";

/** What can go wrong in a minute. */
export const FAULTS = [
  "timeoutBefore",
  "timeoutAfter",
  "timeoutThenTaken",
  "reject",
  "partial",
  "duplicateFills",
  "reorderedFills",
  "missingFill",
  "disconnect",
  "busy",
  "clockJump",
  "suspended",
] as const;
export type FaultName = (typeof FAULTS)[number];

const ORDER_FAULTS: readonly FaultName[] = [
  "timeoutBefore",
  "timeoutAfter",
  "timeoutThenTaken",
  "reject",
  "partial",
];

const MINUTE = 60_000;
/** Requests are taken up to so many ms after they were sent; whoever hears nothing for twice as long may be sure. */
const LATE = 4_000, WINDOW = 10_000;

/** A failing exchange. */
export interface FaultyExchange extends Exchange {
  /** Draws the fault of the minute that begins. */
  minute(): void;
  /** No more faults: what is late arrives. */
  heal(): void;
  /** Faults that met a call, by name. */
  readonly met: Record<FaultName, number>;
}

export function faultyExchange(
  exchange: Exchange,
  clock: VirtualClock,
  random: Rng,
  lots: (coin: number) => number,
): FaultyExchange {
  const met = Object.fromEntries(FAULTS.map((name) => [name, 0])) as Record<FaultName, number>;
  const rejected = new Map<string, OrderReport>(), partial = new Map<string, OrderReport>();
  const late: { readonly order: Order; readonly at: number }[] = [];
  let fault: FaultName | null = null, downUntil = 0, offset = 0, healed = false;

  const take = (name: FaultName): boolean => {
    if (fault !== name) return false;
    fault = null;
    met[name]++;
    return true;
  };
  /** What every call goes through. */
  const enter = async (): Promise<void> => {
    for (const { order, at } of late.splice(0)) {
      if (at <= clock.now() || healed) await exchange.submit(order);
      else late.push({ order, at });
    }
    if (take("suspended")) await clock.wait(MINUTE * (1 + random.int(5)));
    if (take("disconnect")) downUntil = clock.now() + MINUTE * (1 + random.int(5));
    if (take("clockJump")) offset = (random.uniform() < 0.5 ? -1 : 1) * MINUTE;
    if (clock.now() < downUntil) throw new ExchangeFault("unreachable", "no connection");
    if (offset !== 0) throw new ExchangeFault("clock", "timestamp outside the window");
    if (take("busy")) throw new ExchangeFault("busy", "too many requests");
  };
  const timeout = () => new ExchangeFault("timeout", "no answer");
  const told = (clientId: string, report: OrderReport | null): OrderReport | null =>
    rejected.get(clientId) ?? (report === null ? null : partial.get(clientId) ?? report);

  return {
    window: WINDOW,
    met,
    minute: () => {
      fault = healed ? null : FAULTS[random.int(FAULTS.length)]!;
    },
    heal: () => {
      healed = true;
      fault = null;
      downUntil = 0;
      offset = 0;
    },
    time: async () => {
      offset = 0; // whoever asks sets its clock by the answer
      return await exchange.time();
    },
    quote: async (coin, direction, worth) => {
      await enter();
      return await exchange.quote(coin, direction, worth);
    },
    submit: async (order) => {
      await enter();
      const { clientId } = order;
      const known = told(clientId, await exchange.look(clientId));
      if (known !== null) return known;
      // orders are sent in the first minute of a bar alone: every other one has a fault of its own
      if (!healed && random.uniform() < 0.5) fault = ORDER_FAULTS[random.int(ORDER_FAULTS.length)]!;
      if (take("timeoutBefore")) throw timeout();
      if (take("timeoutThenTaken")) {
        late.push({ order, at: clock.now() + random.uniform() * LATE });
        throw timeout();
      }
      if (take("reject")) {
        const report: OrderReport = {
          clientId,
          state: "rejected",
          filled: 0,
          reason: "refused by the exchange",
        };
        rejected.set(clientId, report);
        return report;
      }
      if (order.price === null && take("partial")) {
        const units = lots(order.coin), whole = Math.round(Math.abs(order.quantity) * units);
        const some = Math.max(1, random.int(Math.max(1, whole)));
        const report = await exchange.submit({
          ...order,
          quantity: Math.sign(order.quantity) * some / units,
        });
        if (report.state !== "filled" || some === whole) return report;
        const cut: OrderReport = { ...report, state: "cancelled", reason: "the rest found nobody" };
        partial.set(clientId, cut);
        return cut;
      }
      const report = await exchange.submit(order);
      if (take("timeoutAfter")) throw timeout();
      return report;
    },
    cancel: async (clientId) => {
      await enter();
      const report = await exchange.cancel(clientId);
      if (take("timeoutAfter")) throw timeout();
      return told(clientId, report);
    },
    look: async (clientId) => {
      await enter();
      if (take("timeoutBefore")) throw timeout();
      return told(clientId, await exchange.look(clientId));
    },
    executions: async (after) => {
      await enter();
      const all: Execution[] = [...await exchange.executions(Math.max(0, after - 3))];
      if (take("duplicateFills")) return [...all, ...all];
      if (take("reorderedFills")) return [...random.shuffle([...all])];
      if (take("missingFill")) return all.filter((_, i) => i !== all.length - 1 - random.int(3));
      return all.filter(({ sequence }) => sequence > after);
    },
    protect: async (levels) => {
      await enter();
      await exchange.protect(levels);
      if (take("timeoutAfter")) throw timeout();
    },
    holdings: async () => {
      await enter();
      return await exchange.holdings();
    },
  };
}
