/** What the commands that work on a grid have in common. */
import type { Command } from "@commander-js/extra-typings";
import type { OpeningUsed } from "../adapters/bars/load_market.ts";
import { readGridFile } from "../adapters/config/grid_file.ts";
import { hint } from "../core/known_names.ts";
import { gridHash, type GridIdentity, type PlacedCell } from "../adapters/ledger/grid_table.ts";
import { type CellStore, openCellStore } from "../adapters/ledger/cell_store.ts";
import { openCells } from "../adapters/ledger/open_cells.ts";
import { writeFrame } from "../adapters/ledger/frame_file.ts";
import { planGrid, type PlannedGrid } from "../adapters/ledger/plan_grid.ts";
import { createCellPool } from "../adapters/workers/cell_pool.ts";
import { UserError } from "../core/user_error.ts";
import type { Grid } from "../experiments/grid/grid.ts";
import type { LanguageRequest } from "../experiments/ports/jobs.ts";
import type { PlannedCell } from "../experiments/grid/plan_cell.ts";
import { distinct, type GridRun, runGrid } from "../experiments/grid/run_grid.ts";
import type { Cells } from "../experiments/ports/cells.ts";
import { createGridOutlook } from "./grid_outlook.ts";
import { openingOf } from "./grid_opening.ts";
import { inGridWords } from "./grid_words.ts";
import { onInterrupt } from "./interrupt.ts";
import { memoryOfEach, parseMemory } from "./memory.ts";
import { createProgressView } from "./progress.ts";
import { STORE_FOLDER } from "./paths.ts";
import { tell, unheard } from "./print.ts";

/** Bytes of shared series that each worker may keep: what the largest of these cells reads again, or its share of less. */
export function memoBytesFor(cells: readonly PlannedCell[], workers: number): number {
  const needed = cells.reduce((most, { workingSet }) => Math.max(most, workingSet), 0);
  return memoryOfEach(parseMemory(undefined), Math.min(workers, Math.max(1, cells.length)), needed);
}

/** Adds the flag that says where results are kept. */
export function withStore<Args extends unknown[]>(command: Command<Args>) {
  return command.option("--store <folder>", "where the ledger and the results are", STORE_FOLDER);
}

export { GRID_CALLED, gridFile } from "./grid_called.ts";

/** A grid's file, planned on its rows. */
export async function plannedGrid(file: string, opening?: string): Promise<PlannedGrid> {
  const grid = await readGridFile(file);
  return await inGridWords(file, () => planned(grid, openingOf(grid, opening)));
}

/** A grid, planned on its rows; how far that is shows on stderr. */
export async function planned(grid: Grid, opening: OpeningUsed | null = null): Promise<PlannedGrid> {
  const view = createProgressView(!Deno.stderr.isTerminal());
  try {
    return await planGrid(
      grid,
      (done, total) => unheard(() => view.update("planning", done, total)),
      opening,
    );
  } finally {
    view.stop();
  }
}

/** What is run, and what is said about it. */
export interface GridJob {
  readonly plan: PlannedGrid;
  readonly file: string;
  readonly store: string;
  readonly workers: number;
  /** The cells that this process runs; the others of the grid are entered and left. */
  readonly mine: readonly PlannedCell[];
  /** The command line that runs one cell again. */
  readonly reproduction: (label: string) => string;
  /** How language models are asked; left out, from what is recorded in the usual place. */
  readonly language?: LanguageRequest;
  /** Opens what runs the cells; left out, Web Workers of this machine do. */
  readonly open?: (waiting: readonly PlannedCell[], onNotice: (line: string) => void) => Promise<OpenedCells>;
  /** Told after each cell that is done. */
  readonly onDone?: (cell: PlannedCell, placed: () => PlacedCell[]) => string | null;
}

/** What runs cells, for as long as a grid needs it. */
export interface OpenedCells extends Cells {
  /** Gives up what is under way or waits. */
  giveUp(): void | Promise<void>;
  close(): void | Promise<void>;
}

/** What came of it. */
export interface GridEnd {
  readonly run: GridRun;
  readonly cells: readonly PlacedCell[];
  /** Cells of this process that were done before. */
  readonly before: number;
  /** Null until all cells of the grid are done. */
  readonly hash: string | null;
  /** Parquet file with the results of all cells; null until they are done. */
  readonly frame: string | null;
}

/** Runs cells of a grid with progress on stderr; after Ctrl-C or a kill the same command goes on. */
export async function runGridJob(job: GridJob): Promise<GridEnd> {
  const { plan, file, store: folder, workers, mine, reproduction, onDone, open, language } = job;
  const store = await openCellStore(folder);
  const identity: GridIdentity = {
    name: plan.grid.name,
    question: plan.grid.question,
    file,
    code: plan.code,
  };
  const ledger = await opened(store, () => openCells(store, identity, plan.cells, workers));
  const view = createProgressView(false);
  const done = new Set(ledger.cells().filter(({ state }) => state === "done").map(({ key }) => key));
  const all = distinct(mine);
  const waiting = all.filter(({ key }) => !done.has(key));
  const before = all.length - waiting.length;
  const onNotice = (line: string) => unheard(() => view.log(line));
  const pool = await (open ?? localPool(workers, language))(waiting, onNotice).catch(async (error) => {
    ledger.end("incomplete");
    await store.close();
    throw error;
  });
  const outlook = open ? createGridOutlook(waiting.length, performance.now.bind(performance)) : null;
  if (before > 0) tell(`${before} of ${all.length} cells were done before.`);
  const restore = onInterrupt(async () => {
    view.stop();
    const given = pool.giveUp();
    ledger.end("stopped");
    store.db.close();
    await given;
    tell("\nStopped. Cells that were done are kept; the same command goes on with the others.");
  });
  let ended = 0;
  const show = () => unheard(() => waiting.length > 0 && view.update("cells", ended, waiting.length));
  const showWhole = (cell: PlannedCell, share: number) => {
    outlook?.update(cell.key, share);
    if (outlook) unheard(() => view.whole(outlook.share(), outlook.left()));
  };
  try {
    show();
    const run = await runGrid(waiting, pool, ledger, {
      onDone: (cell) => {
        ended++;
        showWhole(cell, 1);
        const line = onDone?.(cell, ledger.cells) ?? null;
        if (line !== null) unheard(() => view.log(line));
        show();
      },
      onFailed: (cell, { message }) => {
        const { label } = cell;
        ended++;
        showWhole(cell, 1);
        unheard(() => view.log(failureText(label, message, reproduction(label))));
        show();
      },
      onProgress: (cell, of, total) => showWhole(cell, of / total),
    }, performance.now.bind(performance));
    const cells = ledger.cells();
    const hash = gridHash(cells);
    ledger.end(run.failed.length === 0 ? "complete" : "incomplete");
    const frame = hash === null ? null : await writeFrame(store, plan.grid.name, cells);
    return { run, cells, before, hash, frame };
  } finally {
    restore();
    view.stop();
    await pool.close();
    await store.close();
  }
}

/** What is opened in a store, which is closed if that fails: a full disk leaves no lock behind. */
async function opened<Value>(store: CellStore, open: () => Value): Promise<Value> {
  try {
    return open();
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** A pool of Web Workers. */
function localPool(workers: number, language: LanguageRequest | undefined): NonNullable<GridJob["open"]> {
  return (waiting) => {
    const pool = createCellPool({ workers, memoBytes: memoBytesFor(waiting, workers), language });
    return Promise.resolve({ ...pool, giveUp: pool.close });
  };
}

/** A failed cell: what it said, and how to see it again. */
export function failureText(label: string, message: string, reproduction: string): string {
  return `FAILED ${label}: ${message.split("\n")[0]}\n  again: ${reproduction}`;
}

/** The cells of some labels. @throws {UserError} If a label is none of the grid. */
export function cellsLabelled<Cell extends { readonly label: string }>(
  cells: readonly Cell[],
  labels: readonly string[],
): Cell[] {
  return labels.map((label) => {
    const found = cells.find((cell) => cell.label === label);
    if (found) return found;
    throw new UserError(
      `Cannot run the cell ${label} as it must be one of the grid: there are ${
        cells.slice(0, 3).map((cell) => cell.label).join(", ")
      } and ${Math.max(0, cells.length - 3)} more.${
        hint(label, [...new Set(cells.map((cell) => cell.label))])
      }`,
    );
  });
}
