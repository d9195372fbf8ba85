/** Sends what waits in an outbox, each channel on its own and in order, beside whatever else the program does. */
import type { Delivery, Notifier } from "../../admin/notices/notifier.ts";
import { type RetryTerms, waitAfter } from "../../admin/notices/retry.ts";
import type { Outbox } from "./outbox.ts";
import { sleepUntil } from "./patience.ts";

/** What a dispatcher is made of. */
export interface DispatcherParts {
  readonly outbox: Outbox;
  readonly notifiers: readonly Notifier[];
  readonly retry: RetryTerms;
  /** Told when a channel fails, once until it works again, and when it does. */
  readonly tell: (text: string) => void;
  /** Sleeps at most so many ms; shorter where the signal comes. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Sends what waits. Nothing of it throws, and nobody has to wait for it. */
export interface Dispatcher {
  /** Something may be waiting. */
  wake(): void;
  /** Sends what waits while it can be sent, for at most so many ms, and then nothing any more. */
  close(ms: number): Promise<void>;
}

/** Begins with what waits already. */
export function dispatcher(parts: DispatcherParts): Dispatcher {
  const closing = new AbortController(), over = new AbortController();
  const channels = parts.notifiers.map((notifier) =>
    channelPump(parts, notifier, closing.signal, over.signal)
  );
  const wake = () => channels.forEach((pump) => pump());
  wake();
  return {
    wake,
    close: async (ms) => {
      closing.abort();
      const timer = setTimeout(() => over.abort(), ms);
      await Promise.all(channels.map((pump) => pump()));
      clearTimeout(timer);
    },
  };
}

/** One channel. What it returns sends what waits; called while it does, it gives the same promise. */
function channelPump(
  { outbox, retry, tell, sleep = sleepUntil }: Omit<DispatcherParts, "notifiers">,
  notifier: Notifier,
  closing: AbortSignal,
  over: AbortSignal,
): () => Promise<void> {
  const { channel, gapMs } = notifier;
  let failures = 0, woken = false, running: Promise<void> | null = null;

  /** @returns ms until the next; null where nothing waits, or nothing more is sent. */
  const one = async (): Promise<number | null> => {
    const next = outbox.next(channel);
    if (next === null || over.aborted) return null;
    outbox.trying(channel, next.number);
    const delivery = await sendOnce(notifier, next.notice, next.maybe, over);
    if (delivery.sent) {
      outbox.ended(channel, next.number, "sent", false, "");
      if (failures > 0) tell(`${channel} takes notices again.`);
      failures = 0;
      return gapMs;
    }
    const ends = delivery.never || next.tries + 1 >= retry.tries;
    const maybe = delivery.maybe || (next.maybe && !delivery.never);
    outbox.ended(channel, next.number, ends ? "abandoned" : "waiting", maybe, delivery.why);
    if (failures++ === 0) {
      tell(
        `!! ${channel} does not take notices: ${delivery.why}. ${
          delivery.never ? "This one is not tried again" : `Each is tried up to ${retry.tries} times`
        }; said once until it works.`,
      );
    }
    if (delivery.never) return gapMs;
    return closing.aborted ? null : waitAfter(retry, failures, delivery.afterMs);
  };
  const run = async () => {
    try {
      while (woken) {
        woken = false;
        for (let wait = await one(); wait !== null; wait = await one()) {
          await sleep(wait, failures > 0 ? closing : over);
          if (closing.aborted && failures > 0) return; // it waited to try again: the next start does
        }
      }
    } catch (error) {
      tell(`!! ${channel}: notices are not sent as their outbox fails: ${(error as Error).message}`);
    }
  };
  return () => {
    woken = true;
    return running ??= run().finally(() => running = null);
  };
}

/** Whatever a channel throws is a failure of its own making. */
async function sendOnce(
  notifier: Notifier,
  ...[notice, again, signal]: Parameters<Notifier["send"]>
): Promise<Delivery> {
  try {
    return await notifier.send(notice, again, signal);
  } catch (error) {
    const name = error instanceof Error ? error.name : typeof error; // its words may hold what must not be shown
    return { sent: false, why: `its adapter failed (${name})`, never: true, maybe: true, afterMs: null };
  }
}
