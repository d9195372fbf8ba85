import { Command } from "@commander-js/extra-typings";
import { loadRuns } from "../../adapters/evidence/load_runs.ts";
import { evidencePlaces, RESULTS_FOLDER } from "../../adapters/evidence/places.ts";
import {
  freezeRegistration,
  frozenRegistration,
  requireSameRegistration,
} from "../../adapters/evidence/registrations.ts";
import { knownCosts } from "../../adapters/ledger/grid_table.ts";
import { openLedgerToRead } from "../../adapters/ledger/ledger_file.ts";
import { isDone } from "../../adapters/ledger/open_cells.ts";
import { resultFiles } from "../../adapters/ledger/result_files.ts";
import { storePlaces } from "../../adapters/ledger/store_folder.ts";
import { exists } from "../../adapters/runs/run_places.ts";
import { plannedPower } from "../../experiments/evidence/planned_power.ts";
import { registrationHash, registrationOf } from "../../experiments/evidence/registration.ts";
import type { Grid } from "../../experiments/grid/grid.ts";
import { expectedBytes, expectedCost } from "../../experiments/grid/expected_cost.ts";
import { distinct } from "../../experiments/grid/run_grid.ts";
import { plannedPowerText } from "../../report/text/evidence_text.ts";
import { gridPlanText } from "../../report/text/grid_text.ts";
import { GRID_CALLED, gridFile, memoBytesFor, plannedGrid, withStore } from "../grid_command.ts";
import { OPENING_FLAG } from "../grid_opening.ts";
import { say } from "../print.ts";
import { parseWorkers } from "../workers.ts";

const EXAMPLES = `
Examples:
  deno task experiment plan configs/experiments/smoke.yaml                cells, those that are done, time and memory
  deno task experiment plan configs/experiments/validation/planted.yaml --workers 4
  deno task experiment plan configs/experiments/primary.yaml              and what its claims can be told from
  deno task experiment plan configs/experiments/primary.yaml --freeze     registered: run takes no other`;

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
    .option(
      "--freeze",
      "register what the grid is to show, before its first run; it cannot be changed afterwards",
    )
    .option("--results <folder>", "where registrations are", RESULTS_FOLDER)
    .option("--opening <id>", OPENING_FLAG)
    .addHelpText("after", EXAMPLES)
    .action(async (called, flags) => {
      const file = gridFile(called);
      const workers = parseWorkers(flags.workers);
      const plan = await plannedGrid(file, flags.opening);
      const cells = distinct(plan.cells);
      using db = openLedgerToRead(storePlaces(flags.store).ledger) ?? undefined;
      const known = db ? knownCosts(db) : [];
      const results = resultFiles(storePlaces(flags.store).results);
      const waiting = cells.filter(({ key }) => !(db && isDone(db, results, key)));
      const done = cells.length - waiting.length;
      const evidence = await plannedEvidence(plan.grid, flags.results, flags.freeze === true, done);
      const text = gridPlanText(plan.grid, plan.cells, {
        distinct: cells.length,
        done,
        expected: expectedCost(waiting, known),
        workers,
        cores: navigator.hardwareConcurrency,
        bytes: expectedBytes(Math.min(workers, Math.max(1, waiting.length)), memoBytesFor(waiting, workers)),
      });
      say([text, ...evidence].join("\n\n"));
    });
}

/**
 * What a grid's claims can be told from; nothing for a grid that claims nothing.
 *
 * @param done Cells that were run already.
 */
async function plannedEvidence(
  grid: Grid,
  results: string,
  freeze: boolean,
  done: number,
): Promise<string[]> {
  if (grid.evidence === undefined && !freeze) return [];
  const registration = registrationOf(grid);
  await requireSameRegistration(results, grid);
  const isNew = freeze && await frozenRegistration(results, grid.name) === null;
  if (freeze) await freezeRegistration(results, grid, new Date().toISOString());
  const frozen = await frozenRegistration(results, grid.name);
  const said = frozen
    ? `Registered at ${frozen.frozenAt}, hash ${frozen.hash}.` +
      (isNew && done > 0
        ? ` !! ${done} ${
          done === 1 ? "cell was" : "cells were"
        } run before: the grid gives estimates and no verdict.`
        : "")
    : "Not registered: without --freeze before its first run the grid gives estimates and no verdict." +
      await exportedBefore(results, grid.name, registrationHash(registration));
  return [plannedPowerText(registration, plannedPower(registration), said)];
}

/** What an exported result was registered as; "" where nothing was exported, or it was not registered. */
async function exportedBefore(results: string, grid: string, today: string): Promise<string> {
  const { record } = evidencePlaces(results, grid);
  const registered = exists(record) ? (await loadRuns(record)).registered : null;
  if (registered === null) return "";
  const same = registered.hash === today ? "as it is today" : `today it would be ${today.slice(0, 10)}`;
  return ` What ${record} holds was registered at ${registered.frozenAt}, hash ${
    registered.hash.slice(0, 10)
  }, ` +
    `and keeps that registration; ${same}.`;
}
