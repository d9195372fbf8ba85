/** What histories of sessions under faults share: lives that end with a kill, and what came of many of them. */
import type { TradingLoop } from "../src/live/trading_loop.ts";
import type { Audit } from "./paper_audit.ts";

/** Stands for the end of the process. */
export class Killed extends Error {}

/** Trades to the last bar, begun anew after each kill. @returns The last life, and how many ended before it. */
export async function livedThrough(
  begin: () => TradingLoop,
): Promise<{ readonly loop: TradingLoop; readonly kills: number }> {
  let loop = begin(), kills = 0;
  for (;;) {
    try {
      if (!await loop.bar()) return { loop, kills };
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      kills++;
      loop = begin();
    }
  }
}

/** What one history gave, whatever the exchange. */
export interface OneHistory extends Audit {
  readonly seed: number;
  /** Times that the guards changed: faults are no reason to. */
  readonly alarms: number;
  readonly kills: number;
}

/** What came of many. */
export interface ManyHistories {
  readonly histories: number;
  /** Minutes of simulated time, each with a fault drawn for it. */
  readonly minutes: number;
  readonly orders: number;
  readonly fills: number;
  readonly kills: number;
  readonly lost: number;
  readonly doubled: number;
  readonly unsettled: number;
  /** Histories in which the guards changed, for no reason but faults. */
  readonly alarmed: number;
  /** Histories whose books were off by half a cent or more, or differed from the exchange's word. */
  readonly apart: number;
  /** Seeds of histories with any of these. */
  readonly wrong: readonly number[];
}

/** Sums of what histories of so many minutes each gave. */
export function summed(reports: readonly OneHistory[], minutesEach: number): ManyHistories {
  const sum = (of: (one: OneHistory) => number) => reports.reduce((total, one) => total + of(one), 0);
  const isApart = ({ cents, differences }: OneHistory) => cents !== 0 || differences.length > 0;
  return {
    histories: reports.length,
    minutes: reports.length * minutesEach,
    orders: sum(({ orders }) => orders),
    fills: sum(({ fills }) => fills),
    kills: sum(({ kills }) => kills),
    lost: sum(({ lost }) => lost),
    doubled: sum(({ doubled }) => doubled),
    unsettled: sum(({ unsettled }) => unsettled),
    alarmed: reports.filter(({ alarms }) => alarms > 0).length,
    apart: reports.filter(isApart).length,
    wrong: reports.filter((one) => one.lost + one.doubled + one.unsettled + one.alarms > 0 || isApart(one))
      .map(({ seed }) => seed),
  };
}
