/** A cell resolved on its rows: what it is known by, and how much work it is. */
import { canonicalJson, hashJson } from "../../core/hash.ts";
import type { Panel } from "../../market/panel.ts";
import { workingSet } from "../../population/working_set.ts";
import { planRun } from "../run_plan.ts";
import { trialKey } from "../trials.ts";
import type { CellRequest } from "../ports/cells.ts";
import { expectedSeconds } from "./expected_cost.ts";
import type { GridCell } from "./grid.ts";

/** A cell that is ready to be run. */
export interface PlannedCell extends GridCell {
  /** Hash of all that its bytes follow from; cells of equal hash are one, whichever grid they stand in. */
  readonly key: string;
  readonly rowsHash: string;
  /** Key in the ledger of trials; null for a job that needs no arm, which is part of every trial on its market. */
  readonly trial: string | null;
  readonly iterations: number;
  /** Cells of one shape cost the same: jobs, rows, iterations and agents. */
  readonly shape: string;
  /** CPU seconds that such a cell took where this was measured, before any is known to the ledger. */
  readonly guess: number;
  /** As `CellRequest.opening`. */
  readonly opening: CellRequest["opening"];
  /** Bytes of series with which nothing in it is computed twice. */
  readonly workingSet: number;
  /** Why its market cannot be made; left out where it can. */
  readonly unmade?: string;
}

/**
 * Resolves a cell.
 *
 * @param market The rows that its configuration names.
 * @param code Hash of the source, packages and runtime by which cells are run.
 * @param opening As `CellRequest.opening`.
 */
export function planCell(
  cell: GridCell,
  market: Panel,
  code: string,
  opening: CellRequest["opening"] = null,
): PlannedCell {
  const { jobs, keep } = cell;
  const { config, panel, window } = planRun(cell.config, market);
  const { iterations } = window;
  const { size, draw } = config.population;
  const shape = canonicalJson({ jobs, rows: panel.rows, coins: panel.coins.length, iterations, size, draw });
  return {
    ...cell,
    config,
    rowsHash: panel.hash,
    iterations,
    key: hashJson({ jobs, keep, config, rows: panel.hash, source: panel.source, code }),
    // as the command population counts it, whose runs have references
    trial: cell.arm === null
      ? null
      : trialKey("population", planRun({ ...cell.config, references: true }, market)),
    shape,
    opening,
    guess: jobs.reduce((sum, job) => sum + expectedSeconds(job, { rows: panel.rows, iterations, size }), 0),
    workingSet: workingSet(panel.rows, panel.coins.length, config.population),
  };
}

/**
 * A cell whose market cannot be made: known by all but its rows. Whoever runs it finds the same, so that it fails as any
 * cell may, and keeps no other.
 */
export function unmadeCell(cell: GridCell, code: string, unmade: string): PlannedCell {
  const { jobs, keep, config } = cell;
  return {
    ...cell,
    key: hashJson({ jobs, keep, config, rows: null, code }),
    rowsHash: hashJson({ unmade }), // of no rows: a queue takes nothing that is no hash
    trial: null,
    iterations: 0,
    shape: canonicalJson({ jobs, rows: 0 }),
    opening: null,
    guess: 0,
    workingSet: 0,
    unmade,
  };
}

/** The request that a worker is given. */
export function requestOf(
  { key, jobs, config, rowsHash, keep, opening }: PlannedCell,
  checkpoints: string | null,
): CellRequest {
  return { key, jobs, config, rowsHash, keep, opening, checkpoints };
}
