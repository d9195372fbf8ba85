/** The cells of one grid, being run: a kill at any moment loses those under way alone. */
import { join } from "node:path";
import process from "node:process";
import type { DatabaseSync } from "node:sqlite";
import type { PlannedCell } from "../../experiments/grid/plan_cell.ts";
import type { CellLedger } from "../../experiments/ports/cell_ledger.ts";
import type { CellCost, CellFiles } from "../../experiments/ports/cells.ts";
import type { CellStore } from "./cell_store.ts";
import { enrol, type GridIdentity, type PlacedCell, placedCells } from "./grid_table.ts";
import { inTransaction } from "./ledger_file.ts";
import type { ResultFiles } from "./result_files.ts";
import { beginSession, endAttempt, endSession, seeSession, type SessionEnd } from "./session_table.ts";
import { addTrial } from "./trial_table.ts";

/** Iterations from which on a cell keeps checkpoints: below, it is sooner run again than its checkpoints are written. */
const CHECKPOINTED_FROM = 40;

/** Cells of one grid, being run by this process. */
export interface OpenCells extends CellLedger {
  /** All cells of the grid as they stand. */
  cells(): PlacedCell[];
  /** Says that no more cells will be run. Those under way wait again. */
  end(how: SessionEnd): void;
}

/**
 * Enters a grid and begins to run its cells. Those that failed before wait again; so do those whose results are not
 * there any more, or not as they were.
 */
export function openCells(
  { places, db, results }: CellStore,
  identity: GridIdentity,
  planned: readonly PlannedCell[],
  workers: number,
): OpenCells {
  const own = { seconds: 0, cpuSeconds: 0 }; // that the ledger took
  const clock = () => {
    const wall = performance.now(), cpu = threadSeconds();
    return () => {
      own.seconds += (performance.now() - wall) / 1000;
      own.cpuSeconds += threadSeconds() - cpu;
    };
  };
  const timed = <Value>(work: () => Value): Value => {
    const stop = clock();
    try {
      return work();
    } finally {
      stop();
    }
  };
  const now = () => new Date().toISOString();
  const begun = performance.now();
  const unfinished = (key: string) => join(places.unfinished, key);

  const { grid, session } = timed(() =>
    inTransaction(db, () => {
      const grid = enrol(db, identity, planned, now());
      const lost = placedCells(db, grid).filter((cell) => !isWhole(cell, results));
      const again = db.prepare(
        `UPDATE cells SET state = 'waiting', result = NULL, series = NULL, events = NULL, error = NULL WHERE key = ?`,
      );
      for (const { key } of lost) again.run(key);
      return { grid, session: beginSession(db, grid, workers, now()) };
    })
  );
  const seen = () =>
    seeSession(db, session, {
      time: now(),
      elapsedSeconds: (performance.now() - begun) / 1000,
      ledgerSeconds: own.seconds,
      ledgerCpuSeconds: own.cpuSeconds,
      bytes: Deno.memoryUsage().rss,
    });
  const kept = ({ result, series, events }: CellFiles) => ({
    result: results.put(result, "json"),
    series: series && results.put(series, "parquet"),
    events: events === null ? null : results.put(events, "jsonl"),
  });

  return {
    cells: () => placedCells(db, grid),
    checkpoints: ({ key, iterations }) => iterations < CHECKPOINTED_FROM ? null : unfinished(key),
    start: (cell) =>
      timed(() =>
        inTransaction(db, () => {
          const { key, trial, config, rowsHash } = cell;
          const time = now();
          db.prepare(
            `INSERT INTO attempts (cell, number, session, started_at)
             SELECT ?, count(*) + 1, ?, ? FROM attempts WHERE cell = ?`,
          ).run(key, session, time, key);
          db.prepare("UPDATE cells SET state = 'running' WHERE key = ?").run(key);
          if (trial !== null) {
            addTrial(db, { key: trial, time, command: "experiment", rowsHash, seed: config.seed });
          }
        })
      ),
    async finish({ key, iterations }, files, { cpuSeconds, wallSeconds }: CellCost) {
      const stop = clock();
      const { result, series, events } = kept(files);
      inTransaction(db, () => {
        db.prepare(
          `UPDATE cells SET state = 'done', error = NULL, result = ?, series = ?, events = ?, cpu_seconds = ?,
             wall_seconds = ? WHERE key = ?`,
        ).run(result, series, events, cpuSeconds, wallSeconds, key);
        endAttempt(db, key, "done", now());
        seen();
      });
      if (iterations >= CHECKPOINTED_FROM) {
        await Deno.remove(unfinished(key), { recursive: true }).catch(() => {}); // it may have ended before its first
      }
      stop();
    },
    fail: ({ key }, { stack, message }, wallSeconds) =>
      timed(() =>
        inTransaction(db, () => {
          db.prepare("UPDATE cells SET state = 'failed', error = ?, wall_seconds = ? WHERE key = ?")
            .run(stack === "" ? message : stack, wallSeconds, key);
          endAttempt(db, key, "failed", now());
          seen();
        })
      ),
    end: (how) =>
      inTransaction(db, () => {
        seen();
        endSession(db, session, how, now());
      }),
  };
}

/** CPU seconds of this thread so far. */
function threadSeconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1e6;
}

/** What a cell left, by hash. */
type Left = Pick<PlacedCell, "state" | "result" | "series" | "events">;

/** False for a cell that is to be run again: it failed, or what it left is gone or changed. */
export function isWhole({ state, result, series, events }: Left, results: ResultFiles): boolean {
  if (state === "failed") return false;
  if (state !== "done") return true;
  return results.has(result!, "json") && (series === null || results.has(series, "parquet")) &&
    (events === null || results.has(events, "jsonl"));
}

/** True if a cell is done and what it left is there as it was written. */
export function isDone(db: DatabaseSync, results: ResultFiles, key: string): boolean {
  const cell = db.prepare("SELECT state, result, series, events FROM cells WHERE key = ?").get(key);
  return cell?.state === "done" && isWhole(cell as unknown as Left, results);
}
