/** A stored run's bars and its population, for functions of a notebook that trade it again. */
import { loadRunExtensions } from "../adapters/extensions/stored_extensions.ts";
import type { StoredRun } from "../adapters/runs/run_files.ts";
import { openStoredPopulation, type StoredPopulation } from "../experiments/genealogy/stored_population.ts";
import type { Panel } from "../market/panel.ts";
import { storedBars } from "./explain_stored.ts";
import type { Market } from "./market.ts";

/** Bytes of series that the agents of a run may keep. */
const MEMO_BYTES = 256 * 2 ** 20;

/** Where a run's bars and modules lie now, if they were moved or given. */
export interface StoredPlaces {
  /** Where its bars lie now, if they were moved. */
  readonly folder?: string;
  /** The rows that the run was given as `market`, if it was. */
  readonly market?: Market;
  /** Where its modules of one's own lie now, if they were moved. */
  readonly extensions?: readonly string[];
}
/** Their names. */
export const PLACES = ["folder", "market", "extensions"];

/** The population of a run, opened on its bars. */
export async function opened(
  run: StoredRun,
  places: StoredPlaces,
  what: string,
  example: string,
): Promise<StoredPopulation> {
  return openStoredPopulation(run, await barsOf(run, places, what, example), MEMO_BYTES);
}

/** The bars of a run, its modules of one's own loaded before. */
export async function barsOf(
  run: StoredRun,
  { folder, market, extensions = [] }: StoredPlaces,
  what: string,
  example: string,
): Promise<Panel> {
  await loadRunExtensions(run, extensions);
  return market?.panel ?? await storedBars(run, folder, what, example);
}
