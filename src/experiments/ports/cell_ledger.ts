import type { PlannedCell } from "../grid/plan_cell.ts";
import type { CellCost, CellFiles } from "./cells.ts";

/** Where a cell stands. A cell whose process was killed waits again. */
export const CELL_STATES = ["waiting", "running", "done", "failed"] as const;
export type CellState = (typeof CELL_STATES)[number];

/** Why a cell gave no result. */
export interface CellFailure {
  readonly message: string;
  readonly stack: string;
}

/** Port: what is known of cells, and what they left. Survives a kill at any moment. */
export interface CellLedger {
  /** Says, before any work on it, that a cell is started; counts its trial. */
  start(cell: PlannedCell): void;
  /** Keeps what a cell left, then says that it is done: never the other way round. */
  finish(cell: PlannedCell, files: CellFiles, cost: CellCost): Promise<void>;
  /** Says that a cell failed, and why. */
  fail(cell: PlannedCell, failure: CellFailure, wallSeconds: number): void;
  /** Where the learners of a cell keep their checkpoints; null if it is too short for any. */
  checkpoints(cell: PlannedCell): string | null;
}
