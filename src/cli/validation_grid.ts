/** The grids of validation, and what the flags of the command change in them. */
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseAssignment } from "../adapters/config/assignment.ts";
import { readGridFile, withMarketSeeds } from "../adapters/config/grid_file.ts";
import { writtenOf } from "../adapters/config/written.ts";
import { BARS_PER_YEAR } from "../core/universe.ts";
import type { Grid } from "../experiments/grid/grid.ts";

const FILES = new URL("../../configs/experiments/validation/", import.meta.url);

/** What flags change in the grid of a world. */
export interface ValidationFlags {
  readonly marketSeeds: readonly number[];
  readonly rows: number;
  readonly ic: string;
  readonly set: readonly string[];
}

/** The grid of a world, with what flags change in it. */
export async function validationGrid(
  world: "planted" | "null",
  { marketSeeds, rows, ic, set }: ValidationFlags,
): Promise<{ readonly file: string; readonly grid: Grid }> {
  const long = rows >= 4 * BARS_PER_YEAR;
  const path = fileURLToPath(new URL(`${world}${world === "planted" && long ? "_long" : ""}.yaml`, FILES));
  const given = (key: string, value: unknown, flag: string) => ({
    path: key.split("."),
    value: writtenOf(value, { kind: "flag", flag }),
  });
  const grid = await readGridFile(path, [
    given("market.rows", rows, "--rows"),
    ...(long ? [given("clock.reportFrom", BARS_PER_YEAR, "--rows")] : []), // the first year is history
    ...(world === "planted" ? [given("market.ic", ic, "--ic")] : []),
    ...set.map(parseAssignment),
  ]);
  return { file: relative(Deno.cwd(), path), grid: withMarketSeeds(grid, marketSeeds) };
}
