/** Shards that ran elsewhere, taken into one store. */
import { existsSync, realpathSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { UserError } from "../../core/user_error.ts";
import { inTransaction, openLedgerToRead } from "./ledger_file.ts";
import { damagedCell, reproduction } from "./reproduction.ts";
import { type ResultFiles, resultFiles, type ResultKind } from "./result_files.ts";
import { storePlaces } from "./store_folder.ts";
import type { CellStore } from "./cell_store.ts";

/** What was taken over. */
export interface Merged {
  /** Cells that were new here. */
  readonly cells: number;
  /** Trials that were new here. */
  readonly trials: number;
}

/**
 * Takes grids, finished cells and trials of another store over; what is here already stays. Doing it twice changes
 * nothing.
 *
 * @throws {UserError} If the folder holds no ledger, a result there is damaged, or a cell has another result here.
 */
export function mergeStore(into: CellStore, folder: string): Merged {
  const { ledger, results } = storePlaces(folder);
  if (realPathOf(folder) === realPathOf(into.places.folder)) {
    throw new UserError(
      `Cannot merge ${folder} as it must be another store than the one that takes it in: it is the same. Name the ` +
        "stores of shards, and by --store the one that is to hold all.",
    );
  }
  using from = openLedgerToRead(ledger) ?? undefined;
  if (!from) {
    throw new UserError(
      `Cannot merge ${folder} as it must hold a ledger.sqlite: it is not there. Give the folder that a shard was given with --store.`,
    );
  }
  const files = resultFiles(results);
  return inTransaction(into.db, () => {
    const cells = mergeCells(into, from, files, folder);
    mergeGrids(into.db, from);
    return { cells, trials: mergeTrials(into.db, from) };
  });
}

function mergeCells(
  { db, results }: CellStore,
  from: DatabaseSync,
  files: ResultFiles,
  folder: string,
): number {
  const find = db.prepare("SELECT state, result, series, events FROM cells WHERE key = ?");
  const add = db.prepare(
    `INSERT INTO cells (key, request, shape, guess, state, cpu_seconds, wall_seconds, result, series, events)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET state = excluded.state, cpu_seconds = excluded.cpu_seconds,
       wall_seconds = excluded.wall_seconds, result = excluded.result, series = excluded.series, events = excluded.events,
       error = NULL`,
  );
  let added = 0;
  for (const row of from.prepare("SELECT * FROM cells").all()) {
    const [key, request, shape, guess] = [row.key!, row.request!, row.shape!, row.guess!];
    const here = find.get(key);
    if (row.state !== "done") {
      if (!here) add.run(key, request, shape, guess, "waiting", null, null, null, null, null);
      continue;
    }
    const left = [row.result, row.series, row.events] as const;
    if (here?.state === "done") {
      if (left.every((hash, i) => hash === [here.result, here.series, here.events][i])) continue;
      throw new UserError(
        `Cannot merge ${folder} as a cell must have one result: that of ${key} is another there than here. ` +
          "One of the two was not made by this source on a machine like this one.",
      );
    }
    try {
      left.forEach((hash, i) => hash !== null && copyResult(files, results, hash as string, KINDS[i]!));
    } catch (error) {
      throw inCell(from, key as string, folder, error);
    }
    add.run(
      key,
      request,
      shape,
      guess,
      "done",
      row.cpu_seconds!,
      row.wall_seconds!,
      ...left as [string, null, null],
    );
    added++;
  }
  return added;
}

/** An error of what a cell left, with the cell and the command that computes it again there. */
function inCell(from: DatabaseSync, key: string, folder: string, error: unknown): unknown {
  const place = from.prepare(
    "SELECT label, file FROM places JOIN grids ON grids.id = grid WHERE cell = ? ORDER BY enrolled_at DESC LIMIT 1",
  ).get(key);
  if (!place) return error;
  return damagedCell(`${place.label}`, reproduction(`${place.file}`, `${place.label}`, folder), error);
}

/** Where a path leads to; the path itself where nothing is. */
function realPathOf(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}

const KINDS: readonly ResultKind[] = ["json", "parquet", "jsonl"];

function copyResult(from: ResultFiles, to: ResultFiles, hash: string, kind: ResultKind): void {
  to.put(from.read(hash, kind), kind);
}

function mergeGrids(db: DatabaseSync, from: DatabaseSync): void {
  const add = db.prepare(
    `INSERT INTO grids (hash, name, question, file, code, enrolled_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET enrolled_at = max(enrolled_at, excluded.enrolled_at) RETURNING id`,
  );
  const addPlace = db.prepare(
    `INSERT INTO places (grid, position, label, arm, market, market_seed, seed, cell)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  for (const grid of from.prepare("SELECT * FROM grids").all()) {
    const { hash, name, question, file, code, enrolled_at } = grid;
    const { id } = add.get(hash!, name!, question!, file!, code!, enrolled_at!)!;
    for (const one of from.prepare("SELECT * FROM places WHERE grid = ?").all(grid.id!)) {
      const { position, label, arm, market, market_seed, seed, cell } = one;
      addPlace.run(id!, position!, label!, arm ?? null, market!, market_seed ?? null, seed ?? null, cell!);
    }
  }
}

function mergeTrials(db: DatabaseSync, from: DatabaseSync): number {
  const known = db.prepare(
    "SELECT 1 FROM trials WHERE key = ? AND time = ? AND command = ? AND rows_hash = ? AND seed = ?",
  );
  const add = db.prepare("INSERT INTO trials (key, time, command, rows_hash, seed) VALUES (?, ?, ?, ?, ?)");
  const rows = from.prepare("SELECT key, time, command, rows_hash, seed FROM trials ORDER BY id").all();
  const fresh = rows.map(({ key, time, command, rows_hash, seed }) =>
    [key!, time!, command!, rows_hash!, seed!] as const
  ).filter((row) => !known.get(...row));
  for (const row of fresh) add.run(...row);
  return fresh.length;
}
