import { Command } from "@commander-js/extra-typings";
import { RESULTS_FOLDER } from "../../adapters/evidence/places.ts";
import { verifyPaper } from "../../adapters/evidence/verify_paper.ts";
import { UserError } from "../../core/user_error.ts";
import { PAPER_FOLDER } from "../paths.ts";
import { say } from "../print.ts";

const EXAMPLES = `
Examples:
  deno task experiment verify                             deno task verify-paper is the same
  deno task experiment verify --paper paper --results results`;

/** popagent experiment verify: is the paper folder what stored results give? */
export function experimentVerifyCommand() {
  return new Command("verify")
    .description("Compute tables and macros again from stored results, and say what is not as it was made")
    .option("--results <folder>", "where stored evidence is", RESULTS_FOLDER)
    .option("--paper <folder>", "the folder of the paper", PAPER_FOLDER)
    .addHelpText("after", EXAMPLES)
    .action(async ({ results, paper }) => {
      const { grids, elsewhere, files, undrawn, faults } = await verifyPaper({ results, paper });
      if (grids.length === 0) return say("Nothing was exported yet: deno task experiment export <grid>");
      if (faults.length === 0) {
        const missing = undrawn > 0
          ? ` ${undrawn} files of figures are not here: deno task build-paper draws what the paper shows, experiment ` +
            "export <grid> all."
          : "";
        const absent = elsewhere.length > 0
          ? ` ${paper} is a draft, without main.tex: nothing of ${
            elsewhere.join(", ")
          } lies there, and no table of ` +
            "theirs is asked for."
          : "";
        return say(
          `${files - undrawn} files of ${grids.join(", ")} are what stored results give.${absent}${missing}`,
        );
      }
      throw new UserError(
        `Cannot vouch for ${paper} as it must say what stored results give:\n${
          faults.map((fault) => `  ${fault}`).join("\n")
        }`,
      );
    });
}
