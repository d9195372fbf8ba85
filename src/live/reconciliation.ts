/** Comparing books and exchange while a session trades, at its start and at each close, and what it says of that. */
import { eventsOfType, type RecordedEvent } from "../events/event.ts";
import { POSITION, positionIndex } from "../simulation/account.ts";
import { type Execution, mend } from "./exchange.ts";
import { type Booked, bookedOf, type Difference, differencesOf, lastingKey } from "./reconcile.ts";
import { guardReconciled } from "./reconciliation_guard.ts";
import type { RunningSession } from "./running_session.ts";

/** How often, and ms apart, a difference is looked at again: news of a fill may come after the fill. */
const MOST_LOOKS = 5, LOOK_MS = 2_000;

/**
 * What differs, once what is on its way has had the time to come; null where the exchange is not heard.
 *
 * @param compare Looks once.
 * @param again What is done before every further look.
 */
export async function lastingDifferences(
  { exchange, clock }: RunningSession,
  compare: () => Promise<readonly Difference[]>,
  again: () => Promise<unknown>,
): Promise<readonly Difference[] | null> {
  for (let looks = 1;; looks++) {
    let found: readonly Difference[] | null = null;
    try {
      found = await compare();
    } catch (error) {
      await mend(exchange, error);
    }
    if (found === null || found.length === 0 || looks === MOST_LOOKS) return found;
    await clock.wait(LOOK_MS);
    await again();
  }
}

/** What differs at a close, all executions being booked. */
export async function differencesNow({ book, coins, journal, exchange }: RunningSession) {
  return differencesOf(bookedOf(book, coins.length), coins, journal.open(), await exchange.holdings());
}

/**
 * What differs before the first bar. A session that was killed finds an exchange that has gone on: what it executed
 * since counts as booked, and an order that it has ended as ended.
 */
async function differencesAtStart(session: RunningSession): Promise<readonly Difference[]> {
  const { book, coins, journal, exchange, keeper } = session;
  const executions = await exchange.executions(keeper.booked());
  const since = [...new Map(executions.map((one) => [one.sequence, one])).values()]
    .filter(({ sequence }) => sequence > keeper.booked());
  const holdings = await exchange.holdings();
  const open = [];
  for (const record of journal.open()) {
    const gone = record.order.price !== null && !holdings.resting.includes(record.order.clientId);
    const report = gone ? await exchange.look(record.order.clientId) : null;
    if (report === null || report.state === "accepted" || report.state === "partlyFilled") open.push(record);
  }
  const entries = coins.map((_, coin) => book[positionIndex(coin) + POSITION.entry]!);
  const booked = withExecutions(bookedOf(book, coins.length), entries, since, holdings.positions);
  return differencesOf(booked, coins, open, holdings);
}

/** Cash less positions at their entries is moved by trades and payments alone: so cash is known without booking. */
function withExecutions(
  { cash, quantities }: Booked,
  entries: readonly number[],
  executions: readonly Execution[],
  now: readonly { readonly quantity: number; readonly entry: number }[],
): Booked {
  if (executions.length === 0) return { cash, quantities };
  const paid = executions.reduce(
    (sum, one) => one.kind === "funding" ? sum + one.paid : sum + one.quantity * one.price + one.fee,
    0,
  );
  const before = quantities.reduce((sum, quantity, coin) => sum + quantity * entries[coin]!, 0);
  const after = now.reduce((sum, { quantity, entry }) => sum + quantity * entry, 0);
  const traded = quantities.map((quantity, coin) =>
    executions.filter((one) => one.coin === coin && one.kind !== "funding")
      .reduce((sum, one) => sum + one.quantity, quantity)
  );
  return { cash: cash - before - paid + after, quantities: traded };
}

/** Compares before the first bar. That all agrees is not said: it was at the close before. */
export async function reconcileAtStart(session: RunningSession): Promise<void> {
  const { journal, clock } = session;
  const found = await lastingDifferences(session, () => differencesAtStart(session), () => Promise.resolve());
  if (found === null || found.length === 0) return;
  const events = [...guarded(session, found, clock.now()), ...said(session, found, clock.now())];
  if (events.length > 0) journal.write({ events });
}

/** Lets guards answer to differences. @returns What there is to say. */
export function guarded(
  { guards, row }: RunningSession,
  differences: readonly Difference[],
  time: number,
): RecordedEvent[] {
  const from = guards.memory.state, { memory, breach } = guardReconciled(guards.memory, differences);
  guards.memory = memory;
  return breach === null ? [] : [{ type: "guard", time, row, from, ...breach }];
}

/** What there is to say of a comparison: a difference that lasts was said. */
export function said(
  { journal, row }: RunningSession,
  differences: readonly Difference[],
  time: number,
): RecordedEvent[] {
  const agrees = differences.length === 0;
  if (!agrees) {
    const last = eventsOfType(journal.events(), "reconciliation").at(-1);
    if (last !== undefined && lastingKey(last.differences) === lastingKey(differences)) return [];
  }
  return [{ type: "reconciliation", time, row, agrees, differences: [...differences] }];
}
