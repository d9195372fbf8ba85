import { Command } from "@commander-js/extra-typings";
import { SESSIONS_FOLDER } from "../../adapters/exchange/session_folder.ts";
import { servePage } from "../../adapters/page/live_page.ts";
import { UserError } from "../../core/user_error.ts";
import type { SessionView } from "../../figures/session_view.ts";
import { WATCH_POLICY, watchPage } from "../../report/html/watch_page.ts";
import { faultParts, type WatchParts, watchParts } from "../../report/html/watch_parts.ts";
import { countOf } from "../counts.ts";
import { onInterrupt } from "../interrupt.ts";
import { say } from "../print.ts";
import { type WatchedSession, watchedSession } from "../watched_session.ts";

const EXAMPLES = `
The session is read and never written; it trades in a process of its own, or has ended. Whoever has the address can see it,
on this machine alone; nothing can be done from the page. To halt: deno task paper halt. docs/PAPER_TRADING.md says more.

Examples:
  deno task watch                          the session that wrote last
  deno task watch paper-1a2b3c4d5e
  deno task watch --out data/paper`;

/** popagent watch: a page on which a paper session is looked at while it trades. */
export function watchCommand() {
  return new Command("watch")
    .argument("[session]", "name of its folder; the one that wrote last if left out")
    .option("--port <number>", "port on this machine", "8193")
    .option("--out <folder>", "where session folders are", SESSIONS_FOLDER)
    .addHelpText("after", EXAMPLES)
    .action(async (name, flags) => {
      const port = countOf(flags.port, "--port", 0, 65535);
      const session = await watchedSession(flags.out, name);
      const served = servePage(shownSession(session), { port, token: crypto.randomUUID() });
      say(
        `The session ${session.name} is shown at ${served.url}\nThis machine alone can see it; Ctrl-C ends it.`,
      );
      await new Promise(() =>
        onInterrupt(async () => {
          await served.close();
          session[Symbol.dispose]();
        })
      );
    });
}

/** A watched session as what is served: made anew only where the session has changed. */
export function shownSession(session: Pick<WatchedSession, "look">) {
  let view: SessionView = session.look()!, parts = watchParts(view);
  const look = (): WatchParts | Partial<WatchParts> => {
    try {
      const fresh = session.look();
      if (fresh !== null) [view, parts] = [fresh, watchParts(fresh)];
      return parts;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return faultParts(error.message); // it may be readable again
    }
  };
  return {
    policy: WATCH_POLICY,
    page: () => {
      const now = { ...parts, ...look() };
      return watchPage(view, now);
    },
    parts: () => look() as Readonly<Record<string, string>>,
  };
}
