/** Where the project is, and what it keeps, wherever a program or a notebook was started. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of deno.json. */
export const PROJECT = fileURLToPath(new URL("../../../", import.meta.url));

/** Where runs, trials and openings of sealed rows are kept unless told otherwise. */
export const PROJECT_PLACES = {
  runs: join(PROJECT, "data", "runs"),
  trials: join(PROJECT, "data", "ledger.sqlite"),
  bars: join(PROJECT, "data", "cache", "bars"),
  holdout: join(PROJECT, "data", "holdout.jsonl"),
} as const;
