/** The runs of a folder as a collection: all of them with their results, and one by whatever a person calls it. */
import { basename, join } from "node:path";
import { printable } from "../../core/printable.ts";
import { UserError } from "../../core/user_error.ts";
import { runResultSchema } from "../../experiments/result.ts";
import type { ListedRun } from "../../figures/runs_table.ts";
import { nearest } from "../../core/nearest.ts";
import { readJson } from "../files/json_file.ts";
import { RUN_FILES } from "./run_files.ts";
import { listRuns, newestRun, type RunEntry } from "./run_list.ts";
import { exists, isFinished } from "./run_places.ts";
import { requireFolderText } from "./folder_text.ts";

/** Most runs that a message names. */
const NAMED = 5;

/** Finished runs of a folder with their results, the newest first. */
export async function collectRuns(folder: string): Promise<ListedRun[]> {
  requireFolderText(folder);
  const { runs } = await listRuns(folder);
  return await Promise.all(
    runs.map(async ({ id, sequence, startedAt, directory }) => ({
      id,
      sequence,
      startedAt,
      result: await readJson(join(directory, RUN_FILES.result), runResultSchema),
    })),
  );
}

/**
 * The folder of one finished run, by its id, a beginning of it or of the hash at its end that no other has, "latest", or
 * a path: of the run, or of a folder of runs for the newest in it.
 *
 * @throws {UserError} If there is none, or more than one; those that may be meant are named.
 */
export async function findRun(folder: string, name: string): Promise<string> {
  requireFolderText(folder);
  if (/[/\\]/.test(name) && exists(name)) return isFinished(name) ? name : (await newestRun(name)).directory;
  if (name === "latest") return (await newestRun(folder)).directory;
  const { runs, broken } = await listRuns(folder);
  const found = named(runs, name);
  if (found.length === 1) return found[0]!.directory;
  const shown = printable(name, 80);
  if (found.length > 1) {
    const ids = found.slice(0, NAMED).map(({ id }) => id).join(", ");
    const rest = found.length > NAMED ? ` and ${found.length - NAMED} more` : "";
    throw new UserError(`Cannot find the run ${shown} as one run alone may begin so: ${ids}${rest} do`);
  }
  const damaged = name === "" ? undefined : broken.find(({ path }) => isCalled(basename(path), name));
  if (damaged) {
    throw new UserError(
      `Cannot read the run ${shown} as ${printable(damaged.path)} must be whole: ${printable(damaged.why)}`,
    );
  }
  const near = nearestIds(name, runs.map(({ id }) => id));
  const hint = /^#\d+$/.test(name)
    ? "runs have no numbers any more, as they changed when a run was repeated; popagent runs list names their ids"
    : runs.length === 0
    ? "it holds none that is finished"
    : near.length > 0
    ? `did you mean ${near.join(" or ")}?`
    : `popagent runs list names its ${runs.length}`;
  throw new UserError(`Cannot find the run ${shown} in ${printable(folder)}: ${hint}`);
}

function named(runs: readonly RunEntry[], name: string): RunEntry[] {
  const whole = runs.filter(({ id }) => id === name);
  if (whole.length > 0) return whole;
  return name === "" ? [] : runs.filter(({ id }) => isCalled(id, name));
}

/** True if a name is a beginning of an id, or of the hash at its end. */
function isCalled(id: string, name: string): boolean {
  return id.startsWith(name) || id.slice(id.lastIndexOf("-") + 1).startsWith(name);
}

/** The ids of which a name is, but for a few letters, the whole or the beginning; the nearest alone. */
function nearestIds(name: string, ids: readonly string[]): string[] {
  const beginnings = new Map(
    ids.flatMap((id) =>
      [id.length, name.length - 1, name.length, name.length + 1].map((end) => [id.slice(0, end), id])
    ),
  );
  return [...new Set(nearest(name, [...beginnings.keys()]).map((beginning) => beginnings.get(beginning)!))];
}
