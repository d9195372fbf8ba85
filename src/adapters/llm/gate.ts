/** What all callers of one provider share: how many ask at once, and a time before which nobody asks. */
import pLimit from "p-limit";

/** Time as it passes: the wall clock's, or a test's. */
export interface Clock {
  /** ms UTC. */
  readonly now: () => number;
  /** Waits so long, ms. */
  readonly sleep: (ms: number) => Promise<void>;
}

/** A provider's gate. */
export interface Gate {
  /** Does the work when there is room and the time has come. */
  pass<Value>(work: () => Promise<Value>): Promise<Value>;
  /** Nobody passes before `time`, ms UTC; a later time that was set before stays. */
  closeUntil(time: number): void;
}

/** @param atOnce Requests under way at once. */
export function providerGate(atOnce: number, { now, sleep }: Clock): Gate {
  const limit = pLimit(atOnce);
  let opens = -Infinity;
  return {
    pass: (work) =>
      limit(async () => {
        while (opens > now()) await sleep(opens - now());
        return await work();
      }),
    closeUntil: (time) => opens = Math.max(opens, time),
  };
}
