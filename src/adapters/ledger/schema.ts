/** Version of the tables below. */
export const SCHEMA_VERSION = 1;

/**
 * The tables of a ledger. Trials are never changed or removed. What a cell is stands in `cells`, each of its starts
 * in `attempts`: a start that has no end was under way when its process was killed. A session is one process that
 * ran cells.
 */
export const SCHEMA = `
CREATE TABLE trials (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  time TEXT NOT NULL,
  command TEXT NOT NULL,
  rows_hash TEXT NOT NULL,
  seed INTEGER NOT NULL
) STRICT;
CREATE INDEX trials_by_key ON trials (key, rows_hash); -- with the rows, so that counting reads nothing else
CREATE TRIGGER trials_stay BEFORE UPDATE ON trials BEGIN SELECT RAISE(ABORT, 'a trial is never changed'); END;
CREATE TRIGGER trials_remain BEFORE DELETE ON trials BEGIN SELECT RAISE(ABORT, 'a trial is never removed'); END;

CREATE TABLE imports (path TEXT PRIMARY KEY, lines INTEGER NOT NULL, time TEXT NOT NULL) STRICT;

CREATE TABLE cells (
  key TEXT PRIMARY KEY,
  request TEXT NOT NULL,
  shape TEXT NOT NULL,
  guess REAL NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed')),
  cpu_seconds REAL,
  wall_seconds REAL,
  result TEXT,
  series TEXT,
  events TEXT,
  error TEXT,
  CHECK ((state = 'done') = (result IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX cells_by_shape ON cells (shape) WHERE state = 'done';

CREATE TABLE attempts (
  cell TEXT NOT NULL REFERENCES cells (key),
  number INTEGER NOT NULL,
  session INTEGER NOT NULL REFERENCES sessions (id),
  started_at TEXT NOT NULL,
  ended_at TEXT,
  ended TEXT CHECK (ended IN ('done', 'failed', 'stopped', 'killed')),
  PRIMARY KEY (cell, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE grids (
  id INTEGER PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  question TEXT NOT NULL,
  file TEXT NOT NULL,
  code TEXT NOT NULL,
  enrolled_at TEXT NOT NULL
) STRICT;

CREATE TABLE places (
  grid INTEGER NOT NULL REFERENCES grids (id),
  position INTEGER NOT NULL,
  label TEXT NOT NULL,
  arm TEXT,
  market TEXT NOT NULL,
  market_seed INTEGER,
  seed INTEGER,
  cell TEXT NOT NULL REFERENCES cells (key),
  PRIMARY KEY (grid, position),
  UNIQUE (grid, label)
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
  id INTEGER PRIMARY KEY,
  grid INTEGER NOT NULL REFERENCES grids (id),
  workers INTEGER NOT NULL,
  pid INTEGER NOT NULL,
  started_at TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  ended TEXT CHECK (ended IN ('complete', 'incomplete', 'stopped', 'killed')),
  elapsed_seconds REAL NOT NULL DEFAULT 0,
  ledger_seconds REAL NOT NULL DEFAULT 0,
  ledger_cpu_seconds REAL NOT NULL DEFAULT 0,
  peak_bytes INTEGER NOT NULL DEFAULT 0
) STRICT;

PRAGMA user_version = ${SCHEMA_VERSION};
`;
