/** Waiting that is fair to a thread which computes meanwhile. */

/** Looks of one patience. */
const LOOKS = 10;

/** A limit on how long something may take. */
export interface Patience {
  /** Aborts when the time is over, or with the signal that was given. */
  readonly signal: AbortSignal;
  [Symbol.dispose](): void;
}

/**
 * Begins to be patient for so many ms. The time is counted in ten looks: a thread that learned for a minute has let one
 * of them pass, and finds the answer that came meanwhile instead of calling it missing.
 */
export function patience(ms: number, until: AbortSignal): Patience {
  const over = new AbortController();
  let looks = 0;
  const timer = setInterval(() => {
    if (++looks >= LOOKS) over.abort(new DOMException("took too long", "TimeoutError"));
  }, ms / LOOKS);
  return { signal: AbortSignal.any([over.signal, until]), [Symbol.dispose]: () => clearInterval(timer) };
}

/** Sleeps, but not beyond a signal. */
export function sleepUntil(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
  });
}
