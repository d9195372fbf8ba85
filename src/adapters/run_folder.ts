import { join } from "node:path";
import { canonicalJson, hashJson } from "../core/hash.ts";
import type { RunConfig } from "../experiments/config.ts";
import type { RunResult, RunSeries } from "../experiments/result.ts";
import type { Panel } from "../market/panel.ts";
import type { IterationEvent } from "../population/events.ts";
import { writeFileAtomic } from "./atomic_file.ts";
import { collectProvenance, sourceHash } from "./provenance.ts";
import { readRun, RUN_FILES, triggerOf, writeRun } from "./run_store.ts";
import { UserError } from "./user_error.ts";
import { reasonOf } from "./writable_folder.ts";

/** Where a run keeps its files. */
export interface RunFolder {
  readonly id: string;
  readonly directory: string;
  /** Folder of checkpoints; gone once the run is finished. */
  readonly checkpoints: string;
  readonly resumed: boolean;
}

/** What a folder is asked for. */
export interface RunFolderRequest {
  /** Folder of run folders. */
  readonly root: string;
  readonly command: RunResult["command"];
  readonly config: RunConfig;
  readonly panel: Panel;
  /** True to go on from the checkpoints of an unfinished run of the same configuration and rows. */
  readonly resume: boolean;
}

const CONFIG_FILE = "config.json";
/** The hash of the source that began the run; gone with the checkpoints. */
const SOURCE_FILE = "source.sha256";

/** A run is named by its command, seed, configuration and rows: the same run always has the same name. */
function runId({ command, config, panel }: RunFolderRequest): string {
  return `${command}-s${config.seed}-${hashJson({ config, rows: panel.hash }).slice(0, 10)}`;
}

/**
 * Makes the folder of a run. Without `resume` an earlier unfinished or finished run of the same name is
 * replaced (its bytes would be the same); with it the checkpoints there are gone on from.
 *
 * @throws {UserError} If there is nothing to resume, the source has changed since, or the folder cannot be written.
 */
export async function createRunFolder(request: RunFolderRequest): Promise<RunFolder> {
  const id = runId(request);
  const directory = join(request.root, id);
  const checkpoints = join(directory, "checkpoints");
  if (request.resume) {
    if (!await isFolder(checkpoints)) throw await nothingToResume(request, id);
    await requireSameSource(id, directory);
    return { id, directory, checkpoints, resumed: true };
  }
  try {
    if (await isFolder(directory)) await Deno.remove(directory, { recursive: true });
    await Deno.mkdir(checkpoints, { recursive: true });
    await writeFileAtomic(join(directory, CONFIG_FILE), `${canonicalJson(request.config)}\n`);
    await writeFileAtomic(join(directory, SOURCE_FILE), `${await sourceHash()}\n`);
  } catch (error) {
    throw new UserError(
      `Cannot write the run as its folder must be writable: current value is ${directory} (${
        reasonOf(error)
      })`,
    );
  }
  return { id, directory, checkpoints, resumed: false };
}

/** How far the run of a request has come: its result is there, a checkpoint is, or neither. */
export async function runStage(request: RunFolderRequest): Promise<"finished" | "unfinished" | "absent"> {
  const directory = join(request.root, runId(request));
  if (await isFolder(join(directory, "checkpoints"))) return "unfinished";
  return await isFolder(directory) ? "finished" : "absent";
}

/** The stored result of a finished run. */
export async function finishedResult(request: RunFolderRequest): Promise<RunResult> {
  return (await readRun(join(request.root, runId(request)))).result;
}

/** What a finished run writes. */
export interface FinishedPopulation {
  readonly result: RunResult;
  readonly series: RunSeries;
  readonly events: readonly IterationEvent[];
  readonly config: RunConfig;
  readonly trial: number;
  readonly startedAt: number;
  readonly finishedAt: number;
}

/** Writes all files of a run, the result last, then takes its checkpoints away. */
export async function finishRun(folder: RunFolder, run: FinishedPopulation): Promise<void> {
  const provenance = await collectProvenance({
    config: run.config,
    rowsHash: run.result.rowsHash,
    startedAt: run.startedAt,
    wallSeconds: (run.finishedAt - run.startedAt) / 1000,
    trial: run.trial,
    resumed: folder.resumed,
  });
  const { htmlReport } = await import("./html_report.ts"); // drawing is loaded once there is something to draw
  const report = htmlReport({ ...run, trigger: triggerOf(provenance), provenance });
  await writeFileAtomic(join(folder.directory, RUN_FILES.report), report);
  await writeRun(folder.directory, { ...run, provenance });
  await Deno.remove(folder.checkpoints, { recursive: true });
  await Deno.remove(join(folder.directory, SOURCE_FILE));
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isDirectory;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Half a run by one source and half by another has bytes that nothing gives again. */
async function requireSameSource(id: string, directory: string): Promise<void> {
  let began: string;
  try {
    began = (await Deno.readTextFile(join(directory, SOURCE_FILE))).trim();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    began = "unknown";
  }
  const now = await sourceHash();
  if (began !== now) {
    throw new UserError(
      `Cannot resume ${id} as the source must be the one that began it: it was ${
        began.slice(0, 12)
      } and is ` +
        `${now.slice(0, 12)}. Start the run again without --resume.`,
    );
  }
}

/** Says which unfinished runs there are, and in which setting the first one differs. */
async function nothingToResume(request: RunFolderRequest, id: string): Promise<UserError> {
  const unfinished: string[] = [];
  if (await isFolder(request.root)) {
    for await (const entry of Deno.readDir(request.root)) {
      const other = join(request.root, entry.name);
      if (await isFolder(join(other, "checkpoints"))) {
        const config = JSON.parse(await Deno.readTextFile(join(other, CONFIG_FILE))) as unknown;
        unfinished.push(`  ${entry.name}: ${firstDifference(request.config, config) ?? "other rows"}`);
      }
    }
  }
  const list = unfinished.length > 0
    ? `Unfinished runs, and where they differ:\n${unfinished.sort().join("\n")}`
    : "There is no unfinished run.";
  return new UserError(
    `Cannot resume ${id} as a run goes on only with the same configuration and rows as it began. ${list}`,
  );
}

/** The first setting, by path, in which two configurations differ; null if none does. */
export function firstDifference(wanted: unknown, found: unknown, path = ""): string | null {
  if (Object.is(wanted, found)) return null;
  const isTree = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null;
  if (isTree(wanted) && isTree(found)) {
    for (const key of new Set([...Object.keys(wanted), ...Object.keys(found)])) {
      const difference = firstDifference(wanted[key], found[key], path === "" ? key : `${path}.${key}`);
      if (difference !== null) return difference;
    }
    return null;
  }
  return `${path} is ${JSON.stringify(found)} there and ${JSON.stringify(wanted)} here`;
}
