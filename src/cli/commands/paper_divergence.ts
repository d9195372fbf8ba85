import { Command } from "@commander-js/extra-typings";
import { SESSIONS_FOLDER } from "../../adapters/exchange/session_folder.ts";
import { divergenceTable } from "../../figures/divergence_table.ts";
import { compareSession } from "../../live/compare_session.ts";
import { textTable } from "../../report/text/run_text.ts";
import { say } from "../print.ts";
import { recordedSession } from "../recorded_session.ts";

const EXAMPLES = `
Examples:
  deno task paper divergence paper-1a2b3c4d5e          what differs from the research simulation, and where first
  deno task paper divergence paper-1a2b3c4d5e --json`;

/** popagent paper divergence: a session against the research simulation. */
export function paperDivergenceCommand() {
  return new Command("divergence")
    .description("Compare decisions, prices, fees, funding, latency and ticks with the research simulation")
    .argument("<session>", "name of its folder")
    .option("--out <folder>", "where session folders are", SESSIONS_FOLDER)
    .option("--json", "print the parts as JSON")
    .addHelpText("after", EXAMPLES)
    .action(async (name, flags) => {
      const { session, record } = await recordedSession(flags.out, name);
      const parts = await compareSession(session, record);
      say(flags.json ? JSON.stringify(parts) : textTable(divergenceTable(parts)));
    });
}
