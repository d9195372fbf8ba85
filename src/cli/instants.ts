/** Instants and lists of coins as flags give them. */
import { readTime } from "../core/time.ts";
import { type Coin, MOST_COINS } from "../core/universe.ts";
import { UserError } from "../core/user_error.ts";

/** Reads "2025-03-01" or "2025-03-01 08:00", always UTC, as ms. @throws {UserError} If it is no day of the calendar. */
export function parseInstant(text: string, flag: string): number {
  const time = readTime(text);
  if (time !== null) return time;
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
