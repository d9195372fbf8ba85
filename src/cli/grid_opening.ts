/** Sealed data of grids: cells see them by an opening that was given for their grid. */
import type { OpeningUsed } from "../adapters/bars/load_market.ts";
import { openingNamed } from "../adapters/bars/openings.ts";
import { UserError } from "../core/user_error.ts";
import type { Grid } from "../experiments/grid/grid.ts";
import { HOLDOUT_FILE } from "./paths.ts";

/** What --opening says in the help of a command that plans or runs a grid. */
export const OPENING_FLAG =
  "see sealed rows or market seeds by this opening (holdout open); each use is logged";

/** The opening of a flag. @throws {UserError} If it was given for another experiment. */
export function openingOf({ name }: Grid, id: string | undefined): OpeningUsed | null {
  if (id === undefined) return null;
  const { experiment } = openingNamed(HOLDOUT_FILE, id);
  if (experiment === name) return { id, log: HOLDOUT_FILE };
  throw new UserError(
    `Cannot run ${name} by the opening ${id} as it must be for this grid: it was given for ${experiment}`,
  );
}
