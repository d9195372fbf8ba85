/** What was booked against what the exchange did, by its executions alone. */
import type { Exchange } from "../src/live/exchange.ts";
import type { Journal } from "../src/live/journal.ts";
import { FINAL } from "../src/live/order_states.ts";
import { bookedOf, CENT, differencesOf } from "../src/live/reconcile.ts";
import { ACCOUNT, POSITION, positionIndex, readAccount } from "../src/simulation/account.ts";

/** What an audit finds; a history without an error has zeros. */
export interface Audit {
  readonly orders: number;
  readonly fills: number;
  /** Executions that the exchange has and the books have not, or the other way round. */
  readonly lost: number;
  /** Orders of which the exchange executed more than the session asked for. */
  readonly doubled: number;
  /** Orders whose journal did not end, or ends otherwise than the exchange says. */
  readonly unsettled: number;
  /** Cash by the executions alone less the book's, USDT. */
  readonly cents: number;
  /** What differs from the exchange's own word at the end. */
  readonly differences: readonly string[];
}

/**
 * Audits a session at its end.
 *
 * @param cash USDT that it began with.
 */
export async function audited(
  book: readonly number[],
  journal: Journal,
  venue: Exchange,
  coins: readonly string[],
  cash: number,
): Promise<Audit> {
  const executions = await venue.executions(0);
  const fills = journal.events().filter((one) => one.type === "fill");
  const booked = new Map(fills.map((one) => [one.sequence, one]));
  const lost = executions.filter((one) => {
    const own = booked.get(one.sequence);
    return own === undefined || own.quantity !== one.quantity || own.price !== one.price;
  }).length + fills.length - booked.size + Math.max(0, booked.size - executions.length);

  const ids = [...new Set(journal.events().flatMap((one) => one.type === "order" ? [one.clientId] : []))];
  const asked = new Set(ids);
  // an order under an id that the session never made is one too many
  const strange = new Set(
    executions.flatMap(({ clientId }) => clientId === null || asked.has(clientId) ? [] : [clientId]),
  );
  let doubled = strange.size, unsettled = 0;
  for (const clientId of ids) {
    const record = journal.order(clientId)!;
    const done = executions.filter((one) => one.clientId === clientId);
    const filled = Math.abs(done.reduce((sum, { quantity }) => sum + quantity, 0));
    if (filled > Math.abs(record.order.quantity) + 1e-9) doubled++;
    const resting = record.order.price !== null && ["accepted", "partlyFilled"].includes(record.state);
    if (!(FINAL.includes(record.state) || resting) || Math.abs(record.filled - filled) > 1e-9) unsettled++;
  }
  const account = readAccount(book);
  // cash again, from trades alone: what was paid and got, less what the open positions cost
  const own = executions.reduce(
    (sum, one) => one.kind === "funding" ? sum - one.paid : sum - one.quantity * one.price - one.fee,
    cash,
  );
  const open = coins.reduce((sum, _, coin) => {
    const at = positionIndex(coin);
    return sum + account[at + POSITION.quantity]! * account[at + POSITION.entry]!;
  }, 0);
  const differences = differencesOf(
    bookedOf(account, coins.length),
    coins,
    journal.open(),
    await venue.holdings(),
  );
  const gap = own + open - account[ACCOUNT.cash]!;
  return {
    orders: ids.length,
    fills: fills.length,
    lost,
    doubled,
    unsettled,
    cents: Math.abs(gap) < CENT ? 0 : gap,
    differences: differences.map(({ what, name, booked: own, exchange: its }) =>
      `${what} ${name}: ${own} not ${its}`
    ),
  };
}
