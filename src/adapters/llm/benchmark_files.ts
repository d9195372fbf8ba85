/** Benchmarks and what models answered to them, as files: <folder>/benchmark.json and <folder>/models/<name>.json. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type * as z from "zod";
import { UserError } from "../../core/user_error.ts";
import { strictJson } from "../../core/strict_json.ts";
import { type ActionsRecord, actionsSchema } from "../../experiments/decisions/actions.ts";
import { type Benchmark, benchmarkHash, benchmarkSchema } from "../../experiments/decisions/benchmark.ts";
import { type ModelRecords, modelRecordsSchema } from "../../experiments/decisions/reply_record.ts";
import { writeFileAtomic } from "../files/atomic_file.ts";
import { checked, parsedJson } from "../files/json_file.ts";
import { PROJECT } from "../files/project.ts";
import { atPath } from "../files/system_error.ts";

/** The benchmark that is committed, with what models answered. */
export const COMMITTED_BENCHMARK = join(PROJECT, "results", "llm", "planted");

/** A benchmark and every model's records. */
export interface BenchmarkFolder {
  readonly benchmark: Benchmark;
  /** By name. */
  readonly models: readonly ModelRecords[];
}

/** @throws {UserError} If there is none, or it does not fit its schema. */
export async function readBenchmark(folder: string): Promise<Benchmark> {
  return await readChecked(join(folder, "benchmark.json"), benchmarkSchema);
}

/** A benchmark and all records beside it. @throws {UserError} If records are of another benchmark. */
export async function readBenchmarkFolder(folder: string): Promise<BenchmarkFolder> {
  const benchmark = await readBenchmark(folder), hash = benchmarkHash(benchmark), models: ModelRecords[] = [];
  for (const name of await namesIn(join(folder, "models"))) {
    const path = join(folder, "models", name);
    const records = await readChecked(path, modelRecordsSchema);
    if (records.benchmark.hash !== hash) {
      throw new UserError(
        `Cannot compare ${path} as it must answer the benchmark ${hash}: it answers ${records.benchmark.hash}`,
      );
    }
    models.push(records);
  }
  return { benchmark, models };
}

/** What a model answered before; null where nothing is kept. @throws {UserError} If that is of another benchmark. */
export async function readModelRecords(
  folder: string,
  name: string,
  benchmark: Benchmark,
): Promise<ModelRecords | null> {
  const path = recordsPath(folder, name);
  if (!existsSync(path)) return null;
  const records = await readChecked(path, modelRecordsSchema), hash = benchmarkHash(benchmark);
  if (records.benchmark.hash === hash) return records;
  throw new UserError(
    `Cannot add to ${path} as it must answer the benchmark ${hash}: it answers ${records.benchmark.hash}`,
  );
}

/** Where a model's answers are kept. */
export function recordsPath(folder: string, name: string): string {
  return join(folder, "models", `${name}.json`);
}

/** Writes a benchmark that was drawn. */
export async function writeBenchmark(folder: string, benchmark: Benchmark): Promise<void> {
  const { points, ...head } = benchmark;
  const lines = points.map((point) => strictJson(point)).join(",\n");
  await writeFileAtomic(
    join(folder, "benchmark.json"),
    `${strictJson(head).slice(0, -1)},"points":[\n${lines}\n]}\n`,
  );
}

/** Writes what a model answered, a line a record. */
export async function writeModelRecords(folder: string, { records, ...head }: ModelRecords): Promise<string> {
  const path = recordsPath(folder, head.model.name);
  const lines = records.map((record) => strictJson(record)).join(",\n");
  await writeFileAtomic(path, `${strictJson(head).slice(0, -1)},"records":[\n${lines}\n]}\n`);
  return path;
}

/** What a model did, as it was kept. @throws {UserError} If there is none, or it does not fit its schema. */
export async function readActions(path: string): Promise<ActionsRecord> {
  return await readChecked(path, actionsSchema);
}

/** Keeps what a model did. */
export async function writeActions(path: string, record: ActionsRecord): Promise<void> {
  await writeFileAtomic(path, `${strictJson(record)}\n`);
}

async function readChecked<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<z.output<Schema>> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    throw atPath("read", path, error);
  }
  return checked(path, schema, parsedJson(path, text));
}

async function namesIn(folder: string): Promise<readonly string[]> {
  const names: string[] = [];
  try {
    for await (const { name } of Deno.readDir(folder)) if (name.endsWith(".json")) names.push(name);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw atPath("read", folder, error);
  }
  return names.sort();
}
