import {
  ACCOUNT,
  accountLength,
  CLOSED_BELOW,
  createAccount,
  POSITION,
  POSITION_WIDTH,
  positionIndex,
} from "./account.ts";
import type { Account } from "./account.ts";
import { BAR, BAR_WIDTH, barIndex } from "./arena.ts";
import type { Arena } from "./arena.ts";
import { decide } from "./decision.ts";
import { meetsLevel, settleInside } from "./exits.ts";
import { type ExposureRecord, recordExposures } from "./exposure.ts";
import type { Limits } from "./limits.ts";
import { createLoop } from "./loop.ts";
import type { Loop } from "./loop.ts";
import { adoptPositions, fillAtOpen, settleFunding } from "./orders.ts";
import type { Plan } from "./plan.ts";
import { cancelResting } from "./position.ts";
import { createRecord, recordRow, totalsBefore } from "./record.ts";
import type { AccountRecord, Before, RecordKind } from "./record.ts";
import { totals } from "./report.ts";
import type { Totals } from "./report.ts";
import { createTrace } from "./trace.ts";
import type { Trace } from "./trace.ts";

const A = ACCOUNT, P = POSITION, B = BAR, positionAt = positionIndex, barAt = barIndex; // see account.ts on names of one's own
const POSITION_ROW = POSITION_WIDTH, BAR_ROW = BAR_WIDTH, LEAST = CLOSED_BELOW;

/** How one stretch of an account's life is run. */
export interface RunOptions {
  /**
   * True if another team trades from this stretch on: resting orders are cancelled, positions stay and are
   * adopted at the first open under the new plan's stops and targets, its first decision being row from-1.
   */
  readonly adoptTeam: boolean;
  /** Filled at the rows of the stretch; null records nothing. */
  readonly record: AccountRecord | null;
  /** Fills are appended; null lists none. */
  readonly trace: Trace | null;
  /** Filled at the decisions of the stretch, rows from-1 .. to-2; left out, not kept. */
  readonly exposures?: ExposureRecord;
}

/**
 * Runs an account, in place, through rows from .. to-1. Row t: the decision taken at the close of row t-1
 * (plan and limits of row t-1, equity as marked then) meets the open of row t; then what happens inside the
 * bar; then the mark at its close. So a plan row's last use is the open after it, nothing reads a later row,
 * and what is left at the close is all in the account: running on later gives the same bits as running through.
 *
 * @throws {RangeError} If the rows are not inside arena, plan and limits, or do not follow the account's last row.
 */
export function runAccount(
  account: Account,
  arena: Arena,
  plan: Plan,
  limits: Limits,
  from: number,
  to: number,
  options: RunOptions,
): void {
  runOn(walkOf(account, arena, plan, limits, options), from, to);
}

/** An account under way through a plan, which may be run on from where it stands. */
export interface Walk {
  readonly loop: Loop;
  readonly arena: Arena;
  readonly plan: Plan;
  readonly limits: Limits;
  readonly options: RunOptions;
  readonly before: Before;
}

/** Readies an account for `runOn`. */
export function walkOf(
  account: Account,
  arena: Arena,
  plan: Plan,
  limits: Limits,
  options: RunOptions,
): Walk {
  const loop = createLoop(account, arena, plan, limits, options.trace);
  return { loop, arena, plan, limits, options, before: totalsBefore(account, options.record?.book ?? null) };
}

/** Runs a walk through rows from .. to-1, as `runAccount` does; a walk that is run on stretch by stretch adopts no team. */
export function runOn({ loop, arena, plan, limits, options, before }: Walk, from: number, to: number): void {
  const { account } = loop, { exposures } = options;
  requireRows(account, arena, plan, limits, from, to);
  if (options.adoptTeam) {
    for (let coin = 0; coin < arena.coins; coin++) cancelResting(account, positionAt(coin));
  }
  for (let row = from; row < to; row++) {
    const orders = decide(loop, row - 1);
    if (exposures !== undefined) recordExposures(exposures, loop, row - 1);
    if (loop.settles[row] === 1) settleFunding(loop, row);
    if (options.adoptTeam && row === from) adoptPositions(loop, row);
    if (orders) fillAtOpen(loop, row);
    settleAndMark(loop, row);
    if (options.record !== null) recordRow(options.record, before, loop, row);
  }
}

/**
 * Settles the coins whose bar meets a level of their position, or that have an order resting, then marks the
 * account at the row's mark closes. A row on which nothing happens, as nearly all, is looked at once.
 */
export function settleAndMark(loop: Loop, row: number): void {
  const { coins, account, bars } = loop;
  let met = 0, unrealised = 0, gross = 0; // met: a bit a coin; no call inside the loop over quiet coins, as in decide()
  for (
    let coin = 0, at = positionAt(0), bar = barAt(coins, row, 0);
    coin < coins;
    coin++, at += POSITION_ROW, bar += BAR_ROW
  ) {
    if (account[at + P.restingQuantity] !== 0) met |= 1 << coin;
    const quantity = account[at + P.quantity]!;
    if (quantity === 0) continue;
    if (meetsLevel(account, at, bars, bar)) met |= 1 << coin;
    const price = bars[bar + B.markClose]!;
    unrealised += quantity * (price - account[at + P.entry]!);
    gross += Math.abs(quantity) * price;
  }
  if (met === 0) {
    mark(loop, row, unrealised, gross);
    return;
  }
  for (let coin = 0; met !== 0; coin++, met >>= 1) {
    if ((met & 1) === 1) settleInside(loop, row, coin);
  }
  markAtClose(loop, row);
}

/** Marks an account at the row's mark closes, whatever happened in the bar. */
export function markAtClose(loop: Loop, row: number): void {
  const { coins, account, bars } = loop;
  let unrealised = 0, gross = 0;
  for (let coin = 0; coin < coins; coin++) {
    const at = positionAt(coin);
    const quantity = account[at + P.quantity]!;
    if (quantity === 0) continue;
    const price = bars[barAt(coins, row, coin) + B.markClose]!;
    unrealised += quantity * (price - account[at + P.entry]!);
    gross += Math.abs(quantity) * price;
  }
  mark(loop, row, unrealised, gross);
}

/** Marks the account; a day that ends here starts the next day's equity. */
function mark(loop: Loop, row: number, unrealised: number, gross: number): void {
  const { account } = loop;
  const equity = account[A.cash]! + unrealised;
  account[A.equity] = equity;
  account[A.lastRow] = row;
  if (gross > 0) {
    account[A.rowsInMarket]!++;
    if (equity > 0) account[A.grossExposure]! += gross / equity;
  }
  if (equity < LEAST * account[A.startingEquity]!) account[A.closed] = 1;
  if (loop.dayStartsAtClose[row] === 1) {
    account[A.dayEquity] = equity;
    account[A.dailyBlocked] = 0;
  }
}

function requireRows(
  account: Account,
  arena: Arena,
  plan: Plan,
  limits: Limits,
  from: number,
  to: number,
): void {
  if (plan.coins !== arena.coins || account.length !== accountLength(arena.coins)) {
    throw new RangeError(
      `Cannot run an account as it, its plan and its arena must be of the same coins: current value is ` +
        `${account.length} numbers, ${plan.coins} and ${arena.coins} coins`,
    );
  }
  const last = account[A.lastRow]!;
  const enough = lastRow(arena, plan, limits);
  if (!(Number.isInteger(from) && Number.isInteger(to) && 1 <= from && from <= to && to <= enough)) {
    throw new RangeError(
      `Cannot run an account as 1 <= from <= to <= ${enough} must hold: current value is ${from}..${to}`,
    );
  }
  if (last !== -1 && last !== from - 1) {
    throw new RangeError(
      `Cannot run an account as its last row is ${last}: current value of from is ${from}`,
    );
  }
}

/** How a fresh account is simulated. */
export interface SimulationOptions {
  /** USDT. */
  readonly startingEquity: number;
  readonly record: RecordKind;
  /** Whether the fills are listed. */
  readonly trace: boolean;
  /** Rows, ascending, from whose open on another team's decisions stand in the plan; see `RunOptions.adoptTeam`. */
  readonly adopt: readonly number[];
}

/** A fresh account of 10,000 USDT, its equity alone recorded, under one team. */
export const plainSimulation: SimulationOptions = {
  startingEquity: 10_000,
  record: "equity",
  trace: false,
  adopt: [],
};

/** The traded rows, from .. to-1: without `to`, as far as arena, plan and limits go. */
export interface TradedRows {
  /** First traded row, >= 1; its orders are decided at the close of the row before. */
  readonly from: number;
  readonly to?: number;
}

/** What a simulation leaves: its record by absolute row, the account at the end, and its totals. */
export interface Simulation extends AccountRecord {
  readonly from: number;
  readonly to: number;
  readonly account: Account;
  readonly totals: Totals;
  readonly trace: Trace | null;
}

/**
 * Runs a fresh account through one plan under one series of limits. Columns have absolute rows: returns[from]
 * is the first traded row's, equity[from-1] the starting equity.
 */
export function simulate(
  arena: Arena,
  plan: Plan,
  limits: Limits,
  options: TradedRows & Partial<SimulationOptions>,
): Simulation {
  const { from, to = lastRow(arena, plan, limits), startingEquity, record: kind, trace: listed, adopt } = {
    ...plainSimulation,
    ...options,
  };
  const account = createAccount(arena.coins, startingEquity);
  const record = createRecord(to, startingEquity, kind);
  const trace = listed ? createTrace() : null;
  const starts = [from, ...adopt.filter((row) => from < row && row < to)];
  for (const [i, start] of starts.entries()) {
    const end = i + 1 < starts.length ? starts[i + 1]! : to;
    runAccount(account, arena, plan, limits, start, end, { adoptTeam: i > 0, record, trace });
  }
  return { ...record, from, to, account, totals: totals(account), trace };
}

/** End (exclusive) of the rows that can be traded: the last decision fills at the open after it. */
export function lastRow(arena: Arena, plan: Plan, limits: Limits): number {
  return Math.min(arena.rows, plan.rows + 1, limits.rows + 1);
}
