import { Command } from "@commander-js/extra-typings";
import { gridName } from "../../adapters/config/grid_file.ts";
import {
  gridHash,
  gridNamed,
  gridsOf,
  knownCosts,
  type PlacedCell,
  placedCells,
} from "../../adapters/ledger/grid_table.ts";
import { openLedgerToRead } from "../../adapters/ledger/ledger_file.ts";
import { isWhole } from "../../adapters/ledger/open_cells.ts";
import { reproduction } from "../../adapters/ledger/reproduction.ts";
import { resultFiles } from "../../adapters/ledger/result_files.ts";
import { sessionsOf } from "../../adapters/ledger/session_table.ts";
import { storePlaces } from "../../adapters/ledger/store_folder.ts";
import { expectedCost } from "../../experiments/grid/expected_cost.ts";
import { UserError } from "../../core/user_error.ts";
import { distinct } from "../../experiments/grid/run_grid.ts";
import { type GridStatus, gridStatusText } from "../../report/text/grid_text.ts";
import { withStore } from "../grid_command.ts";
import { say } from "../print.ts";

const EXAMPLES = `
Examples:
  deno task experiment status                          every grid of the ledger
  deno task experiment status smoke                    one, with the cells that run or failed
  deno task experiment status configs/experiments/smoke.yaml   the same one, as experiment run calls it
  deno task experiment status smoke --json             the same for a program`;

/** popagent experiment status: how far grids are, while they run too. */
export function experimentStatusCommand() {
  return withStore(
    new Command("status")
      .argument("[grid]", "one grid alone: its file, or its name, which is the file's without its ending")
      .description("Say how far grids are, while they run too"),
  )
    .option("--json", "print JSON instead of text")
    .addHelpText("after", EXAMPLES)
    .action((called, flags) => {
      const { ledger, results } = storePlaces(flags.store);
      using db = openLedgerToRead(ledger) ?? undefined;
      if (!db) {
        throw new UserError(`Cannot say how far grids are as ${ledger} must be there: none was started yet`);
      }
      const known = knownCosts(db);
      const newest = called === undefined ? newestOfEachName(gridsOf(db)) : [gridNamed(db, gridName(called))];
      const grids = newest.map((grid): GridStatus => {
        const cells = placedCells(db, grid.id);
        const own = distinct(cells);
        const sessions = sessionsOf(db, grid.id);
        const left = own.filter(({ state }) => state === "waiting" || state === "running");
        const session = sessions.at(-1);
        return {
          name: grid.name,
          question: grid.question,
          places: cells.length,
          counts: countsOf(own),
          hash: gridHash(cells),
          underWay: session?.ended === null,
          seenAt: session?.seenAt ?? null,
          cpuSecondsLeft: expectedCost(left, known).cpuSeconds,
          workers: session?.workers ?? 1,
          running: own.filter(({ state }) => state === "running").map(({ label }) => label),
          failed: own.filter(({ state }) => state === "failed").map(({ label, error }) => ({
            label,
            error: error!,
            again: reproduction(grid.file, label, flags.store),
          })),
          damaged: called === undefined
            ? []
            : own.filter((cell) => cell.state === "done" && !isWhole(cell, resultFiles(results))).map((
              { label },
            ) => ({ label, again: reproduction(grid.file, label, flags.store) })),
          cpuSeconds: own.reduce((sum, { cpuSeconds }) => sum + (cpuSeconds ?? 0), 0),
          sessions,
        };
      });
      if (grids.length === 0 && !flags.json) return say(`No grid was started in the store ${flags.store}.`);
      say(
        flags.json
          ? JSON.stringify(grids)
          : grids.map((grid) => gridStatusText(grid, called !== undefined)).join("\n\n"),
      );
    });
}

function newestOfEachName<Entry extends { readonly name: string }>(grids: readonly Entry[]): Entry[] {
  return grids.filter(({ name }, i) => grids.findIndex((one) => one.name === name) === i);
}

function countsOf(cells: readonly PlacedCell[]): GridStatus["counts"] {
  const count = (state: PlacedCell["state"]) => cells.filter((cell) => cell.state === state).length;
  return {
    waiting: count("waiting"),
    running: count("running"),
    done: count("done"),
    failed: count("failed"),
  };
}
