import { packColumns, type PackedColumns } from "../core/packed_columns.ts";
import type { DecisionRows } from "./mandate.ts";
import { createPlan, type Ladder, type Plan, PLAN_WIDTH } from "./plan.ts";

/** A plan with a series for each column that moves and one number for each that never does. */
export interface PackedPlan {
  readonly rows: number;
  readonly coins: number;
  /** See `Plan`. */
  readonly ladder?: Ladder;
  /** By column of a plan row; a row and coin a value. */
  readonly columns: PackedColumns;
}

/** Packs a plan: of a usual one, whose sizes stand still, three eighths are left. */
export function packPlan({ rows, coins, values, ladder }: Plan): PackedPlan {
  return { rows, coins, columns: packColumns(values, PLAN_WIDTH), ...(ladder ? { ladder } : {}) };
}

/**
 * The plan that `packPlan` packed, bit for bit.
 *
 * @param into A plan of as many rows and coins that nobody reads any more: its memory is taken.
 * @param only The rows that are read, from..to; others hold anything. Null for all.
 */
export function unpackPlan(
  { rows, coins, columns, ladder }: PackedPlan,
  into: Plan | null = null,
  only: DecisionRows | null = null,
): Plan {
  const reused = into !== null && into.rows === rows && into.coins === coins;
  const plan = reused ? into : createPlan(rows, coins), { values } = plan;
  const first = only === null ? 0 : only.from * coins,
    end = only === null ? rows * coins : (only.to + 1) * coins;
  columns.forEach((column, offset) => {
    let at = first * PLAN_WIDTH + offset;
    if (typeof column !== "number") {
      for (let i = first; i < end; i++, at += PLAN_WIDTH) values[at] = column[i]!;
    } else if (reused || !Object.is(column, 0)) {
      for (let i = first; i < end; i++, at += PLAN_WIDTH) values[at] = column;
    }
  });
  return { rows, coins, values, ...(ladder ? { ladder } : {}) };
}

/** Bytes of a packed plan's series. */
export function packedBytes({ columns }: PackedPlan): number {
  return columns.reduce<number>(
    (sum, column) => sum + (typeof column === "number" ? 8 : column.byteLength),
    0,
  );
}
