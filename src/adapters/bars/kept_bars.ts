/**
 * Columns of CSVs that were read once, kept in binary. Their name is the hash of the CSV's bytes and of the source that
 * reads and checks them: a file that changed by one byte is read again, and so is every file once a rule changed. Size
 * and time of a file are not asked: a copy keeps both over other content, and hashing the bytes costs a thirtieth of
 * reading them. Only what was read and kept to every rule is ever stored, so nothing need be checked again.
 */
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { hashJson, sha256 } from "../../core/hash.ts";
import { printable } from "../../core/printable.ts";
import type { Coin } from "../../core/universe.ts";
import { PROJECT_PLACES } from "../files/project.ts";
import { bytesOf, type CoinFile, readBybitBytes } from "./bybit_file.ts";
import { columnBytes, columnsIn } from "./column_file.ts";

/** Where columns are kept, and which. */
export interface Keeping {
  readonly folder: string;
  /** Bytes from which on a CSV's columns are kept: a smaller one is read in no time. */
  readonly least: number;
  /** Files that are kept at most; the oldest go. */
  readonly most: number;
}

/** In the project's own folder of what may be deleted at any time. */
export const USUAL_KEEPING: Keeping = { folder: PROJECT_PLACES.bars, least: 500_000, most: 60 };

/** The files that a CSV is read and checked by, from this folder on; a test holds the list complete. */
export const READER_SOURCES = [
  "./bybit_file.ts",
  "./column_file.ts",
  "./csv_columns.ts",
  "./csv_error.ts",
  "./csv_header.ts",
  "./csv_lines.ts",
  "./csv_rules.ts",
  "./csv_table.ts",
  "./csv_times.ts",
  "./decimal.ts",
  "../../core/time.ts",
  "../../core/universe.ts",
  "../../market/complete_bars.ts",
  "../../market/derived_columns.ts",
  "../../market/panel.ts",
  "../../market/panel_news.ts",
] as const;

let reader: string | null = null;

/** Hash of the reader's source: the version of parser and rules. */
function readerHash(): string {
  reader ??= hashJson(
    READER_SOURCES.map((path) => sha256(Deno.readFileSync(new URL(path, import.meta.url)))),
  );
  return reader;
}

/** Reads the file of a coin as `readBybitFile` does, from its kept columns where they are. @throws As it does. */
export function readKeptFile(file: string, coin: Coin, keeping: Keeping = USUAL_KEEPING): CoinFile {
  const bytes = bytesOf(file);
  if (bytes.length < keeping.least) return readBybitBytes(file, bytes, coin);
  const kept = join(keeping.folder, `${sha256(`${sha256(bytes)} ${readerHash()}`)}.bars`);
  const found = contentOf(kept);
  const columns = found && columnsIn(found, coin);
  if (columns) return { file, ...columns };
  if (found) {
    console.warn(
      `The kept columns of ${printable(file)} are damaged (${
        printable(kept)
      }): they are made again from the file.`,
    );
  }
  const read = readBybitBytes(file, bytes, coin);
  keep(kept, columnBytes(read), keeping);
  return read;
}

/** Null where there is no such file, or none that may be read. */
function contentOf(path: string): Uint8Array | null {
  try {
    return Deno.readFileSync(path);
  } catch {
    return null; // whatever the reason, the CSV is there
  }
}

/** Stores bytes in one rename; where the folder may not be written, nothing is kept and nothing is lost. */
function keep(path: string, bytes: Uint8Array, { folder, most }: Keeping): void {
  if (Deno.permissions.querySync({ name: "write", path: folder }).state !== "granted") return; // never asks
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    Deno.mkdirSync(folder, { recursive: true });
    Deno.writeFileSync(temporary, bytes, { createNew: true });
    Deno.renameSync(temporary, path);
    dropOldest(folder, most);
  } catch {
    if (contentOf(temporary)) Deno.removeSync(temporary);
  }
}

/** What was interrupted while it was written is old one day, too. */
function dropOldest(folder: string, most: number): void {
  const names = [...Deno.readDirSync(folder)].filter(({ isFile }) => isFile).map(({ name }) => name);
  if (names.length <= most) return;
  const age = (name: string) => Deno.statSync(join(folder, name)).mtime?.getTime() ?? 0;
  const byAge = names.map((name) => [age(name), name] as const).sort(([a], [b]) => a - b);
  for (const [, name] of byAge.slice(0, names.length - most)) Deno.removeSync(join(folder, name));
}
