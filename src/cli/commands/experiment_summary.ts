import { Command } from "@commander-js/extra-typings";
import { gridName, readGridFile } from "../../adapters/config/grid_file.ts";
import { collectRuns } from "../../adapters/evidence/collect_runs.ts";
import { loadRobust } from "../../adapters/evidence/load_robust.ts";
import { loadRuns } from "../../adapters/evidence/load_runs.ts";
import { evidencePlaces, RESULTS_FOLDER } from "../../adapters/evidence/places.ts";
import { openLedgerToRead } from "../../adapters/ledger/ledger_file.ts";
import { gridsOf } from "../../adapters/ledger/grid_table.ts";
import { storePlaces } from "../../adapters/ledger/store_folder.ts";
import { exists } from "../../adapters/runs/run_places.ts";
import { UserError } from "../../core/user_error.ts";
import type { EvidenceRecord } from "../../experiments/evidence/evidence_record.ts";
import { AGAIN, flipContrasts, robustMeasure } from "../../experiments/evidence/robust/robust_record.ts";
import { summarise } from "../../experiments/evidence/summarise.ts";
import { robustText } from "../../report/text/robust_text.ts";
import { piecesText } from "../../report/text/pieces_text.ts";
import { summaryText } from "../../report/text/evidence_text.ts";
import { gridFile, withStore } from "../grid_command.ts";
import { HOLDOUT_FILE } from "../paths.ts";
import { say } from "../print.ts";
import { createProgressView } from "../progress.ts";

/** The grid that is told of where none is named. */
const PRIMARY = "primary";

const EXAMPLES = `
A grid that was run here is read from the ledger; one that was not, from results/<grid>.json, which export writes.

Examples:
  deno task experiment summary                          the committed primary ablation
  deno task experiment summary evidence_smoke           each claim with its verdict and its guards
  deno task experiment summary evidence_smoke --pieces  and by fold, quarter, regime and coin
  deno task experiment summary evidence_smoke --json    the same for a program`;

/** popagent experiment summary: what a finished grid shows, claim by claim. */
export function experimentSummaryCommand() {
  return withStore(
    new Command("summary")
      .argument("[grid]", "a finished grid: its file, or its name; the primary ablation unless given")
      .description("Judge the claims of a finished grid: win, lose, no effect or inconclusive"),
  )
    .option("--results <folder>", "where stored evidence and registrations are", RESULTS_FOLDER)
    .option("--outcome <name>", "look at another outcome than the registered one; it gives no verdict")
    .option("--pieces", "say also what was earned by fold, quarter, regime and coin")
    .option("--json", "print JSON instead of text")
    .addHelpText("after", EXAMPLES)
    .action(async (called, { store, results, outcome, pieces, json }) => {
      const record = await evidenceOf(called ?? PRIMARY, store, results);
      const summary = summarise(record, outcome === undefined ? {} : { outcome });
      if (json) {
        const { record: { cells: _, ...head }, ...rest } = summary;
        return say(
          JSON.stringify(
            { ...head, ...rest },
            (_, value) => value instanceof Float64Array ? [...value] : value,
          ),
        );
      }
      say([
        summaryText(summary),
        await underOtherTerms(record, results),
        ...(pieces ? [piecesText(record)] : []),
      ].join("\n\n"));
    });
}

/** What is stored of a grid under other terms: nothing where it was not tried, or tried on other cells. */
async function underOtherTerms(record: EvidenceRecord, results: string): Promise<string> {
  const again = `deno task experiment run ${record.grid} --robust`;
  try {
    const robust = await loadRobust(record, results);
    if (robust === null) {
      return AGAIN.every((arm) => arm in record.registration.arms)
        ? `Not tried under other terms: ${again}`
        : `Not tried under other terms: that takes the arms ${AGAIN.join(" and ")}`;
    }
    const { evidence } = record.registration;
    return robustText(robust, robustMeasure(evidence), flipContrasts(evidence), record.cells);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return `!! ${error.message} ${again}`; // the verdicts are told all the same
  }
}

/** The evidence of a grid: from the ledger where it was run, else as it was exported. */
export async function evidenceOf(called: string, store: string, results: string): Promise<EvidenceRecord> {
  const name = gridName(called);
  const { record } = evidencePlaces(results, name);
  if (wasRun(store, name)) return await collected(called, store, results);
  if (exists(record)) return await loadRuns(record);
  throw new UserError(
    `Cannot tell what ${name} shows as it must have been run (deno task experiment run ${
      gridFile(called, store)
    }) or ` +
      `exported to ${record}: neither is there`,
  );
}

/** The evidence of a grid that was run in a store, with progress. */
export async function collected(called: string, store: string, results: string): Promise<EvidenceRecord> {
  const grid = await readGridFile(gridFile(called, store));
  const view = createProgressView(!Deno.stderr.isTerminal());
  try {
    return await collectRuns(
      grid,
      { store, results, log: HOLDOUT_FILE },
      (done, total) => view.update("reading", done, total),
    );
  } finally {
    view.stop();
  }
}

function wasRun(store: string, name: string): boolean {
  using db = openLedgerToRead(storePlaces(store).ledger) ?? undefined;
  return db !== undefined && gridsOf(db).some((grid) => grid.name === name);
}
