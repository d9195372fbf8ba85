/** The key of a demo or testnet account, from two variables and nowhere else. */
import { UserError } from "../../../core/user_error.ts";
import { type Environment, keyIn } from "../../llm/secrets.ts";

/** A key and its secret. Neither may be shown or stored. */
export interface BybitKeys {
  readonly key: string;
  readonly secret: string;
}

/** The variables that are read. */
export const KEY_VARIABLES = ["BYBIT_TESTNET_KEY", "BYBIT_TESTNET_SECRET"] as const;

/** The keys that are set. @throws {UserError} In one line, with the variables that are missing. */
export function bybitKeys(environment: Environment, exchange: string): BybitKeys {
  const [key, secret] = KEY_VARIABLES.map((name) => keyIn(environment, name));
  const missing = KEY_VARIABLES.filter((name) => keyIn(environment, name) === null);
  if (key !== null && key !== undefined && secret !== null && secret !== undefined) return { key, secret };
  throw new UserError(
    `Cannot trade on ${exchange} as it needs a key of that account: not set ${
      missing.length > 1 ? "are" : "is"
    } ${missing.join(" and ")} (start it as deno task paper-bybit)`,
  );
}
