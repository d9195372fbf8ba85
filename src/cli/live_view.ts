/** A session followed on a terminal, redrawn in place; plain lines where there is no terminal. */
import process from "node:process";
import { clearScreenDown, cursorTo } from "node:readline";
import { styleText } from "node:util";
import { alertFold } from "../admin/alert_fold.ts";
import { alertLine } from "../admin/alert_text.ts";
import { UserError } from "../core/user_error.ts";
import { formatTime } from "../core/time.ts";
import { EVENTS, eventsOfType, eventSummary, type RecordedEvent } from "../events/event.ts";
import type { SessionView } from "../figures/session_view.ts";
import { type LiveLine, liveLines, type Tone } from "../report/text/live_text.ts";
import { barLine } from "../report/text/session_text.ts";
import { onInterrupt } from "./interrupt.ts";
import { say, tell, visible } from "./print.ts";
import type { WatchedSession } from "./watched_session.ts";

/** ms between two looks. */
const EVERY_MS = 1000;

const STYLES: Readonly<Record<Tone, Parameters<typeof styleText>[0] | null>> = {
  plain: null,
  strong: "bold",
  soft: "dim",
  good: "green",
  bad: "red",
  alarm: "yellow",
};

/** Follows a session until the process is interrupted, or stdout takes nothing more. */
export async function followSession(session: WatchedSession): Promise<never> {
  const view = process.stdout.isTTY ? screen(session) : lines(session);
  onInterrupt(view.end);
  try {
    for (;; await new Promise((resolve) => setTimeout(resolve, EVERY_MS))) view.look();
  } finally {
    view.end();
  }
}

interface Following {
  readonly look: () => void;
  readonly end: () => void;
}

/** The whole window, on the terminal's other screen: what stood there before stands there afterwards. */
function screen(session: WatchedSession): Following {
  const out = process.stdout;
  let view: SessionView | null = null, fault: string | null = null;
  const looked = readable(session, (message) => fault = message);
  out.write("\x1b[?1049h\x1b[?25l"); // other screen, no cursor
  return {
    look: () => {
      const fresh = looked();
      if (fresh !== null) [view, fault] = [fresh, null];
      const window = { columns: out.columns ?? 80, rows: (out.rows ?? 24) - 1 };
      const drawn: readonly LiveLine[] = [
        ...(fault === null ? [] : [[[fault, "bad"]] as LiveLine]),
        ...(view === null ? [] : liveLines(view, Date.now(), window)),
      ].slice(0, window.rows);
      cursorTo(out, 0, 0);
      out.write(drawn.map((line) => `${paint(line)}\x1b[K\n`).join("")); // each line over its forerunner: no flicker
      clearScreenDown(out);
    },
    end: () => void out.write("\x1b[?25h\x1b[?1049l"),
  };
}

/** Colours unless NO_COLOR is set, which Deno reads without a permission; texts of the journal cannot steer the terminal. */
function paint(line: LiveLine): string {
  return line.map(([text, tone]) => {
    const style = STYLES[tone], shown = visible(text);
    return style === null || Deno.noColor ? shown : styleText(style, shown, { validateStream: false });
  }).join("");
}

/** What happens from now on, a line a bar, an alert and a change of guards, after a line on how it stands. */
function lines(session: WatchedSession): Following {
  const alerts = alertFold();
  let told: number | null = null;
  const looked = readable(session, (message) => tell(message));
  return {
    look: () => {
      if (looked() === null) return;
      const events = session.events();
      if (told !== null && events.length < told) told = null; // another session took its place
      const raised = events.slice(told ?? 0).map((event) => ({ event, found: alerts(event) }));
      if (told === null) eventsOfType(events, "bar").slice(-1).forEach((bar) => say(barLine(bar)));
      else {raised.forEach(({ event, found }) =>
          [...happened(event), ...found.map(alertLine)].forEach((line) => say(line))
        );}
      told = events.length;
    },
    end: () => {},
  };
}

/** What is said of an event in a line of its own; of most, nothing. */
function happened(event: RecordedEvent): string[] {
  if (event.type === "bar") return [barLine(event)];
  if (event.type !== "guard" && event.type !== "session") return [];
  return [`${formatTime(event.time)}  ${EVENTS[event.type].label}: ${eventSummary(event)}`];
}

/** Looks at a session that may not be readable for a while; each fault is told once. */
function readable(session: WatchedSession, tellFault: (message: string) => void): () => SessionView | null {
  let fault = "";
  return () => {
    try {
      const view = session.look();
      fault = "";
      return view;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      if (error.message !== fault) tellFault(error.message);
      fault = error.message;
      return null;
    }
  };
}
