/** Bar lengths that every endpoint of Bybit serves, under the names that people give them. */
import { UserError } from "../../core/user_error.ts";
import type { Interval } from "./pages.ts";

const MINUTE = 60_000;

/** By name. Others exist for candles, but not for open interest and account ratio. */
export const INTERVALS: Readonly<Record<string, Interval>> = {
  "5m": { ms: 5 * MINUTE, candle: "5", snapshot: "5min" },
  "15m": { ms: 15 * MINUTE, candle: "15", snapshot: "15min" },
  "30m": { ms: 30 * MINUTE, candle: "30", snapshot: "30min" },
  "1h": { ms: 60 * MINUTE, candle: "60", snapshot: "1h" },
  "4h": { ms: 240 * MINUTE, candle: "240", snapshot: "4h" },
  "1d": { ms: 1440 * MINUTE, candle: "D", snapshot: "1d" },
};

/** The interval of a name. @throws {UserError} If there is none. */
export function intervalNamed(name: string): Interval {
  const found = INTERVALS[name];
  if (found && Object.hasOwn(INTERVALS, name)) return found;
  throw new UserError(
    `Cannot read --bar as it must be one of ${Object.keys(INTERVALS).join(", ")}: current value is ${name}`,
  );
}
