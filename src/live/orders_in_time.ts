import { UserError } from "../core/user_error.ts";
import type { TradingConfig } from "../experiments/config.ts";

/** What is decided as a bar closes is sent before the next opens. @throws {UserError} If orders were to come late. */
export function requireOrdersInTime({ account: { orderDelay } }: Pick<TradingConfig, "account">): void {
  if (orderDelay === 0) return;
  throw new UserError(
    `Cannot trade bar by bar as orders must meet the next open there: account.orderDelay is ${orderDelay}. Leave it out; ` +
      "what late orders cost is seen in a population run.",
  );
}
