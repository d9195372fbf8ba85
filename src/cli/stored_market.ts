/** The bars of a stored run, loaded for a command that trades them again. */
import type { Command } from "@commander-js/extra-typings";
import { loadMarket } from "../adapters/bars/load_market.ts";
import { loadRunExtensions } from "../adapters/extensions/stored_extensions.ts";
import type { StoredRun } from "../adapters/runs/run_files.ts";
import { UserError } from "../core/user_error.ts";
import { storedConfig } from "../experiments/explain/explain_run.ts";
import type { Panel } from "../market/panel.ts";
import { pathsIn } from "./chosen.ts";
import { HOLDOUT_FILE } from "./paths.ts";

/** Flags of a command that trades a stored run's bars again. */
export function withStoredMarket<Args extends unknown[], Opts extends Record<string, unknown>>(
  command: Command<Args, Opts>,
) {
  return command
    .option("--extensions <paths>", "where the run's modules of one's own lie now, parted by commas")
    .option("-d, --data <folder>", "where the run's bars are now, if they were moved")
    .option(
      "--opening <id>",
      "see the sealed months again that the run opened, by this opening (holdout open); it is logged",
    );
}

/** What those flags say. */
export interface StoredMarketFlags {
  readonly extensions?: string | undefined;
  readonly data?: string | undefined;
  readonly opening?: string | undefined;
}

/**
 * Loads the bars that a run's settings name, and its modules of one's own.
 *
 * @param what What could not be done: "replay".
 * @throws {UserError} If the run was made from the sealed months and no opening is given.
 */
export async function loadStoredMarket(
  run: StoredRun,
  { extensions, data, opening }: StoredMarketFlags,
  what: string,
): Promise<Panel> {
  const { source } = run.result;
  if (source.kind === "bybit" && source.unsealed && opening === undefined) {
    throw new UserError(
      `Cannot ${what} this run as it was made from the sealed months: give --opening one of holdout open`,
    );
  }
  await loadRunExtensions(run, pathsIn(extensions));
  const stored = storedConfig(run.result);
  const config = data === undefined ? stored : { ...stored, data: { ...stored.data, folder: data } };
  return await loadMarket({ config, opening: opening ?? null, holdoutLog: HOLDOUT_FILE, now: Date.now() });
}
