import type { RecordedEvent } from "../../events/event.ts";
import type { PopulationRunConfig } from "../config.ts";
import type { JobName } from "../jobs/registry.ts";
import type { RunResult, RunSeries } from "../result.ts";
import type { JobProgress } from "./jobs.ts";

/** What a cell keeps beside its result: the equity of its strategies bar by bar, and what happened in its population. */
export const CELL_PARTS = ["series", "events"] as const;
export type CellPart = (typeof CELL_PARTS)[number];

/**
 * What a worker is asked to do with one cell of a grid: plain data, so that a queue can carry it. Whoever takes it
 * loads the rows that the configuration names, and refuses to run on rows of another hash.
 */
export interface CellRequest {
  /** The cell's hash. */
  readonly key: string;
  /** Its jobs, in the order in which they run; those that follow on the population come after it. */
  readonly jobs: readonly JobName[];
  /** As the run reads it. */
  readonly config: PopulationRunConfig;
  /** Hash of the rows that the cell reads, up to the end of its last iteration. */
  readonly rowsHash: string;
  readonly keep: readonly CellPart[];
  /** The opening by which its rows may be seen, and the log that it stands in; null where nothing of them is sealed. */
  readonly opening: { readonly id: string; readonly log: string } | null;
  /** Where its learners keep their checkpoints; null keeps none. */
  readonly checkpoints: string | null;
}

/** What a cell leaves. Deterministic: the same request gives the same bytes. */
export interface CellOutcome {
  readonly result: RunResult;
  /** Null where the request does not keep it. */
  readonly series: RunSeries | null;
  /** Null where the request does not keep them. */
  readonly events: readonly RecordedEvent[] | null;
}

/** What a cell leaves, as the files that are kept of it. The same outcome gives the same bytes. */
export interface CellFiles {
  /** JSON, a line. */
  readonly result: string;
  /** Parquet; null where the request does not keep it. */
  readonly series: Uint8Array | null;
  /** JSON, a line an event; null where the request does not keep them. */
  readonly events: string | null;
}

/** What a cell took. */
export interface CellCost {
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
}

/** Port: runs cells, somewhere. What they leave does not depend on where, in which order or on how many workers. */
export interface Cells {
  /** How many cells it takes at a time. */
  readonly workers: number;
  /**
   * Runs a cell; the error of one that fails has its message and stack.
   *
   * @param signal Aborted, the cell is given up and `run` rejects.
   */
  run(
    request: CellRequest,
    onProgress: JobProgress,
    signal?: AbortSignal,
  ): Promise<{ readonly files: CellFiles; readonly cost: CellCost }>;
}
