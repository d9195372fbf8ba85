/** Whether to try a call again, and when. Chance and time come in. */
import { type Failure, mayPass } from "./failure.ts";

/** Requests for one call before it is given up. */
export const ATTEMPTS = 5;

const SECOND = 1000;
/** The longest wait between two tries of our own, and that a provider may ask for. */
const LONGEST_OWN = 60 * SECOND, LONGEST_ASKED = 10 * 60 * SECOND;

/** Wait so long, ms, and ask again, or stop. `everyone`: nobody may ask this provider before. */
export type RetryAdvice =
  | { readonly kind: "wait"; readonly ms: number; readonly everyone: boolean }
  | { readonly kind: "stop" };

/**
 * @param attempt Requests made so far, 1 after the first.
 * @param chance Uniform in [0, 1): half of each wait is left to it, so that callers do not come back together.
 */
export function retryAdvice(failure: Failure, attempt: number, chance: number): RetryAdvice {
  if (!mayPass(failure) || attempt >= ATTEMPTS) return { kind: "stop" };
  const asked = failure.retryAfterMs;
  if (asked !== null) {
    return asked > LONGEST_ASKED
      ? { kind: "stop" }
      : { kind: "wait", ms: asked + Math.round(250 * chance), everyone: true };
  }
  const full = Math.min(LONGEST_OWN, SECOND * 2 ** (attempt - 1));
  return {
    kind: "wait",
    ms: Math.round(full * (0.5 + chance / 2)),
    everyone: failure.kind === "rateLimited",
  };
}
