/** What a grid left as one frame, for polars here and elsewhere: one row for each strategy of each cell. */
import type { DataFrame } from "nodejs-polars";
import { UserError } from "../../core/user_error.ts";
import { totalChanges } from "../../events/change_counts.ts";
import { type RunResult, runResultSchema } from "../../experiments/result.ts";
import { checked, parsedJson } from "../files/json_file.ts";
import { requireKeys } from "../../core/known_names.ts";
import { gridNamed, type PlacedCell, placedCells } from "./grid_table.ts";
import { openLedgerToRead } from "./ledger_file.ts";
import { damagedCell, reproduction } from "./reproduction.ts";
import { type ResultFiles, resultFiles } from "./result_files.ts";
import { storePlaces } from "./store_folder.ts";

/**
 * A polars frame.
 *
 * @internal
 */
export type GridFrame = DataFrame;

/** The folder of a store where none is named. */
export const USUAL_STORE = "data";

/**
 * The results of a grid's newest start: columns `arm` (null for a job beside the arms), `market`, `marketSeed`,
 * `seed`, `strategy`, `kind`, `accounts`, `populationMean`, how often genomes changed (`lessons`, `lessonsRefused`,
 * `mutationFired`, `mutantsKept`, `mutantsRefused`, `mutantsUntested`; null without a population), then the metrics of result.json under their names
 * (`blocked.drawdown` for one within a group), and `cell`, the hash of the cell. Rows are in the order of the grid.
 *
 * @param name Name of the grid: that of its file without its ending.
 * @throws {RangeError} If the options hold anything but the store.
 * @throws {UserError} If there is no such grid, a cell is not done (all missing ones are counted, some named), or a
 *   result is not what was written.
 */
export async function gridFrame(
  name: string,
  options: { readonly store?: string } = {},
): Promise<GridFrame> {
  requireKeys(`Cannot read the grid ${name} as options`, options, ["store"]);
  const { store = USUAL_STORE } = options, { cells, again } = finishedCells(name, store);
  return await frameOf(cells, resultFiles(storePlaces(store).results), again);
}

/**
 * The cells of a grid's newest start with what each left, in the order of the grid.
 *
 * @param options.are Which of them; all where left out. The others need not be done.
 * @throws {UserError} As `gridFrame`.
 */
export function gridCells(
  name: string,
  { store = USUAL_STORE, are }: { readonly store?: string; readonly are?: (cell: PlacedCell) => boolean } =
    {},
): (PlacedCell & { readonly outcome: RunResult })[] {
  const results = resultFiles(storePlaces(store).results), { cells, again } = finishedCells(name, store, are);
  return cells.map((cell) => ({ ...cell, outcome: outcomeOf(cell, results, again) }));
}

/** The command line that runs a cell again, by its label. */
type Again = (label: string) => string;

function finishedCells(
  name: string,
  store: string,
  are: (cell: PlacedCell) => boolean = () => true,
): { readonly cells: readonly PlacedCell[]; readonly again: Again } {
  const { ledger } = storePlaces(store);
  using db = openLedgerToRead(ledger) ?? undefined;
  if (!db) throw new UserError(`Cannot read the grid ${name} as ${ledger} must be there: run the grid first`);
  const { id, file } = gridNamed(db, name), cells = placedCells(db, id).filter(are);
  requireComplete(name, cells);
  return { cells, again: (label) => reproduction(file, label, store) };
}

/** What a cell left. @throws {UserError} If it is damaged; the cell is named, and what computes it again. */
function outcomeOf(cell: PlacedCell, results: ResultFiles, again: Again): RunResult {
  try {
    return readResult(results, cell.result!);
  } catch (error) {
    throw damagedCell(cell.label, again(cell.label), error);
  }
}

/** The frame of cells that are all done. */
export async function frameOf(
  cells: readonly PlacedCell[],
  results: ResultFiles,
  again: Again = (label) => reproduction("<the grid's file>", label, USUAL_STORE),
): Promise<GridFrame> {
  const rows = cells.flatMap((cell) => rowsOf(cell, outcomeOf(cell, results, again)));
  const { default: pl } = await import("nodejs-polars"); // a native library, loaded when it is needed
  const columns = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  return pl.DataFrame(
    columns.map((column) => {
      const values = rows.map((row) => row.get(column) ?? null);
      const isText = values.some((value) => typeof value === "string");
      return pl.Series(column, values, isText ? pl.Utf8 : pl.Float64);
    }),
  );
}

/** A cell's result. @throws {UserError} If its bytes are not those that were written, or no result. */
export function readResult(results: ResultFiles, hash: string): RunResult {
  const place = results.path(hash, "json");
  const text = new TextDecoder().decode(results.read(hash, "json"));
  return checked(place, runResultSchema, parsedJson(place, text));
}

type Value = string | number | null;

function rowsOf(cell: PlacedCell, { strategies, populationMean, changes }: RunResult): Map<string, Value>[] {
  const counts = changes && totalChanges(changes);
  return strategies.map(({ name, kind, accounts, metrics }) =>
    new Map<string, Value>([
      ["arm", cell.arm],
      ["market", cell.market],
      ["marketSeed", cell.marketSeed],
      ["seed", cell.seed],
      ["strategy", name],
      ["kind", kind],
      ["accounts", accounts],
      ["populationMean", populationMean],
      ["lessons", counts && counts.transfers.taken],
      ["lessonsRefused", counts && counts.transfers.refused],
      ["mutationFired", counts && counts.mutations.fired],
      ["mutantsKept", counts && counts.mutations.kept],
      ["mutantsRefused", counts && counts.mutations.refused],
      ["mutantsUntested", counts && counts.mutations.untested],
      ...leaves(metrics),
      ["cell", cell.key],
    ])
  );
}

/** Numbers of a tree by their dotted paths. */
function leaves(tree: object, above = ""): [string, Value][] {
  return Object.entries(tree).flatMap(([key, value]): [string, Value][] =>
    typeof value === "object" && value !== null
      ? leaves(value, `${above}${key}.`)
      : [[`${above}${key}`, value as Value]]
  );
}

/** Cells that an error names. */
const MOST_NAMED = 5;

function requireComplete(name: string, cells: readonly PlacedCell[]): void {
  const missing = cells.filter(({ state }) => state !== "done").map(({ label, state }) =>
    `${label} (${state})`
  );
  if (missing.length === 0) return;
  const more = missing.length > MOST_NAMED ? ` and ${missing.length - MOST_NAMED} more` : "";
  throw new UserError(
    `Cannot read the grid ${name} as all ${cells.length} cells that are read must be done: ${missing.length} are not, ` +
      `${missing.slice(0, MOST_NAMED).join(", ")}${more}. Run it again; what is done stays.`,
  );
}
