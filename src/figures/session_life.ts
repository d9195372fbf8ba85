/** Where a session is in its life and what its guards let pass, in words for a page and a terminal. */
import { formatTime } from "../core/time.ts";
import { count } from "./format.ts";
import type { SessionView } from "./session_view.ts";

/** What the session is doing, in a sentence or two. */
export function lifeText(view: Pick<SessionView, "life" | "stopped" | "simulated" | "close">): string {
  const { life, stopped, simulated, close } = view;
  if (life === "empty") return "Nothing has been learned or traded yet, and no process is at it.";
  if (life === "learning") return "It learns from its history; no order has been sent yet.";
  if (life === "waiting") return "Its history is learned; the first bar has not closed yet.";
  if (life === "unknown") {
    return "It lies on a network folder: whether a process trades it cannot be told from here.";
  }
  if (life === "trading") {
    return simulated
      ? "It trades; bars are replayed as fast as they are decided."
      : "It trades in real time.";
  }
  const stays = simulated ? "" : " Positions, stops and targets stay at the exchange.";
  const goesOn = " The same command goes on.";
  if (stopped === null) return `No process trades it now.${stays}${goesOn}`;
  if (stopped !== "") return `It has ended: ${stopped}.${stays}`;
  return `It was stopped${close === null ? "" : ` at ${formatTime(close)} UTC`}.${stays}${goesOn}`;
}

/** True where nobody trades a session and its guards hold nothing back: to call it active would mislead. */
export function isAtRest({ guard, life }: Pick<SessionView, "guard" | "life">): boolean {
  return guard === "active" && (life === "left" || life === "empty");
}

/** A session's state in a word or two: that of its guards or, at rest, how it came to rest. */
export function stateWord(view: Pick<SessionView, "guard" | "life" | "stopped">): string {
  const { guard, life, stopped } = view;
  if (!isAtRest(view)) return guard.toUpperCase();
  if (life === "empty") return "NOT BEGUN";
  return stopped === null ? "LEFT" : stopped === "" ? "STOPPED" : "ENDED";
}

/** What the guards let pass, and what leads out of it. */
export function guardText(
  view: Pick<SessionView, "guard" | "guardRule" | "asked" | "session" | "life">,
): string {
  const { guard, guardRule, asked, session } = view;
  const rule = guardRule === "asked" ? "a person asked for it" : guardRule;
  const now = guard === "active"
    ? `${isAtRest(view) ? "While it trades, everything" : "Everything"} within the limits is sent.`
    : guard === "reducing"
    ? `Only what makes positions smaller is sent: ${rule}.`
    : `Nothing is sent: ${rule}. Only a person leads out of it: popagent paper halt ${session} --active.`;
  return asked === null ? now : `${now} Asked for: ${asked}; it is heard before the next order.`;
}

/** How many alerts there are, the critical ones told apart. */
export function alertsShort({ alerts }: Pick<SessionView, "alerts">): string {
  const critical = alerts.filter(({ severity }) => severity === "critical").length;
  if (alerts.length === 0) return "none";
  return critical === 0 ? count(alerts.length) : `${count(alerts.length)}, ${count(critical)} critical`;
}
