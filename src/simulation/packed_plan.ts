import { createPlan, type Plan, PLAN_WIDTH } from "./plan.ts";

/** A plan with a series for each column that moves and one number for each that never does. */
export interface PackedPlan {
  readonly rows: number;
  readonly coins: number;
  /** By column of a plan row. */
  readonly columns: readonly (number | Float64Array)[];
}

/** Packs a plan: of a usual one, whose sizes stand still, three eighths are left. */
export function packPlan({ rows, coins, values }: Plan): PackedPlan {
  const columns = movingColumns(values).map((moves, column) => {
    if (!moves) return values[column]!;
    const series = new Float64Array(rows * coins);
    for (let i = 0, from = column; i < series.length; i++, from += PLAN_WIDTH) series[i] = values[from]!;
    return series;
  });
  return { rows, coins, columns };
}

/** Of each column whether it moves. A plan is large: it is gone through once, not column by column. */
function movingColumns(values: Float64Array): boolean[] {
  const moves = new Array<boolean>(PLAN_WIDTH).fill(false);
  let still = moves.map((_, column) => column);
  for (let at = PLAN_WIDTH; at < values.length && still.length > 0; at += PLAN_WIDTH) {
    let found = false;
    for (let i = 0; i < still.length; i++) {
      const column = still[i]!;
      if (Object.is(values[at + column], values[column])) continue;
      moves[column] = found = true;
    }
    if (found) still = still.filter((column) => !moves[column]);
  }
  return moves;
}

/**
 * The plan that `packPlan` packed, bit for bit.
 *
 * @param into A plan of as many rows and coins that nobody reads any more: its memory is taken.
 */
export function unpackPlan({ rows, coins, columns }: PackedPlan, into: Plan | null = null): Plan {
  const reused = into !== null && into.rows === rows && into.coins === coins;
  const plan = reused ? into : createPlan(rows, coins), { values } = plan;
  columns.forEach((column, offset) => {
    if (typeof column !== "number") {
      for (let i = 0, at = offset; i < column.length; i++, at += PLAN_WIDTH) values[at] = column[i]!;
    } else if (reused || !Object.is(column, 0)) {
      for (let at = offset; at < values.length; at += PLAN_WIDTH) values[at] = column;
    }
  });
  return { rows, coins, values };
}

/** Bytes of a packed plan's series. */
export function packedBytes({ columns }: PackedPlan): number {
  return columns.reduce<number>(
    (sum, column) => sum + (typeof column === "number" ? 8 : column.byteLength),
    0,
  );
}
