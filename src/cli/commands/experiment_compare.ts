import { Command } from "@commander-js/extra-typings";
import { gridName } from "../../adapters/config/grid_file.ts";
import { gridCells } from "../../adapters/ledger/grid_frame.ts";
import { UserError } from "../../core/user_error.ts";
import { armChanges, compareArms } from "../../experiments/grid/compare_arms.ts";
import { FULL } from "../../experiments/grid/grid.ts";
import { armChangesText, armComparisonText, uncorrectedText } from "../../report/text/arms_text.ts";
import { withStore } from "../grid_command.ts";
import { say } from "../print.ts";

const EXAMPLES = `
Two arms that differ in a setting of mutation and in whose cells mutation never differed are refused: nothing could be
said of it.

Examples:
  deno task experiment compare diversity                             every arm with full
  deno task experiment compare diversity --arm on --against off      these two
  deno task experiment compare diversity --json                      the same for a program`;

/** popagent experiment compare: arms of a finished grid, paired by market and seed. */
export function experimentCompareCommand() {
  return withStore(
    new Command("compare")
      .argument("<grid>", "a finished grid: its file, or its name, which is the file's without its ending")
      .description("Compare arms of a finished grid, paired, and say how often genomes changed in each"),
  )
    .option("--arm <name>", "the arm that is looked at; all but the other one, unless given")
    .option("--against <name>", "the arm that it is compared with", FULL)
    .option("--json", "print JSON instead of text")
    .addHelpText("after", EXAMPLES)
    .action((called, { arm, against, store, json }) => {
      const cells = gridCells(gridName(called), { store });
      const arms = [...new Set(cells.flatMap((cell) => cell.arm ?? []))];
      const others = arm === undefined ? arms.filter((one) => one !== against) : [arm];
      const comparisons = others.map((one) => {
        try {
          return compareArms(cells, one, against);
        } catch (error) {
          if (arm === undefined && error instanceof UserError) return error;
          throw error; // the one comparison that was asked for
        }
      });
      if (json) {
        const plain = comparisons.map((one) => one instanceof UserError ? { refused: one.message } : one);
        return say(JSON.stringify(plain));
      }
      say(
        [
          armChangesText(arms.map((one) => armChanges(cells, one))),
          ...comparisons.map((one) =>
            one instanceof UserError ? `REFUSED: ${one.message}` : armComparisonText(one)
          ),
          uncorrectedText(comparisons.flatMap((one) => one instanceof UserError ? [] : [one])),
        ].filter((text) => text !== "").join("\n\n"),
      );
    });
}
