import { BAR_BOOK_COLUMNS, bookOf, sliceBook } from "../simulation/bar_book.ts";
import type { Arena } from "../simulation/arena.ts";
import { createAccount } from "../simulation/account.ts";
import type { Simulation } from "../simulation/event_loop.ts";
import { ledgerOf } from "../simulation/ledger.ts";
import type { TradedBars } from "../simulation/traded_bars.ts";

/** What one strategy's account did over the reported rows: the bars' accounting, and the equity they started from. */
export interface AccountSeries extends TradedBars {
  /** Equity before the first bar, USDT. */
  readonly startingEquity: number;
  /** Accounts whose mean this is; 1 for an account of its own. */
  readonly accounts: number;
}

/**
 * The traded rows of a simulation that was recorded in full.
 *
 * @param arena What it traded on; its fills are kept if the simulation listed them.
 */
export function seriesOfSimulation(simulation: Simulation, arena: Arena): AccountSeries {
  const { from, to, book, trace } = simulation;
  if (!book) {
    throw new TypeError("Cannot read an account's series as its simulation must be recorded in full");
  }
  const startingEquity = simulation.equity[from - 1]!;
  const ledger = trace && ledgerOf(arena, createAccount(arena.coins, startingEquity), trace, from, to);
  return { startingEquity, accounts: 1, ...sliceBook(book, from, to), ledger };
}

/** A deployed account's bars from `skip` on; rows before are history, of which the fills stay: they opened what is held. */
export function seriesOfDeployed(bars: TradedBars, startingEquity: number, skip: number): AccountSeries {
  const { ledger } = bars;
  return {
    ...sliceBook(bars, skip),
    ledger: ledger && { ...ledger, coinProfit: ledger.coinProfit.map((profit) => profit.slice(skip)) },
    startingEquity: skip === 0 ? startingEquity : bars.equity[skip - 1]!,
    accounts: 1,
  };
}

/** Simple returns per bar, net or (with fees, slippage and the cost of models given back; funding stays) gross. */
export function barReturns(series: AccountSeries, kind: "net" | "gross"): Float64Array {
  const out = new Float64Array(series.equity.length);
  let before = series.startingEquity;
  for (let t = 0; t < out.length; t++) {
    const costs = kind === "gross" ? series.fees[t]! + series.slippage[t]! + series.modelCost[t]! : 0;
    out[t] = before > 0 ? (series.equity[t]! + costs) / before - 1 : 0;
    before = series.equity[t]!;
  }
  return out;
}

/** Columns of a mixture that are shares of equity before the bar; the others are means as they are. */
const SHARES: readonly string[] = ["fees", "slippage", "funding", "modelCost", "tradedNotional", "margin"];

/**
 * The equal-weight mix of accounts whose capital is split anew at every bar free of cost: its return is the
 * mean of theirs, and so are its costs as fractions of equity and its counts. Accounts are added one by one, so that
 * hundreds need not be held at once.
 */
export function createMixture(rows: number, startingEquity: number) {
  const returns = new Float64Array(rows);
  const sums = bookOf(() => new Float64Array(rows));
  let accounts = 0;

  function add(series: AccountSeries): void {
    accounts++;
    const before = new Float64Array(rows); // equity at the open of each row
    before[0] = series.startingEquity;
    before.set(series.equity.subarray(0, rows - 1), 1);
    for (let t = 0; t < rows; t++) {
      if (before[t]! > 0) returns[t]! += series.equity[t]! / before[t]! - 1;
    }
    for (const name of BAR_BOOK_COLUMNS) {
      const sum = sums[name], column = series[name], share = SHARES.includes(name);
      for (let t = 0; t < rows; t++) {
        if (before[t]! > 0) sum[t]! += share ? column[t]! / before[t]! : column[t]!;
      }
    }
  }

  function series(): AccountSeries {
    const equity = new Float64Array(rows);
    let level = startingEquity;
    for (let t = 0; t < rows; t++) equity[t] = level *= 1 + returns[t]! / accounts;
    const book = bookOf((name) => {
      if (name === "equity") return equity;
      const shares = SHARES.includes(name);
      return sums[name].map((sum, t) => {
        const before = t === 0 ? startingEquity : equity[t - 1]!;
        return sum / accounts * (shares ? before : 1);
      });
    });
    return { startingEquity, accounts, ...book, ledger: null };
  }

  return { add, series };
}
