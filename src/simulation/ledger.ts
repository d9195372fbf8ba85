/** What an account did fill by fill and coin by coin, beside the accounting of its bars. */
import { joinColumns, joinTables, type NumberTable } from "../core/number_table.ts";
import { type Account, POSITION, positionIndex } from "./account.ts";
import { type Arena, BAR, barIndex, RULE, ruleIndex } from "./arena.ts";
import { roundTo } from "./rounding.ts";
import { FILL, type Trace } from "./trace.ts";

/** Columns of a fill, as `Trace` has them; `row` is absolute, `kind` an index into FILL_KINDS. */
export const FILL_COLUMNS = [
  "row",
  "coin",
  "kind",
  "quantity",
  "price",
  "fee",
  "slippage",
  "realised",
] as const;

/** An account's fills and where its profit came from, over some bars. */
export interface Ledger {
  /**
   * What each coin added to equity in each bar, USDT: change in value of its position, less fees and funding. The sum over
   * coins is the change in equity. Shape [coin][bars].
   */
  readonly coinProfit: readonly Float64Array[];
  /** Fills and funding payments in the order in which they happened, by FILL_COLUMNS. */
  readonly fills: NumberTable;
}

/**
 * The ledger of rows from..to-1, from the fills of these rows and the account as it stood before them.
 *
 * @param before Marked at the close of row from-1, or an account that has not traded.
 */
export function ledgerOf(arena: Arena, before: Account, trace: Trace, from: number, to: number): Ledger {
  const fills = Object.fromEntries(
    FILL_COLUMNS.map((name) => [name, Float64Array.from(trace[name].subarray(0, trace.length))]),
  );
  return { coinProfit: coinProfits(arena, before, trace, from, to), fills };
}

function coinProfits(
  { bars, rules, coins }: Arena,
  before: Account,
  trace: Trace,
  from: number,
  to: number,
): Float64Array[] {
  const profits = Array.from({ length: coins }, () => new Float64Array(to - from));
  const quantity = Float64Array.from(
    { length: coins },
    (_, coin) => before[positionIndex(coin) + POSITION.quantity]!,
  );
  const markAt = (row: number, coin: number) => bars[barIndex(coins, row, coin) + BAR.markClose]!;
  const value = quantity.map((held, coin) => held === 0 ? 0 : held * markAt(from - 1, coin));
  const flow = new Float64Array(coins);
  let next = 0;
  for (let row = from; row < to; row++) {
    flow.fill(0);
    for (; next < trace.length && trace.row[next] === row; next++) {
      const coin = trace.coin[next]!, amount = trace.quantity[next]!;
      if (trace.kind[next] === FILL.funding) {
        flow[coin]! += trace.realised[next]!;
        continue;
      }
      flow[coin]! -= amount * trace.price[next]! + trace.fee[next]!;
      const held = quantity[coin]! + amount; // rounded as the account rounds it, to the same bits
      const lots = rules[ruleIndex(coins, row, coin) + RULE.lotsPerUnit]!;
      quantity[coin] = Math.sign(held) * roundTo(Math.abs(held), lots);
    }
    for (let coin = 0; coin < coins; coin++) {
      const now = quantity[coin] === 0 ? 0 : quantity[coin]! * markAt(row, coin);
      profits[coin]![row - from] = flow[coin]! + now - value[coin]!;
      value[coin] = now;
    }
  }
  return profits;
}

/** Ledgers one after another; none give an empty one. */
export function joinLedgers(ledgers: readonly Ledger[]): Ledger {
  const coins = ledgers[0]?.coinProfit ?? [];
  return {
    coinProfit: coins.map((_, coin) => joinColumns(ledgers.map(({ coinProfit }) => coinProfit[coin]!))),
    fills: joinTables(ledgers.map(({ fills }) => fills)),
  };
}
