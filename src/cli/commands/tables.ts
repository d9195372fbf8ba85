import { join } from "node:path";
import { Command } from "@commander-js/extra-typings";
import { writeFileAtomic } from "../../adapters/files/atomic_file.ts";
import { requireWritableFolder } from "../../adapters/files/writable_folder.ts";
import { creditTable } from "../../figures/credit_table.ts";
import { genealogyTable } from "../../figures/genealogy_table.ts";
import { notesTable, resultTable, tradingTable } from "../../figures/result_table.ts";
import { csvTable, metricsCsv } from "../../report/text/csv_table.ts";
import { latexTable } from "../../report/text/latex_table.ts";
import { markdownTable } from "../../report/text/markdown_table.ts";
import { chosen } from "../chosen.ts";
import { TABLES_FOLDER } from "../paths.ts";
import { say } from "../print.ts";
import { RUN_NAME, storedRun, withRuns } from "../stored_run.ts";

const WRITERS = { tex: latexTable, md: markdownTable, csv: csvTable } as const;
const FORMATS = Object.keys(WRITERS) as (keyof typeof WRITERS)[];
/** Rows of the genealogy: more than a reader follows would be a data set. */
const GENEALOGY_ROWS = 40;

const EXAMPLES = `
Examples:
  deno task popagent tables                                         every table of the newest run, as LaTeX
  deno task popagent tables population-s1 --format md,csv           of one run, for a page and for a program
  deno task popagent tables --only results,trading --out paper/tables`;

/** popagent tables: a run's tables as files. */
export function tablesCommand() {
  return withRuns(new Command("tables").argument("[run]", RUN_NAME, "latest"))
    .description(
      "Writes the tables of a run as LaTeX (booktabs), Markdown or CSV; csv adds metrics.csv, unrounded",
    )
    .option("--only <names>", "some tables by name, parted by commas")
    .option("--format <formats>", `${FORMATS.join(", ")}; parted by commas`, "tex")
    .option("--out <folder>", "where they go", TABLES_FOLDER)
    .addHelpText("after", EXAMPLES)
    .action(async (name, flags) => {
      const formats = chosen(flags.format, FORMATS, "--format");
      const run = await storedRun(flags.runs, name);
      const tables = [
        resultTable(run.result),
        tradingTable(run.result),
        notesTable(run.result),
        creditTable(run.result),
        genealogyTable(run.events, GENEALOGY_ROWS),
      ].filter(({ rows }) => rows.length > 0);
      const names = tables.map(({ name }) => name);
      const only = flags.only === undefined ? names : chosen(flags.only, names, "--only");
      await requireWritableFolder(flags.out);
      const write = async (name: string, content: string) => {
        const file = join(flags.out, name);
        await writeFileAtomic(file, content);
        say(file, flags.out);
      };
      for (const table of tables.filter(({ name }) => only.includes(name))) {
        for (const format of formats) await write(`${table.name}.${format}`, WRITERS[format](table));
      }
      if (formats.includes("csv") && flags.only === undefined) {
        await write("metrics.csv", metricsCsv(run.result));
      }
    });
}
