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
  const columns = Array.from({ length: PLAN_WIDTH }, (_, column) => {
    const first = values[column]!;
    for (let at = column; at < values.length; at += PLAN_WIDTH) {
      if (Object.is(values[at], first)) continue;
      const series = new Float64Array(rows * coins);
      for (let i = 0, from = column; i < series.length; i++, from += PLAN_WIDTH) series[i] = values[from]!;
      return series;
    }
    return first;
  });
  return { rows, coins, columns };
}

/** The plan that `packPlan` packed, bit for bit. */
export function unpackPlan({ rows, coins, columns }: PackedPlan): Plan {
  const plan = createPlan(rows, coins), { values } = plan;
  columns.forEach((column, offset) => {
    if (typeof column !== "number") {
      for (let i = 0, at = offset; i < column.length; i++, at += PLAN_WIDTH) values[at] = column[i]!;
    } else if (!Object.is(column, 0)) {
      for (let at = offset; at < values.length; at += PLAN_WIDTH) values[at] = column;
    }
  });
  return plan;
}

/** Bytes of a packed plan's series. */
export function packedBytes({ columns }: PackedPlan): number {
  return columns.reduce<number>(
    (sum, column) => sum + (typeof column === "number" ? 8 : column.byteLength),
    0,
  );
}
