import { Command } from "@commander-js/extra-typings";
import { namedSource } from "../../adapters/bars/named_source.ts";
import { isTradingHost } from "../../adapters/exchange/bybit/hosts.ts";
import { guardWord, sessionPlaces, SESSIONS_FOLDER } from "../../adapters/exchange/session_folder.ts";
import { storedSession } from "../../adapters/exchange/stored_session.ts";
import { isHeld } from "../../adapters/files/file_lock.ts";
import { alertsOf } from "../../admin/alert_fold.ts";
import { sessionSource } from "../../admin/session_source.ts";
import { statusOf } from "../../admin/status.ts";
import { alertRows } from "../../admin/alert_text.ts";
import type { PopulationRunConfig } from "../../experiments/config.ts";
import { UserError } from "../../core/user_error.ts";
import { statusText } from "../../report/text/status_text.ts";
import { followSession } from "../live_view.ts";
import { say } from "../print.ts";
import { watchedSession } from "../watched_session.ts";

const EXAMPLES = `
Nothing is changed, and the session may be trading meanwhile. docs/PAPER_TRADING.md lists the alert rules.

Examples:
  deno task popagent status                        the session that wrote last
  deno task popagent status paper-1a2b3c4d5e
  deno task popagent status --json
  deno task popagent status --follow               redrawn each second while it trades, until Ctrl-C`;

/** popagent status: a paper session as it stands. */
export function statusCommand() {
  return new Command("status")
    .argument("[session]", "name of its folder; the one that wrote last if left out")
    .option("--out <folder>", "where session folders are", SESSIONS_FOLDER)
    .option("--json", "print the status as JSON")
    .option("--follow", "show it until Ctrl-C: redrawn on a terminal, elsewhere a line a bar")
    .addHelpText("after", EXAMPLES)
    .action(async (name, flags) => {
      if (flags.follow) return await follow(flags.out, name, flags.json);
      const { file, events, point, open, ...stored } = await storedSession(flags.out, name);
      const config = file.config as unknown as PopulationRunConfig; // as it was resolved and kept
      const status = statusOf({
        session: stored.name,
        events,
        point,
        open,
        coins: config.universe.coins,
        startingEquity: config.startingEquity,
        alerts: alertsOf(events),
      });
      const places = sessionPlaces(flags.out, stored.name), asked = guardWord(places);
      const named = namedSource(config);
      const told = {
        ...status,
        ...(isTradingHost(file.exchange)
          ? sessionSource(file.exchange)
          : { source: named.text, synthetic: named.synthetic }),
        asked: asked === status.guard ? null : asked,
        held: isHeld(places.lock),
      };
      say(flags.json ? JSON.stringify(told) : statusText({ ...told, alerts: alertRows(status.alerts) }));
    });
}

/** Shows a session until it is interrupted. */
async function follow(root: string, name: string | undefined, json: true | undefined): Promise<void> {
  if (json) {
    throw new UserError("Cannot follow a session as JSON as one status is one object: leave out --json");
  }
  await followSession(await watchedSession(root, name));
}
