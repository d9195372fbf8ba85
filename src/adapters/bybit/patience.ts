/** What to do about a reply that is no answer: wait and ask again, or give up, and why. Pure. */

/** What is known of a request that brought no answer. */
export type Failure =
  | { readonly kind: "cut"; readonly reason: string }
  | {
    readonly kind: "status";
    readonly status: number;
    readonly text: string;
    readonly retryAfter: number | null;
  }
  | { readonly kind: "code"; readonly code: number; readonly text: string; readonly resetAt: number | null }
  | { readonly kind: "shape"; readonly text: string };

/** Wait so long, ms, and ask again; or stop, for a reason a person can act on. */
export type Advice =
  | { readonly kind: "wait"; readonly ms: number; readonly why: string }
  | { readonly kind: "stop"; readonly why: string };

/** Requests for one page before it is given up. */
export const ATTEMPTS = 7;

const SECOND = 1000;
/** Bybit keeps an address that asked too often out for ten minutes, and longer if it goes on. */
const SHUT_OUT = 10 * 60 * SECOND + 5 * SECOND;
const LONGEST = 60 * SECOND;

/** "Too many visits!": wait for the reset. */
const TOO_MANY = 10006;
/** The exchange's own faults and its clock's: the next try may do. */
const PASSING: readonly number[] = [10000, 10002, 10016, 10018, 30034, 30035];

/**
 * @param attempt How often this page has been asked for, 1 after the first time.
 * @param now ms UTC.
 */
export function adviceOn(failure: Failure, attempt: number, now: number): Advice {
  const backOff = Math.min(LONGEST, SECOND * 2 ** (attempt - 1)); // 1, 2, 4 ... 60 s
  const wait = (ms: number, why: string): Advice =>
    attempt < ATTEMPTS ? { kind: "wait", ms, why } : {
      kind: "stop",
      why:
        `${why}, ${ATTEMPTS} times running. What has been fetched is kept: start the same command again later`,
    };
  switch (failure.kind) {
    case "cut":
      return wait(backOff, `the connection failed (${failure.reason})`);
    case "shape":
      return wait(backOff, `the reply is not what Bybit documents (${failure.text})`);
    case "code":
      if (failure.code === TOO_MANY) {
        const reset = failure.resetAt === null ? backOff : Math.min(LONGEST, failure.resetAt - now + 50);
        return wait(Math.max(100, reset), "too many requests (retCode 10006)");
      }
      if (PASSING.includes(failure.code)) return wait(backOff, `retCode ${failure.code}: ${failure.text}`);
      return { kind: "stop", why: `Bybit refuses it (retCode ${failure.code}: ${failure.text})` };
    case "status":
      return onStatus(failure, backOff, wait);
  }
}

function onStatus(
  { status, text, retryAfter }: Extract<Failure, { kind: "status" }>,
  backOff: number,
  wait: (ms: number, why: string) => Advice,
): Advice {
  if (status === 403 && /frequent|too many/i.test(text)) {
    return wait(
      retryAfter ?? SHUT_OUT,
      "too many requests from this address (HTTP 403); it opens after ten minutes",
    );
  }
  if (status === 403) {
    return {
      kind: "stop",
      why: "Bybit refuses this address (HTTP 403), as it does those of some countries. " +
        "Use a host that serves yours (--base-url), or import files from elsewhere (data import)",
    };
  }
  if (status === 429) return wait(retryAfter ?? backOff, "too many requests (HTTP 429)");
  if (status >= 500 || status === 408) {
    return wait(retryAfter ?? backOff, `the exchange has a fault (HTTP ${status})`);
  }
  return { kind: "stop", why: `the exchange answers HTTP ${status}; is --base-url right?` };
}
