/** Instants and lists of coins as flags give them. */
import { type Coin, MOST_COINS } from "../core/universe.ts";
import { UserError } from "../core/user_error.ts";

const FORM = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2}))?(?:Z|\+00:00)?$/;

/** Reads "2025-03-01" or "2025-03-01 08:00", always UTC, as ms. @throws {UserError} If it is no day of the calendar. */
export function parseInstant(text: string, flag: string): number {
  const parts = FORM.exec(text.trim());
  if (parts) {
    const [year, month, day, hour, minute] = parts.slice(1).map((part) => Number(part ?? 0)) as [
      number,
      number,
      number,
      number,
      number,
    ];
    const time = Date.UTC(year, month - 1, day, hour, minute);
    const date = new Date(time);
    const isDay = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 &&
      date.getUTCDate() === day;
    if (isDay && hour < 24 && minute < 60) return time;
  }
  throw new UserError(
    `Cannot read ${flag} as it must be a time like 2025-03-01 or "2025-03-01 08:00" (UTC): current value is ${text}`,
  );
}

/** Reads "BTC,SOL" as coins. @throws {UserError} If there are none, too many, one twice or a name that is none. */
export function parseCoins(text: string, flag: string): Coin[] {
  const coins = text.split(",").map((one) => one.trim());
  const odd = coins.find((coin, i) => !/^[A-Z0-9]{1,20}$/.test(coin) || coins.indexOf(coin) !== i);
  if (odd === undefined && coins.length <= MOST_COINS) return coins;
  throw new UserError(
    `Cannot read ${flag} as it must name 1 to ${MOST_COINS} coins, each once and in capitals, like BTC,SOL: current value is ${text}`,
  );
}
