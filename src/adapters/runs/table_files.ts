/** Tables that a run may hold, one Parquet file each: fills of its accounts, and what was read off of its agents. */
import { join } from "node:path";
import { UserError } from "../../core/user_error.ts";
import type { RunTable, RunTables } from "../../experiments/run_tables.ts";
import { readParquetTable } from "./parquet.ts";

const RUN_TABLES = ["fills", "agents", "forecasts"] as const;

/** File name of a table. */
export function tableFile(name: string): string {
  return `${name}.parquet`;
}

/** The tables of a run by name; a run without one of them has no such table. @throws {UserError} If one is no Parquet file. */
export async function readRunTables(directory: string): Promise<RunTables> {
  const tables: Record<string, RunTable> = {};
  const files = await Array.fromAsync(Deno.readDir(directory), ({ name }) => name);
  for (const name of RUN_TABLES.filter((name) => files.includes(tableFile(name)))) {
    const path = join(directory, tableFile(name));
    try {
      tables[name] = await readParquetTable(path);
    } catch (cause) {
      throw new UserError(`Cannot read ${path} as it must be a Parquet file of a run's ${name}`, { cause });
    }
  }
  return tables;
}
