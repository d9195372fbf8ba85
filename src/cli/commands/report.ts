import { Command } from "@commander-js/extra-typings";
import { loadMarket } from "../../adapters/bars/load_market.ts";
import { isTradingHost } from "../../adapters/exchange/bybit/hosts.ts";
import { SESSIONS_FOLDER } from "../../adapters/exchange/session_folder.ts";
import { storedSession } from "../../adapters/exchange/stored_session.ts";
import { writeFileAtomic } from "../../adapters/files/atomic_file.ts";
import { type Period, periodOf } from "../../admin/period.ts";
import { sessionReport } from "../../admin/session_report.ts";
import { sessionSource } from "../../admin/session_source.ts";
import { UserError } from "../../core/user_error.ts";
import type { PopulationRunConfig } from "../../experiments/config.ts";
import { sessionPage } from "../../report/html/session_page.ts";
import { sessionReportText } from "../../report/text/session_report_text.ts";
import { decimalOf } from "../counts.ts";
import { HOLDOUT_FILE } from "../paths.ts";
import { say } from "../print.ts";

const EXAMPLES = `
Days are counted back from the newest close of the session, in its own time.

Examples:
  deno task popagent report --days 1                the last day of the session that wrote last
  deno task popagent report --days 7 --html data/week.html
  deno task popagent report paper-1a2b3c4d5e --days 30 --json`;

/** popagent report: what happened in the last days of a paper session. */
export function reportCommand() {
  return new Command("report")
    .argument("[session]", "name of its folder; the one that wrote last if left out")
    .option("--days <count>", "how many, counted back from the newest close", "7")
    .option("--html <file>", "write it as a page that needs no network")
    .option("--out <folder>", "where session folders are", SESSIONS_FOLDER)
    .option("--json", "print the numbers as JSON")
    .addHelpText("after", EXAMPLES)
    .action(async (name, flags) => {
      const days = decimalOf(flags.days, "--days", 0.1, 100_000);
      const stored = await storedSession(flags.out, name);
      const config = stored.file.config as unknown as PopulationRunConfig; // as it was resolved and kept
      const period = periodOf(stored.events, config.startingEquity, days);
      if (period === null) {
        throw new UserError(
          `Cannot report on the session ${stored.name} as a bar of it must have closed: none has`,
        );
      }
      const { exchange } = stored.file;
      const { source, synthetic } = sessionSource(
        isTradingHost(exchange)
          ? exchange
          : (await loadMarket({ config, opening: null, holdoutLog: HOLDOUT_FILE, now: Date.now() })).source,
      );
      const report = sessionReport(stored.name, period, source, synthetic);
      if (flags.html !== undefined) await writeFileAtomic(flags.html, sessionPage(report));
      say(flags.json ? JSON.stringify(numbersOf(period)) : sessionReportText(report), flags.html ?? null);
    });
}

/** A period without its bars, which the journal holds. */
function numbersOf({ bars, ...period }: Period) {
  return { ...period, bars: bars.length };
}
