/** How a person calls a grid: by its file, or by its name. One rule for all commands. */
import { basename, join } from "node:path";
import { gridName } from "../adapters/config/grid_file.ts";
import { hint } from "../core/known_names.ts";
import { openLedgerToRead } from "../adapters/ledger/ledger_file.ts";
import { gridsOf } from "../adapters/ledger/grid_table.ts";
import { storePlaces } from "../adapters/ledger/store_folder.ts";
import { exists } from "../adapters/runs/run_places.ts";
import { printable } from "../core/printable.ts";
import { UserError } from "../core/user_error.ts";
import { GRIDS_FOLDER } from "./paths.ts";

/** Folders in which a grid is found by its name alone, the first first. */
const FOLDERS = [GRIDS_FOLDER, join(GRIDS_FOLDER, "validation")];

/** How a grid is called, for the help of an argument. */
export const GRID_CALLED =
  "a YAML file that defines a grid, or its name where it lies in configs/experiments or validation/ there";

/**
 * The file of a grid that a person calls so: a path, else a name of a file in the usual folders, else the name of a
 * grid of the store, whose ledger knows its file. What looks like a path is left for its reader to refuse.
 *
 * @param store Where grids were run; left out, none is asked.
 * @throws {UserError} If a name is found nowhere: it says where it was looked for, and which name is near.
 */
export function gridFile(called: string, store?: string): string {
  if (gridName(called) !== called || (called !== "" && exists(called))) return called; // no path is empty
  const places = FOLDERS.map((folder) => join(folder, `${called}.yaml`));
  const usual = places.find(exists);
  if (usual !== undefined) return usual;
  const started = store === undefined ? [] : startedIn(store);
  const file = started.find(({ name }) => name === called)?.file;
  if (file !== undefined && exists(file)) return file;
  const known = [...FOLDERS.flatMap(namesIn), ...started.map(({ name }) => name)];
  const looked = [called, ...places, ...(store === undefined ? [] : [`the ledger of ${store}`])];
  throw new UserError(
    `Cannot find the grid ${printable(called)} as it must be a file or the name of one: looked at ${
      looked.map((place) => printable(place)).join(", ")
    }${
      file === undefined ? "" : `, which knows it by ${printable(file)}, and that is not there`
    }. Give its file.${hint(called, [...new Set(known)])}`,
  );
}

/** Grids that were started in a store, the newest first. */
function startedIn(store: string): readonly { readonly name: string; readonly file: string }[] {
  using db = openLedgerToRead(storePlaces(store).ledger) ?? undefined;
  return db ? gridsOf(db) : [];
}

function namesIn(folder: string): string[] {
  if (!exists(folder)) return [];
  return [...Deno.readDirSync(folder)].filter(({ name }) => name.endsWith(".yaml")).map(({ name }) =>
    basename(name, ".yaml")
  ).sort();
}
