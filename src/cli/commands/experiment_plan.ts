import { Command } from "@commander-js/extra-typings";
import { knownCosts } from "../../adapters/ledger/grid_table.ts";
import { openLedgerToRead } from "../../adapters/ledger/ledger_file.ts";
import { isDone } from "../../adapters/ledger/open_cells.ts";
import { resultFiles } from "../../adapters/ledger/result_files.ts";
import { storePlaces } from "../../adapters/ledger/store_folder.ts";
import { expectedBytes, expectedCost } from "../../experiments/grid/expected_cost.ts";
import { distinct } from "../../experiments/grid/run_grid.ts";
import { gridPlanText } from "../../report/text/grid_text.ts";
import { GRID_CALLED, gridFile, memoBytesFor, plannedGrid, withStore } from "../grid_command.ts";
import { say } from "../print.ts";
import { parseWorkers } from "../workers.ts";

const EXAMPLES = `
Examples:
  deno task experiment plan configs/experiments/smoke.yaml                cells, those that are done, time and memory
  deno task experiment plan configs/experiments/validation/planted.yaml --workers 4`;

/** popagent experiment plan: what a grid would run. */
export function experimentPlanCommand() {
  return withStore(
    new Command("plan")
      .argument("<grid>", GRID_CALLED)
      .description(
        "Say what a grid would run, what is done already, and how long the rest takes; runs nothing",
      ),
  )
    .option("--workers <count>", "Web Workers that would run it", "2")
    .addHelpText("after", EXAMPLES)
    .action(async (called, flags) => {
      const file = gridFile(called);
      const workers = parseWorkers(flags.workers);
      const plan = await plannedGrid(file);
      const cells = distinct(plan.cells);
      using db = openLedgerToRead(storePlaces(flags.store).ledger) ?? undefined;
      const known = db ? knownCosts(db) : [];
      const results = resultFiles(storePlaces(flags.store).results);
      const waiting = cells.filter(({ key }) => !(db && isDone(db, results, key)));
      say(gridPlanText(plan.grid, plan.cells, {
        distinct: cells.length,
        done: cells.length - waiting.length,
        expected: expectedCost(waiting, known),
        workers,
        cores: navigator.hardwareConcurrency,
        bytes: expectedBytes(Math.min(workers, Math.max(1, waiting.length)), memoBytesFor(waiting, workers)),
      }));
    });
}
