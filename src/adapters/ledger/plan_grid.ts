import { canonicalJson } from "../../core/hash.ts";
import { UserError } from "../../core/user_error.ts";
import { cellsOf, type Grid, type GridCell } from "../../experiments/grid/grid.ts";
import { planCell, type PlannedCell, unmadeCell } from "../../experiments/grid/plan_cell.ts";
import type { Panel } from "../../market/panel.ts";
import { loadRowsBy, type OpeningUsed } from "../bars/load_market.ts";
import { cellCode } from "./cell_code.ts";

/** A grid with all its cells, resolved on their rows. */
export interface PlannedGrid {
  readonly grid: Grid;
  readonly cells: readonly PlannedCell[];
  readonly code: string;
}

/**
 * Resolves all cells of a grid, market by market; rows are kept for one market at a time. Cells of a synthetic market that
 * cannot be made are kept with the reason, so that the others can be run.
 *
 * @param onCell Told how many cells are resolved.
 * @param opening By which sealed rows may be seen; null leaves them sealed.
 * @throws {UserError} If a cell cannot be run; it is named. If no market can be made.
 */
export async function planGrid(
  grid: Grid,
  onCell: (done: number, total: number) => void,
  opening: OpeningUsed | null = null,
): Promise<PlannedGrid> {
  const code = await cellCode();
  const cells = cellsOf(grid);
  const planned: PlannedCell[] = [];
  const kept = { key: "", rows: null as Panel | RangeError | null };
  for (const cell of cells) {
    const { data, market, universe, news } = cell.config;
    const key = canonicalJson({ data, market, universe, news });
    try {
      if (kept.key !== key) Object.assign(kept, { key, rows: await rowsOf(cell, opening) });
      const rows = kept.rows!;
      planned.push(
        rows instanceof RangeError
          ? unmadeCell(cell, code, rows.message)
          : planCell(cell, rows, code, opening),
      );
    } catch (error) {
      throw inCell(cell, error);
    }
    onCell(planned.length, cells.length);
  }
  const [first] = planned;
  if (first?.unmade !== undefined && planned.every(({ unmade }) => unmade !== undefined)) {
    throw inCell(first, new UserError(first.unmade));
  }
  return { grid, cells: planned, code };
}

/** The rows of a cell; the error of a synthetic market that cannot be made. */
async function rowsOf({ config }: GridCell, opening: OpeningUsed | null): Promise<Panel | RangeError> {
  try {
    return await loadRowsBy(config, opening);
  } catch (error) {
    if (error instanceof RangeError && config.data.source === "synthetic") return error;
    throw error;
  }
}

function inCell({ label }: GridCell, error: unknown): unknown {
  if (!(error instanceof UserError || error instanceof RangeError)) return error;
  return new UserError(`Cannot plan the cell ${label}: ${error.message}`, { cause: error });
}
