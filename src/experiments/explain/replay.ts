/** Trades a stored run's account anew, up to one bar, and holds it against what is stored. */
import { type Desk, mandateOf } from "../../agents/desk.ts";
import { formatTime } from "../../core/time.ts";
import { UserError } from "../../core/user_error.ts";
import { type Account, createAccount } from "../../simulation/account.ts";
import { runAccount } from "../../simulation/event_loop.ts";
import { createRecord } from "../../simulation/record.ts";
import { createTrace, type Fill, listFills } from "../../simulation/trace.ts";
import type { RunSeries } from "../result.ts";
import type { TeamWindow } from "./windows.ts";

/** The account at one bar. */
export interface ReplayedBar {
  readonly window: TeamWindow;
  /** The account at the close of the row before. */
  readonly before: Account;
  /** Fills of all rows up to and including the bar, oldest first; funding among them. */
  readonly fills: readonly Fill[];
  /** Equity at the bar's close, USDT. */
  readonly equity: number;
}

/**
 * Trades windows up to and including `row`.
 *
 * @param stored Equity of the account as the run stored it, its first row being `reportedFrom`.
 * @throws {UserError} If no window holds the row, or the account does not come out as stored, bit for bit.
 */
export function replayTo(
  desk: Desk,
  windows: readonly TeamWindow[],
  row: number,
  stored: { readonly series: RunSeries; readonly name: string; readonly reportedFrom: number },
): ReplayedBar {
  const { arena, startingEquity } = desk;
  const account = createAccount(arena.coins, startingEquity);
  const record = createRecord(row + 1, startingEquity, "equity"), trace = createTrace();
  for (const window of windows) {
    const { from, to, pipeline, adopts } = window;
    const { plan, limits } = mandateOf(desk, pipeline);
    const run = (start: number, end: number) => {
      const adoptTeam = adopts && start === from;
      runAccount(account, arena, plan, limits, start, end, { adoptTeam, record, trace });
    };
    if (row >= to) {
      run(from, to);
      continue;
    }
    if (row < from) break;
    if (row > from) run(from, row);
    const before = account.slice();
    run(row, row + 1);
    requireStored(record.equity, row, stored);
    return { window, before, fills: listFills(trace), equity: record.equity[row]! };
  }
  const first = windows[0]!.from, last = windows.at(-1)!.to - 1, { openTime } = desk.market.panel;
  throw new UserError(
    `Cannot explain that bar as the run must have traded it: it traded ${formatTime(openTime[first]!)} to ${
      formatTime(openTime[last]!)
    } UTC (opens of bars)`,
  );
}

function requireStored(
  equity: Float64Array,
  row: number,
  { series, name, reportedFrom }: Parameters<typeof replayTo>[3],
): void {
  const column = series.equity[name]!;
  for (let at = reportedFrom; at <= row; at++) {
    if (equity[at] === column[at - reportedFrom]) continue;
    throw new UserError(
      `Cannot explain this run as its account must come out as it is stored: at ${
        formatTime(series.openTime[at - reportedFrom]!)
      } UTC the equity is ${equity[at]} and was ${
        column[at - reportedFrom]
      }. The program has changed since: check out ` +
        "the commit that its provenance.json names.",
    );
  }
}
