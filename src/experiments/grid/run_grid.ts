/** Runs the cells of a grid, as many at a time as there are workers. One that fails does not keep the others. */
import type { CellFailure, CellLedger } from "../ports/cell_ledger.ts";
import type { Cells } from "../ports/cells.ts";
import { type PlannedCell, requestOf } from "./plan_cell.ts";

/** What is told while a grid runs. */
export interface GridProgress {
  readonly onDone: (cell: PlannedCell) => void;
  readonly onFailed: (cell: PlannedCell, failure: CellFailure) => void;
  /** Told, where whoever runs a cell says so, how far it is. */
  readonly onProgress?: (cell: PlannedCell, done: number, total: number) => void;
}

/** What came of the cells that were run. */
export interface GridRun {
  readonly done: number;
  readonly failed: readonly { readonly cell: PlannedCell; readonly failure: CellFailure }[];
}

/**
 * Runs cells in their order; those of equal hash once.
 *
 * @param now ms, of any clock that does not run backwards.
 * @throws What the ledger throws: a result that cannot be kept ends the grid, for no later one could be.
 */
export async function runGrid(
  cells: readonly PlannedCell[],
  workers: Cells,
  ledger: CellLedger,
  { onDone, onFailed, onProgress = () => {} }: GridProgress,
  now: () => number,
): Promise<GridRun> {
  const waiting = distinct(cells);
  const failed: { readonly cell: PlannedCell; readonly failure: CellFailure }[] = [];
  let next = 0, done = 0, broken = false;
  const runOne = async (cell: PlannedCell): Promise<void> => {
    ledger.start(cell);
    const begun = now();
    const told = (of: number, total: number) => onProgress(cell, of, total);
    const answer = await workers.run(requestOf(cell, ledger.checkpoints(cell)), told).catch(failureOf);
    if ("message" in answer) {
      ledger.fail(cell, answer, (now() - begun) / 1000);
      failed.push({ cell, failure: answer });
      onFailed(cell, answer);
    } else {
      await ledger.finish(cell, answer.files, answer.cost);
      done++;
      onDone(cell);
    }
  };
  const lane = async () => {
    while (next < waiting.length && !broken) {
      try {
        await runOne(waiting[next++]!);
      } catch (error) {
        broken = true;
        throw error;
      }
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: workers.workers }, lane));
  for (const one of lanes) if (one.status === "rejected") throw one.reason;
  return { done, failed };
}

/** Cells of distinct hash, in their order. */
export function distinct<Cell extends { readonly key: string }>(cells: readonly Cell[]): Cell[] {
  const seen = new Set<string>();
  return cells.filter(({ key }) => !seen.has(key) && seen.add(key));
}

function failureOf(error: unknown): CellFailure {
  if (!(error instanceof Error)) return { message: String(error), stack: "" };
  return { message: error.message, stack: error.stack ?? "" };
}
