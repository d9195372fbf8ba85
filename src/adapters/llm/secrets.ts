/** Keys of providers: taken from the environment, never shown and never stored. */
import { UserError } from "../../core/user_error.ts";

/** Looks a variable up. A task without leave to read it sees it unset. */
export type Environment = (name: string) => string | undefined;

/**
 * A provider's key; null where its variable is not set.
 *
 * @throws {UserError} If it cannot be a key; it is not shown.
 */
export function keyIn(environment: Environment, name: string): string | null {
  const key = environment(name)?.trim();
  if (key === undefined || key === "") return null;
  if (/^[\x21-\x7e]{4,}$/.test(key)) return key;
  throw new UserError(
    `Cannot use ${name} as a key must be at least four visible ASCII characters: look for a mistake in the environment`,
  );
}

/** A text without the secrets that a provider may have sent back in it. */
export function redacted(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, "[key]"), text);
}
