import { Command } from "@commander-js/extra-typings";
import { RESULTS_FOLDER } from "../../adapters/evidence/places.ts";
import { requireSameRegistration } from "../../adapters/evidence/registrations.ts";
import type { PlannedGrid } from "../../adapters/ledger/plan_grid.ts";
import { reproduction } from "../../adapters/ledger/reproduction.ts";
import { UserError } from "../../core/user_error.ts";
import { gridEndText } from "../../report/text/grid_text.ts";
import { collect } from "../config_options.ts";
import {
  cellsLabelled,
  GRID_CALLED,
  gridFile,
  type GridJob,
  plannedGrid,
  runGridJob,
  withStore,
} from "../grid_command.ts";
import { OPENING_FLAG } from "../grid_opening.ts";
import { countOf } from "../counts.ts";
import { cassetteMode, CASSETTES, MODELS } from "../llm_flags.ts";
import { say, tell } from "../print.ts";
import { environment, loadQueue, QUEUE_FLAG, SHARE, SHARE_FLAG, sharedPlace } from "../queue_command.ts";
import { parseWorkers } from "../workers.ts";
import { runRobust } from "./experiment_robust.ts";

const EXAMPLES = `
Examples:
  deno task experiment run configs/experiments/smoke.yaml                 all cells that are not done yet
  deno task experiment run configs/experiments/smoke.yaml --workers 4     the same bytes, sooner
  deno task experiment run configs/experiments/smoke.yaml --only noTransfer/planted.1/2
  deno task queue-experiment run smoke --queue redis://127.0.0.1:6379     by workers anywhere: docs/SCALE.md
  deno task experiment run evidence_smoke --robust                        stored teams traded again under other terms`;

/** popagent experiment run: all cells of a grid that are not done. */
export function experimentRunCommand() {
  return withStore(
    new Command("run")
      .argument("<grid>", GRID_CALLED)
      .description(
        "Run the cells of a grid that are not done; after Ctrl-C or a kill the same command goes on",
      ),
  )
    .option("--workers <count>", "Web Workers; results do not depend on it", "2")
    .option(
      "--only <label>",
      "this cell alone, as progress and status name it",
      collect,
      [] as readonly string[],
    )
    .option("--opening <id>", OPENING_FLAG)
    .option("--queue <address>", `${QUEUE_FLAG}; popagent worker runs the cells`)
    .option("--share <place>", SHARE_FLAG, SHARE)
    .option("--priority <number>", "among the experiments of a queue: a lower one comes first", "0")
    .option("--robust", "run nothing: trade the stored teams of full and neither again under other terms")
    .option("--flips <count>", "with --robust: sign-flipped histories of real bars", "99")
    .option("--results <folder>", "with --robust: where stored evidence is", RESULTS_FOLDER)
    .option(
      "--cassettes <mode>",
      "what language traders do: offline (what is recorded), replay (and nothing may be missing), record, live",
      "offline",
    )
    .option("--cassette-folder <folder>", "the folder of cassettes", CASSETTES)
    .addHelpText("after", EXAMPLES)
    .action(async (called, flags) => {
      if (flags.robust === true) {
        const { store, results, only } = flags, flips = countOf(flags.flips, "--flips", 0);
        return await runRobust(called, { store, results, only, flips });
      }
      const file = gridFile(called);
      const workers = parseWorkers(flags.workers);
      requireOffline(flags.queue, flags.cassettes);
      const plan = await plannedGrid(file, flags.opening);
      await requireSameRegistration(RESULTS_FOLDER, plan.grid);
      const end = await runGridJob({
        plan,
        file,
        store: flags.store,
        workers,
        language: {
          cassettes: cassetteMode(flags.cassettes),
          folder: flags.cassetteFolder,
          models: MODELS,
        },
        mine: flags.only.length > 0 ? cellsLabelled(plan.cells, flags.only) : plan.cells,
        reproduction: (label) => reproduction(file, label, flags.store),
        ...flags.queue === undefined
          ? {}
          : { open: await queueCells(file, plan, { ...flags, queue: flags.queue }) },
      });
      if (flags.only.length > 0) { for (const { failure } of end.run.failed) tell(failure.stack); } // it is looked at closely
      say(gridEndText(plan.grid.name, end), flags.store);
      requireNoFailure(end.run.failed.length);
    });
}

/** @throws {UserError} If workers of a queue would have to ask a model: they answer from cassettes alone. */
function requireOffline(queue: string | undefined, cassettes: string): void {
  if (queue === undefined || cassettes === "offline") return;
  throw new UserError(
    `Cannot run cells by a queue as --cassettes must be offline there: current value is ${cassettes}. Record answers first, without --queue.`,
  );
}

/** What runs cells by a queue. @throws {UserError} If its address cannot be read. */
async function queueCells(
  file: string,
  { cells, code }: PlannedGrid,
  { queue: text, share, priority, store }: {
    readonly queue: string;
    readonly share: string;
    readonly priority: string;
    readonly store: string;
  },
): Promise<GridJob["open"]> {
  const queue = await loadQueue();
  const address = queue.queueAddress(text, environment);
  const labels = new Map(cells.map(({ key, label }) => [key, label]));
  const shared = await sharedPlace(queue, share);
  const first = countOf(priority, "--priority", 0, queue.MOST_PRIORITY);
  return async (waiting, onNotice) => {
    const opened = await queue.openQueueCells({
      address,
      shared,
      code,
      priority: first,
      place: (key) => ({ label: labels.get(key)!, again: reproduction(file, labels.get(key)!, store) }),
      check: queue.requireResultOf,
      onNotice,
    });
    const serving = await opened.serving();
    const who = serving === 0
      ? "No worker serves it yet: deno task worker --queue " + address.shown
      : `${serving} serve it.`;
    onNotice(`${waiting.length} cells go to ${address.shown}. ${who}`);
    return opened;
  };
}

/** @throws {UserError} If cells failed, so that a script sees it. */
export function requireNoFailure(failed: number): void {
  if (failed === 0) return;
  throw new UserError(
    `Cannot finish the grid as all cells must be done: ${failed} failed. The others are kept; each line above says how ` +
      "to see its failure again.",
  );
}
