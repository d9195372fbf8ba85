/** What a request for a back-test may hold: names of its keys, the market, and signals that say something. */
import type { Coin } from "../core/universe.ts";
import { LIMITS } from "../simulation/limits.ts";
import { shown } from "../core/shown.ts";
import { hint, requireKeys } from "../core/known_names.ts";
import { requireEquity, requireLimit } from "./term_ranges.ts";
import type { Market } from "./market.ts";
import type { Series, Signals } from "./signals.ts";
import type { BacktestLimits } from "./sizing.ts";

/** Signals by coin or for all. */
export const SIGNAL_KEYS = [
  "targets",
  "entries",
  "exits",
  "shortEntries",
  "shortExits",
  "stop",
  "target",
] as const;
const ACCOUNT_KEYS = ["market", "startingEquity", "from", "to", "rules", "costs", "fill", "coins"];
const SIZE_KEYS = ["leverage", "size", "risk", "limits"];

/** Fewest rows that are traded: the error of a Sharpe ratio looks at five lags. */
const FEWEST_ROWS = 6;

/** Keys of a back-test's request; `ledger` is a sweep's, whose options are often spread into a back-test. */
export const BACKTEST_KEYS: readonly string[] = [...ACCOUNT_KEYS, ...SIGNAL_KEYS, ...SIZE_KEYS, "ledger"];
/** Keys of a sweep's options. */
export const SWEEP_KEYS: readonly string[] = [...ACCOUNT_KEYS, ...SIZE_KEYS, "ledger"];

/** Refuses what is no market, a forgotten await above all. */
export function requireMarket(market: unknown): asserts market is Market {
  if (market instanceof Promise) {
    throw new RangeError("Cannot use the market as it must be loaded: write await loadMarket(...)");
  }
  if (typeof market === "object" && market !== null && "panel" in market && "coins" in market) return;
  throw new RangeError(
    `Cannot use the market as it must be what await loadMarket(...) gives: current value is ${shown(market)}`,
  );
}

/** Refuses an equity that is no amount, and limits that are none. */
export function requireAccount(
  { startingEquity = 1, limits = {} }: {
    readonly startingEquity?: number;
    readonly limits?: BacktestLimits;
  },
): void {
  requireEquity(startingEquity);
  requireKeys("Cannot trade as limits", limits, Object.keys(LIMITS));
  for (const [name, value] of Object.entries(limits)) {
    if (value !== undefined) requireLimit(name, value);
  }
}

/**
 * The traded rows of a request: `to` ends at the market's.
 *
 * @throws {RangeError} If they are no whole numbers, or fewer than six rows, of which the metrics cannot be made.
 */
export function tradedRows(
  market: Market,
  { from = 1, to = Infinity }: { readonly from?: number; readonly to?: number },
): { readonly from: number; readonly to: number } {
  const whole = Number.isInteger(from) && (Number.isInteger(to) || to === Infinity);
  const end = Math.min(to, market.rows);
  if (whole && from >= 1 && from + FEWEST_ROWS <= end) return { from, to: end };
  throw new RangeError(
    `Cannot trade as whole rows 1 <= from, from + ${FEWEST_ROWS} <= to must hold in a market of ${market.rows} rows: current values ` +
      `are from ${shown(from)}, to ${to === Infinity ? "the end" : shown(to)}`,
  );
}

/** Refuses signals of coins that the market does not have, which nobody would read. */
export function requireSignalCoins(
  signals: Signals,
  known: readonly Coin[],
  keys: readonly string[] = BACKTEST_KEYS,
): void {
  requireKeys("Cannot trade as signals", signals, keys);
  for (const name of SIGNAL_KEYS) {
    const given: unknown = signals[name];
    const isLevel = name === "stop" || name === "target";
    if (given === undefined || (isLevel && typeof given === "number")) continue;
    if (typeof given === "object" && typeof (given as Series | null)?.length === "number") continue; // not looked at
    const byCoin = typeof given === "object" && given !== null && !(given instanceof Promise);
    if (!byCoin || Object.keys(given).length === 0) {
      throw new RangeError(
        `Cannot read ${name} as it must be a ${
          isLevel ? "number, a series" : "series"
        }, or one for each coin: current value is ${shown(given)}`,
      );
    }
    const odd = Object.keys(given).find((coin) => !known.includes(coin));
    if (odd === undefined) continue;
    throw new RangeError(
      `Cannot read ${name} as its coins must be of the market, ${known.join(", ")}: it has ${shown(odd)}.` +
        hint(odd, known),
    );
  }
}

/** Refuses series of other than numbers, true and false, and signals without a value in any row of any coin. */
export function requireSayings(signals: Signals): void {
  for (const name of SIGNAL_KEYS) {
    const given: unknown = signals[name];
    if (typeof given !== "object" || given === null) continue;
    const all = typeof (given as Series).length === "number"
      ? [given as Series]
      : Object.values(given).filter((one) => typeof one === "object" && one !== null) as Series[];
    const counts = all.map((series) => valuesIn(series, name));
    if (all.length === 0 || counts.some((count) => count > 0) || all.every(({ length }) => length === 0)) {
      continue;
    }
    throw new RangeError(
      `Cannot trade as ${name} must hold a value in at least one row: all ${
        all[0]!.length
      } are NaN, null or ` +
        "missing. Is an indicator longer than the market?",
    );
  }
}

/** How many rows of a series hold a value. */
function valuesIn(series: Series, name: string): number {
  let count = 0;
  for (let row = 0; row < series.length; row++) {
    const value: unknown = series[row];
    if (typeof value === "boolean") count++;
    else if (typeof value === "number") count += value === value ? 1 : 0;
    else if (value !== null && value !== undefined) {
      throw new RangeError(
        `Cannot read ${name} as each row must be a number, true or false: row ${row} is ${shown(value)}`,
      );
    }
  }
  return count;
}
