/** Processes that ran cells, and the starts of cells: what a kill leaves open is closed by the next process. */
import type { DatabaseSync } from "node:sqlite";

/** How a session ended by itself. */
export type SessionEnd = "complete" | "incomplete" | "stopped";

/** What a session shows of itself. */
export interface SessionSight {
  readonly time: string;
  readonly elapsedSeconds: number;
  /** Of them, spent in the ledger. */
  readonly ledgerSeconds: number;
  readonly ledgerCpuSeconds: number;
  /** Memory of the process now. */
  readonly bytes: number;
}

/** A session as a ledger has it. */
export interface Session {
  readonly id: number;
  readonly grid: number;
  readonly workers: number;
  readonly startedAt: string;
  readonly seenAt: string;
  /** Null while it is under way. */
  readonly ended: SessionEnd | "killed" | null;
  readonly elapsedSeconds: number;
  readonly ledgerSeconds: number;
  readonly ledgerCpuSeconds: number;
  readonly peakBytes: number;
}

/** Closes what a killed process left open. Call it by who holds the store's lock, in a transaction. */
export function recover(db: DatabaseSync): void {
  db.exec(`
    UPDATE attempts SET ended = 'killed', ended_at = (SELECT seen_at FROM sessions WHERE id = session) WHERE ended IS NULL;
    UPDATE sessions SET ended = 'killed' WHERE ended IS NULL;
    UPDATE cells SET state = 'waiting' WHERE state = 'running';
  `);
}

export function beginSession(db: DatabaseSync, grid: number, workers: number, time: string): number {
  const { lastInsertRowid } = db.prepare(
    "INSERT INTO sessions (grid, workers, pid, started_at, seen_at) VALUES (?, ?, ?, ?, ?)",
  ).run(grid, workers, Deno.pid, time, time);
  return Number(lastInsertRowid);
}

export function seeSession(db: DatabaseSync, id: number, sight: SessionSight): void {
  const { time, elapsedSeconds, ledgerSeconds, ledgerCpuSeconds, bytes } = sight;
  db.prepare(
    `UPDATE sessions SET seen_at = ?, elapsed_seconds = ?, ledger_seconds = ?, ledger_cpu_seconds = ?,
       peak_bytes = max(peak_bytes, ?) WHERE id = ?`,
  ).run(time, elapsedSeconds, ledgerSeconds, ledgerCpuSeconds, bytes, id);
}

/** Ends a session; its cells under way wait again. */
export function endSession(db: DatabaseSync, id: number, how: SessionEnd, time: string): void {
  db.prepare(
    "UPDATE cells SET state = 'waiting' WHERE key IN (SELECT cell FROM attempts WHERE session = ? AND ended IS NULL)",
  ).run(id);
  db.prepare("UPDATE attempts SET ended = 'stopped', ended_at = ? WHERE session = ? AND ended IS NULL")
    .run(time, id);
  db.prepare("UPDATE sessions SET ended = ? WHERE id = ?").run(how, id);
}

/** Ends the one start of a cell that is open. */
export function endAttempt(db: DatabaseSync, cell: string, how: "done" | "failed", time: string): void {
  db.prepare("UPDATE attempts SET ended = ?, ended_at = ? WHERE cell = ? AND ended IS NULL").run(
    how,
    time,
    cell,
  );
}

/** The sessions of a grid, the first first. */
export function sessionsOf(db: DatabaseSync, grid: number): Session[] {
  const rows = db.prepare(
    `SELECT id, grid, workers, started_at AS startedAt, seen_at AS seenAt, ended, elapsed_seconds AS elapsedSeconds,
       ledger_seconds AS ledgerSeconds, ledger_cpu_seconds AS ledgerCpuSeconds, peak_bytes AS peakBytes FROM sessions WHERE grid = ? ORDER BY id`,
  ).all(grid);
  return rows as unknown as Session[];
}
