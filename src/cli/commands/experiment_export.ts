import { Command } from "@commander-js/extra-typings";
import { exportPaper } from "../../adapters/evidence/export_paper.ts";
import { RESULTS_FOLDER } from "../../adapters/evidence/places.ts";
import { withStore } from "../grid_command.ts";
import { PAPER_FOLDER } from "../paths.ts";
import { say } from "../print.ts";
import { evidenceOf } from "./experiment_summary.ts";

const EXAMPLES = `
deno task verify-paper computes it all again from stored results; deno task build-paper makes paper/main.pdf where there
is a TeX engine.

Examples:
  deno task experiment export evidence_smoke              results/, paper/tables, paper/figures, paper/macros.tex
  deno task experiment export evidence_smoke --paper data/draft`;

/** popagent experiment export: a finished grid into the paper folder. */
export function experimentExportCommand() {
  return withStore(
    new Command("export")
      .argument("<grid>", "a finished grid: its file, or its name")
      .description("Write a finished grid into the paper folder: stored result, tables, macros, figures"),
  )
    .option("--results <folder>", "where stored evidence and registrations are", RESULTS_FOLDER)
    .option("--paper <folder>", "the folder of the paper", PAPER_FOLDER)
    .addHelpText("after", EXAMPLES)
    .action(async (called, { store, results, paper }) => {
      const record = await evidenceOf(called, store, results);
      const files = await exportPaper(record, { results, paper });
      say(files.join("\n"), paper);
      if (record.registered === null) {
        say(
          `!! ${results} holds no registration of ${record.grid}: its claims are exported without a verdict.`,
        );
      }
    });
}
