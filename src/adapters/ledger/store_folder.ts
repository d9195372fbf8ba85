import { join } from "node:path";

/** Where everything of a store is: trials, cells and grids in a ledger, results beside it. */
export interface StorePlaces {
  readonly folder: string;
  readonly ledger: string;
  /** Who runs cells there. */
  readonly lock: string;
  readonly results: string;
  /** Checkpoints of cells that are under way, by hash. */
  readonly unfinished: string;
  /** The frame of each finished grid, by its name. */
  readonly frames: string;
  /** What runs on one market earned by week, by hash. */
  readonly weeks: string;
}

export function storePlaces(folder: string): StorePlaces {
  return {
    folder,
    ledger: join(folder, "ledger.sqlite"),
    lock: join(folder, "ledger.lock"),
    results: join(folder, "results"),
    unfinished: join(folder, "unfinished"),
    frames: join(folder, "grids"),
    weeks: join(folder, "weeks"),
  };
}
