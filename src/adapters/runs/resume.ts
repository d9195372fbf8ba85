/** What it takes to go on with an unfinished run, and what is said where it cannot be. */
import { join } from "node:path";
import { UserError } from "../../core/user_error.ts";
import { isFolder } from "../files/folder.ts";
import { sourceHash } from "./provenance.ts";

/** Of an unfinished run: its checkpoints, its configuration, and the hash of the source that began it. */
export const CHECKPOINT_FOLDER = "checkpoints";
export const CONFIG_FILE = "config.json";
export const SOURCE_FILE = "source.sha256";

/**
 * Half a run by one source and half by another has bytes that nothing gives again.
 *
 * @throws {UserError} If the source has changed since the run began.
 */
export async function requireSameSource(id: string, folder: string): Promise<void> {
  let began: string;
  try {
    began = (await Deno.readTextFile(join(folder, SOURCE_FILE))).trim();
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

/** Says which unfinished runs there are in a folder of runs, and in which setting the first one differs. */
export async function nothingToResume(root: string, id: string, wanted: unknown): Promise<UserError> {
  const unfinished: string[] = [];
  if (await isFolder(root)) {
    for await (const entry of Deno.readDir(root)) {
      const other = join(root, entry.name);
      if (await isFolder(join(other, CHECKPOINT_FOLDER))) {
        const config = JSON.parse(await Deno.readTextFile(join(other, CONFIG_FILE))) as unknown;
        unfinished.push(`  ${entry.name}: ${firstDifference(wanted, config) ?? "other rows"}`);
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
