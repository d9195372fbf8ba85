/**
 * A run's folder, data/runs/<id>: result.json, events.jsonl and series.parquet are deterministic;
 * provenance.json is not. A folder holds a finished run once it holds result.json, which is written last.
 */
import { join } from "node:path";
import { canonicalJson } from "../../core/hash.ts";
import { eventSchema, type RecordedEvent } from "../../events/event.ts";
import type { RunOutcome } from "../../experiments/ports/run_store.ts";
import { type Provenance, provenanceSchema } from "../../experiments/provenance.ts";
import { runResultSchema, type RunSeries } from "../../experiments/result.ts";
import type { RunRecord } from "../../figures/run_figures.ts";
import { completeLines, writeFileAtomic } from "../files/atomic_file.ts";
import { checked, parsedJson, readJson, requiredText, textOrEmpty } from "../files/json_file.ts";
import { readParquetSeries, seriesToParquet } from "./parquet_series.ts";

/** Names of a run's files. */
export const RUN_FILES = {
  result: "result.json",
  events: "events.jsonl",
  series: "series.parquet",
  provenance: "provenance.json",
  report: "report.html",
} as const;

/** Everything stored of a run. */
export interface StoredRun extends RunRecord {
  readonly directory: string;
  readonly provenance: Provenance;
}

/** A finished run as a listing shows it. */
export interface RunEntry {
  readonly id: string;
  readonly directory: string;
  /** ISO time at which it started, UTC. */
  readonly startedAt: string;
}

/** Writes events, series, findings, provenance and, last, the result, each atomically; the folder is made if it is missing. */
export async function writeRun(
  directory: string,
  { result, series, events, findings }: RunOutcome,
  provenance: Provenance,
): Promise<void> {
  const texts = { // checked before any file changes
    ...Object.fromEntries(Object.entries(findings).map(([name, value]) => [`${name}.json`, jsonLine(value)])),
    [RUN_FILES.events]: events.map(jsonLine).join(""),
    [RUN_FILES.provenance]: jsonLine(provenance),
  };
  const last = jsonLine(result);
  await writeFileAtomic(join(directory, RUN_FILES.series), await seriesToParquet(series));
  for (const [name, content] of Object.entries(texts)) await writeFileAtomic(join(directory, name), content);
  await writeFileAtomic(join(directory, RUN_FILES.result), last);
}

const jsonLine = (value: unknown) => `${canonicalJson(value)}\n`;

/** Reads a finished run. @throws {Error} If a file is missing or does not fit its schema; the file and the field are named. */
export async function readRun(directory: string): Promise<StoredRun> {
  const path = (file: keyof typeof RUN_FILES) => join(directory, RUN_FILES[file]);
  const result = await readJson(path("result"), runResultSchema);
  const provenance = await readJson(path("provenance"), provenanceSchema);
  const events = eventsOf(path("events"), await requiredText(path("events")));
  const series = await seriesOf(path("series"));
  return { directory, result, events, series, provenance };
}

/** Finished runs in a folder of runs, the newest first; unfinished ones and other folders are left out. */
export async function listRuns(folder: string): Promise<RunEntry[]> {
  const entries: RunEntry[] = [];
  for await (const entry of directoryEntries(folder)) {
    const directory = join(folder, entry.name);
    if (!entry.isDirectory || await textOrEmpty(join(directory, RUN_FILES.result)) === "") continue;
    const { startedAt } = await readJson(join(directory, RUN_FILES.provenance), provenanceSchema);
    entries.push({ id: entry.name, directory, startedAt });
  }
  const newestFirst = (a: RunEntry, b: RunEntry) => Date.parse(b.startedAt) - Date.parse(a.startedAt);
  return entries.sort((a, b) => newestFirst(a, b) || (a.id < b.id ? 1 : -1));
}

/**
 * Reads a run's folder, or the newest finished run of a folder of runs.
 *
 * @throws {Error} If the path is neither.
 */
export async function loadRun(path: string): Promise<StoredRun> {
  if (await textOrEmpty(join(path, RUN_FILES.result)) !== "") return await readRun(path);
  const newest = (await listRuns(path))[0];
  if (!newest) {
    throw new Error(`Cannot load a run as the folder must hold a finished one: current value is ${path}`);
  }
  return await readRun(newest.directory);
}

function eventsOf(path: string, content: string): RecordedEvent[] {
  if (content !== "" && !content.endsWith("\n")) {
    throw new SyntaxError(`Cannot read ${path} as its last line must end: it was cut`);
  }
  let iterations = 0;
  return completeLines(content).map((line, i) => {
    const place = `${path} line ${i + 1}`;
    const event = checked(place, eventSchema, parsedJson(place, line));
    if (event.type === "iteration" && event.k !== iterations++) {
      throw new RangeError(
        `Cannot read ${place} as its k must be ${iterations - 1}: current value is ${event.k}`,
      );
    }
    return event;
  });
}

async function seriesOf(path: string): Promise<RunSeries> {
  try {
    return await readParquetSeries(path);
  } catch (cause) {
    throw new Error(`Cannot read ${path} as it must be a Parquet file of a run's series`, { cause });
  }
}

async function* directoryEntries(folder: string): AsyncGenerator<Deno.DirEntry> {
  try {
    yield* Deno.readDir(folder);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error; // no folder yet: no runs yet
  }
}
