import { Command } from "@commander-js/extra-typings";
import { SESSIONS_FOLDER } from "../../adapters/exchange/session_folder.ts";
import { UserError } from "../../core/user_error.ts";
import { runAgain } from "../../live/compare_session.ts";
import { divergenceOf } from "../../live/divergence.ts";
import { say } from "../print.ts";
import { recordedSession } from "../recorded_session.ts";

const EXAMPLES = `
Ends with 1 where an order differs.

Examples:
  deno task paper replay paper-1a2b3c4d5e   does it decide the same again, on the fills that it got?`;

/** popagent paper replay: a recorded session decided again. */
export function paperReplayCommand() {
  return new Command("replay")
    .description("Decide a recorded session again on the fills that it got: every order the same?")
    .argument("<session>", "name of its folder")
    .option("--out <folder>", "where session folders are", SESSIONS_FOLDER)
    .addHelpText("after", EXAMPLES)
    .action(async (name, flags) => {
      const { session, record } = await recordedSession(flags.out, name);
      const again = await runAgain(session, record);
      const parts = divergenceOf(record, again, again, session.panel);
      const { compared, value, first } = parts.find(({ part }) => part === "decisions")!;
      const wrong = Math.round(value * compared);
      if (wrong > 0) {
        throw new UserError(`${wrong} of ${compared} orders of ${name} differ, first at ${first}`);
      }
      say(`Replayed ${name}: ${compared} orders, no mismatch.`);
    });
}
