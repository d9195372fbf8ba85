/**
 * A run's folder, data/runs/<id>: result.json, events.jsonl and the Parquet files are deterministic; provenance.json is
 * not. A folder holds a finished run once it holds result.json, which is written last.
 */
import { join } from "node:path";
import { canonicalJson, sha256 } from "../../core/hash.ts";
import { UserError } from "../../core/user_error.ts";
import { eventSchema, eventsOfType, type RecordedEvent } from "../../events/event.ts";
import type { RunOutcome } from "../../experiments/ports/run_store.ts";
import { type Provenance, provenanceSchema } from "../../experiments/provenance.ts";
import { type RunResult, runResultSchema, type RunSeries } from "../../experiments/result.ts";
import type { RunTables } from "../../experiments/run_tables.ts";
import { headlineText } from "../../figures/headline.ts";
import type { RunRecord } from "../../figures/run_figures.ts";
import { runSubtitle } from "../../figures/run_subtitle.ts";
import { completeLines, writeFileAtomic } from "../files/atomic_file.ts";
import { checked, parsedJson, readJson, requiredText } from "../files/json_file.ts";
import { withSummary } from "../notebook/cell_summary.ts";
import { tableToParquet } from "./parquet.ts";
import { placesToParquet } from "./parquet_places.ts";
import { readParquetSeries, seriesToParquet } from "./parquet_series.ts";
import { HASH_FILE, hashText, requireAsWritten } from "./run_hashes.ts";
import { readRunTables, tableFile } from "./table_files.ts";
import { requireFolderText } from "./folder_text.ts";

/** Names of a run's files. */
export const RUN_FILES = {
  result: "result.json",
  events: "events.jsonl",
  series: "series.parquet",
  provenance: "provenance.json",
  places: "places.parquet",
  report: "report.html",
  hashes: HASH_FILE,
} as const;

/** Everything stored of a run. */
export interface StoredRun extends RunRecord {
  /** Its folder. */
  readonly directory: string;
  /** Where it came from. */
  readonly provenance: Provenance;
  /** Fills, agents and forecasts, by name; a run without one of them has no such table. */
  readonly tables: RunTables;
}

/**
 * Writes events, series, findings, provenance, the hashes of all but provenance and, last, the result, each atomically;
 * the folder is made if it is missing.
 */
export async function writeRun(
  directory: string,
  { result, series, events, tables, findings, placeReturns = {} }: RunOutcome,
  provenance: Provenance,
): Promise<void> {
  const texts = { // checked before any file changes
    ...Object.fromEntries(Object.entries(findings).map(([name, value]) => [`${name}.json`, jsonLine(value)])),
    [RUN_FILES.events]: events.map(jsonLine).join(""),
  };
  const origin = jsonLine(provenance), last = jsonLine(result);
  const hashes: Record<string, string> = { [RUN_FILES.result]: sha256(last) };
  const write = async (name: string, content: string | Uint8Array) => {
    hashes[name] = sha256(content);
    await writeFileAtomic(join(directory, name), content);
  };
  await write(RUN_FILES.series, await seriesToParquet(series));
  for (const [name, table] of Object.entries(tables)) {
    await write(tableFile(name), await tableToParquet(table));
  }
  if (Object.keys(placeReturns).length > 0) {
    await write(RUN_FILES.places, await placesToParquet(placeReturns));
  }
  for (const [name, content] of Object.entries(texts)) await write(name, content);
  await writeFileAtomic(join(directory, RUN_FILES.provenance), origin);
  await writeFileAtomic(join(directory, RUN_FILES.hashes), hashText(hashes));
  await writeFileAtomic(join(directory, RUN_FILES.result), last);
}

const jsonLine = (value: unknown) => `${canonicalJson(value)}\n`;

/**
 * Reads a finished run.
 *
 * @throws {UserError} If a file is missing, does not fit its schema or is not what the run wrote; the file is named, and
 *   the field.
 */
export async function readRun(directory: string): Promise<StoredRun> {
  requireFolderText(directory);
  const path = (file: keyof typeof RUN_FILES) => join(directory, RUN_FILES[file]);
  const result = await readJson(path("result"), runResultSchema);
  const provenance = await readJson(path("provenance"), provenanceSchema);
  const events = eventsOf(path("events"), await requiredText(path("events")));
  requireIterations(path("events"), events, result.iterations);
  const series = await seriesOf(path("series"));
  requireRows(path("series"), series, result.reported);
  const run = { directory, result, events, series, provenance, tables: await readRunTables(directory) };
  await requireAsWritten(directory, [RUN_FILES.result, RUN_FILES.events, RUN_FILES.series], true); // after the schemas, which name the field
  return withSummary(run, runLines);
}

/** A run as the end of a cell prints it. */
function runLines({ directory, result }: StoredRun): string[] {
  const text = `${runSubtitle(result)}\n${headlineText(result)}`;
  return [`A run in ${directory}`, text, "show(runSummary(run)) and show(resultTable(run.result)) say more."];
}

function eventsOf(path: string, content: string): RecordedEvent[] {
  if (content !== "" && !content.endsWith("\n")) {
    throw new UserError(`Cannot read ${path} as its last line must end: it was cut`);
  }
  let iterations = 0;
  return completeLines(content).map((line, i) => {
    const place = `${path} line ${i + 1}`;
    const event = checked(place, eventSchema, parsedJson(place, line));
    if (event.type === "iteration" && event.k !== iterations++) {
      throw new UserError(
        `Cannot read ${place} as its k must be ${iterations - 1}: current value is ${event.k}`,
      );
    }
    return event;
  });
}

/** A cut at the end of a line would else pass for a shorter run. */
function requireIterations(path: string, events: readonly RecordedEvent[], iterations: number): void {
  const found = eventsOfType(events, "iteration").length;
  if (found !== iterations) {
    throw new UserError(
      `Cannot read ${path} as it must hold the ${iterations} iterations of ${RUN_FILES.result}: ${found} are there`,
    );
  }
}

function requireRows(path: string, { openTime }: RunSeries, { from, to }: RunResult["reported"]): void {
  if (openTime.length !== to - from + 1) {
    throw new UserError(
      `Cannot read ${path} as it must hold the ${to - from + 1} reported rows of ${RUN_FILES.result}: ` +
        `${openTime.length} are there`,
    );
  }
}

async function seriesOf(path: string): Promise<RunSeries> {
  try {
    return await readParquetSeries(path);
  } catch (cause) {
    throw new UserError(`Cannot read ${path} as it must be a Parquet file of a run's series`, { cause });
  }
}
