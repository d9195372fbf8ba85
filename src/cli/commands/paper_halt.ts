import { Command, Option } from "@commander-js/extra-typings";
import { askGuard, sessionPlaces, SESSIONS_FOLDER } from "../../adapters/exchange/session_folder.ts";
import { say } from "../print.ts";

const EXAMPLES = `
The session hears it before its next order. Without a command: write halted, reducing or active into the file GUARD of its
folder, or send its process SIGUSR1. Stops and targets stay at the exchange.

Examples:
  deno task paper halt paper-1a2b3c4d5e            nothing is sent any more, what rests is cancelled
  deno task paper halt paper-1a2b3c4d5e --reduce   only what makes positions smaller
  deno task paper halt paper-1a2b3c4d5e --active   trade again`;

/** popagent paper halt: the kill switch. */
export function paperHaltCommand() {
  return new Command("halt")
    .description("The kill switch: nothing is sent any more until --active")
    .argument("<session>", "name of its folder")
    .addOption(new Option("--reduce", "let pass what makes positions smaller").conflicts("active"))
    .option("--active", "trade again")
    .option("--out <folder>", "where session folders are", SESSIONS_FOLDER)
    .addHelpText("after", EXAMPLES)
    .action(async (session, flags) => {
      const state = flags.active ? "active" : flags.reduce ? "reducing" : "halted";
      await askGuard(sessionPlaces(flags.out, session), state);
      say(`Asked ${session} for: ${state}. It is heard before the next order.`);
    });
}
