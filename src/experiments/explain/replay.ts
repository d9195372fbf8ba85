/** Trades a stored run's account anew, up to one bar, and holds it against what is stored. */
import type { Desk } from "../../agents/desk.ts";
import { formatTime } from "../../core/time.ts";
import { UserError } from "../../core/user_error.ts";
import { type Account, createAccount } from "../../simulation/account.ts";
import type { Mandate } from "../../simulation/mandate.ts";
import { createRecord } from "../../simulation/record.ts";
import { type Charges, NO_CHARGES, runCharged, takeCharge } from "../../simulation/trade_rows.ts";
import { createTrace, type Fill, listFills } from "../../simulation/trace.ts";
import type { RunSeries } from "../result.ts";
import { type TeamWindow, windowMandate } from "./windows.ts";

/** The account at one bar. */
export interface ReplayedBar {
  readonly window: TeamWindow;
  /** What the window's account trades. */
  readonly mandate: Mandate;
  /** The account at the close of the row before. */
  readonly before: Account;
  /** Fills of all rows up to and including the bar, oldest first; funding among them. */
  readonly fills: readonly Fill[];
  /** Equity at the bar's close, USDT. */
  readonly equity: number;
}

/** What a run stored of an account. */
export interface StoredEquity {
  readonly series: RunSeries;
  /** The account's strategy. */
  readonly name: string;
  /** Row of the first stored value. */
  readonly reportedFrom: number;
}

/**
 * Trades windows up to and including `row`.
 *
 * @param charges What asking models cost, by row.
 * @param candidates Windows by who may have traded; the first that come out as stored did.
 * @throws {UserError} If no window holds the row, or no account comes out as stored, bit for bit.
 */
export function replayTo(
  desk: Desk,
  candidates: readonly (readonly TeamWindow[])[],
  row: number,
  stored: StoredEquity,
  charges: Charges = NO_CHARGES,
): ReplayedBar {
  for (const [i, windows] of candidates.entries()) {
    const { bar, equity } = replay(desk, windows, row, charges);
    const at = firstDifference(equity, row, stored);
    if (at < 0) return bar;
    if (i === candidates.length - 1) throw otherwise(equity, at, stored);
  }
  throw new RangeError("Cannot explain a bar as there must be windows that may hold it: there are none");
}

function replay(
  desk: Desk,
  windows: readonly TeamWindow[],
  row: number,
  charges: Charges,
): { readonly bar: ReplayedBar; readonly equity: Float64Array } {
  const { arena, startingEquity } = desk;
  const account = createAccount(arena.coins, startingEquity);
  const record = createRecord(row + 1, startingEquity, "equity"), trace = createTrace();
  for (const window of windows) {
    const { from, to, adopts } = window;
    if (row < from) break;
    const mandate = windowMandate(desk, window);
    const run = (start: number, end: number) => {
      const adoptTeam = adopts && start === from;
      runCharged(account, arena, mandate, { from: start, to: end }, charges, { adoptTeam, record, trace });
    };
    if (row >= to) {
      run(from, to);
      continue;
    }
    if (row > from) run(from, row);
    const before = account.slice();
    takeCharge(before, charges, row - 1); // it is taken before anything is decided
    run(row, row + 1);
    const { equity } = record;
    return { bar: { window, mandate, before, fills: listFills(trace), equity: equity[row]! }, equity };
  }
  const first = windows[0]!.from, last = windows.at(-1)!.to - 1, { openTime } = desk.market.panel;
  throw new UserError(
    `Cannot explain that bar as the run must have traded it: it traded ${formatTime(openTime[first]!)} to ${
      formatTime(openTime[last]!)
    } UTC (opens of bars)`,
  );
}

/** The first reported row up to `row` at which an equity is another than stored; -1 if none is. */
function firstDifference(
  equity: Float64Array,
  row: number,
  { series, name, reportedFrom }: StoredEquity,
): number {
  const column = series.equity[name]!;
  for (let at = reportedFrom; at <= row; at++) {
    if (equity[at] !== column[at - reportedFrom]) return at;
  }
  return -1;
}

function otherwise(
  equity: Float64Array,
  at: number,
  { series, name, reportedFrom }: StoredEquity,
): UserError {
  return new UserError(
    `Cannot explain this run as its account must come out as it is stored: at ${
      formatTime(series.openTime[at - reportedFrom]!)
    } UTC the equity of ${name} is ${equity[at]} and was ${series.equity[name]![at - reportedFrom]}. ` +
      "The program has changed since: check out the commit that its provenance.json names.",
  );
}
