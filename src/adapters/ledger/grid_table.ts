/** Grids in a ledger: which cells stand where, and what has become of them. */
import type { DatabaseSync } from "node:sqlite";
import { canonicalJson, hashJson, sha256 } from "../../core/hash.ts";
import { UserError } from "../../core/user_error.ts";
import { hint } from "../../core/known_names.ts";
import type { KnownCost } from "../../experiments/grid/expected_cost.ts";
import type { CellPlace } from "../../experiments/grid/grid.ts";
import type { PlannedCell } from "../../experiments/grid/plan_cell.ts";
import type { CellState } from "../../experiments/ports/cell_ledger.ts";

/** What a grid is known by. */
export interface GridIdentity {
  readonly name: string;
  readonly question: string;
  /** The file that defines it, as it was given. */
  readonly file: string;
  /** Hash of the source by which its cells are run. */
  readonly code: string;
}

/** A cell in its grid, and where it stands. */
export interface PlacedCell extends CellPlace {
  readonly key: string;
  readonly state: CellState;
  readonly shape: string;
  readonly guess: number;
  /** Hashes of what it left; null where there is nothing. */
  readonly result: string | null;
  readonly series: string | null;
  readonly events: string | null;
  readonly cpuSeconds: number | null;
  readonly error: string | null;
  /** How often it was started, and how often it ended by itself, in this ledger. */
  readonly starts: number;
  readonly finishes: number;
}

/** A grid as a ledger has it. */
export interface EnrolledGrid extends GridIdentity {
  readonly id: number;
  readonly enrolledAt: string;
}

/** Enters a grid with all its cells; one that is there already is found again. Part of the caller's transaction. */
export function enrol(
  db: DatabaseSync,
  { name, question, file, code }: GridIdentity,
  cells: readonly PlannedCell[],
  time: string,
): number {
  const hash = hashJson({ name, code, cells: cells.map(({ label, key }) => [label, key]) });
  // a grid that is entered again is the newest of its name
  db.prepare(
    `INSERT INTO grids (hash, name, question, file, code, enrolled_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (hash) DO UPDATE SET question = excluded.question, file = excluded.file, enrolled_at = excluded.enrolled_at`,
  ).run(hash, name, question, file, code, time);
  const id = Number(db.prepare("SELECT id FROM grids WHERE hash = ?").get(hash)!.id);
  const placed = db.prepare("SELECT count(*) AS n FROM places WHERE grid = ?").get(id)!.n;
  if (placed === cells.length) return id; // entered before: its hash says that they are these
  const addCell = db.prepare(
    "INSERT INTO cells (key, request, shape, guess, state) VALUES (?, ?, ?, ?, 'waiting') ON CONFLICT DO NOTHING",
  );
  const addPlace = db.prepare(
    `INSERT INTO places (grid, position, label, arm, market, market_seed, seed, cell)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  cells.forEach((cell, position) => {
    const { key, jobs, config, rowsHash, keep, shape, guess } = cell;
    addCell.run(key, canonicalJson({ jobs, config, rowsHash, keep }), shape, guess);
    addPlace.run(id, position, cell.label, cell.arm, cell.market, cell.marketSeed, cell.seed, key);
  });
  return id;
}

/** All grids of a ledger, the newest first. */
export function gridsOf(db: DatabaseSync): EnrolledGrid[] {
  const rows = db.prepare(
    "SELECT id, name, question, file, code, enrolled_at AS enrolledAt FROM grids ORDER BY enrolled_at DESC, id DESC",
  ).all();
  return rows as unknown as EnrolledGrid[];
}

/** The newest grid of a name. @throws {UserError} If there is none; the names that there are are listed. */
export function gridNamed(db: DatabaseSync, name: string): EnrolledGrid {
  const grids = gridsOf(db);
  const found = grids.find((grid) => grid.name === name);
  if (found) return found;
  const all = [...new Set(grids.map((grid) => grid.name))], names = all.join(", ");
  throw new UserError(
    `Cannot find the grid ${name} as it must have been started with experiment run: the ledger holds ${
      names === "" ? "none" : names
    }.${hint(name, all)}`,
  );
}

/** The cells of a grid in its order. */
export function placedCells(db: DatabaseSync, grid: number): PlacedCell[] {
  const rows = db.prepare(
    `SELECT label, arm, market, market_seed AS marketSeed, seed, key, state, shape, guess, result, series, events,
       cpu_seconds AS cpuSeconds, error,
       (SELECT count(*) FROM attempts WHERE cell = key) AS starts,
       (SELECT count(*) FROM attempts WHERE cell = key AND ended IN ('done', 'failed')) AS finishes
     FROM places JOIN cells ON key = cell WHERE grid = ? ORDER BY position`,
  ).all(grid);
  return rows as unknown as PlacedCell[];
}

/** What cells that are done have cost, by shape. */
export function knownCosts(db: DatabaseSync): KnownCost[] {
  const rows = db.prepare(
    "SELECT shape, avg(guess) AS guess, avg(cpu_seconds) AS cpuSeconds FROM cells WHERE state = 'done' GROUP BY shape",
  ).all();
  return rows as unknown as KnownCost[];
}

/** Hash over what all cells of a grid left, by label; null until all are done. Equal grids have equal hashes. */
export function gridHash(cells: readonly PlacedCell[]): string | null {
  if (cells.some(({ state }) => state !== "done")) return null;
  const lines = cells.map(({ label, result, series, events }) => `${label} ${result} ${series} ${events}`);
  return sha256(lines.sort().join("\n"));
}
