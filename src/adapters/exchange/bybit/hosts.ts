/** Where orders may go: Bybit's two worlds of play money, and this machine in tests. */
import { printable } from "../../../core/printable.ts";
import { UserError } from "../../../core/user_error.ts";

/** By the name that --exchange gives them. Demo has the real market's prices, the testnet a market of its own. */
export const TRADING_HOSTS = {
  "bybit-demo": "https://api-demo.bybit.com",
  "bybit-testnet": "https://api-testnet.bybit.com",
} as const;
/** Name of an exchange of play money. */
export type TradingHost = keyof typeof TRADING_HOSTS;

/** True of the name of an exchange of play money. */
export function isTradingHost(name: string): name is TradingHost {
  return Object.hasOwn(TRADING_HOSTS, name);
}

/** The address if orders may be sent to it. @throws {UserError} If it is a mainnet, or anything else. */
export function requireTradingHost(address: string): string {
  const known = (Object.values(TRADING_HOSTS) as readonly string[]).includes(address);
  if (known || /^http:\/\/127\.0\.0\.1:\d{1,5}$/.test(address)) return address;
  throw new UserError(
    `Cannot send orders to ${printable(address, 80)} as no mainnet is traded: an address must be one of ${
      Object.values(TRADING_HOSTS).join(", ")
    }`,
  );
}
