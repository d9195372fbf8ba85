/** What it takes to go on with an unfinished run, and what is said where it cannot be. */
import { join } from "node:path";
import { UserError } from "../../core/user_error.ts";
import { RUN_FILES } from "./run_files.ts";
import {
  CONFIG_FILE,
  exists,
  isFinished,
  isTaken,
  kindOf,
  type RunPlaces,
  SOURCE_FILE,
  UNFINISHED,
} from "./run_places.ts";

/**
 * Half a run by one source and half by another has bytes that nothing gives again.
 *
 * @param now Hash of the source as it is.
 * @throws {UserError} If the source has changed since the run began.
 */
export async function requireSameSource({ id, staging, home }: RunPlaces, now: string): Promise<void> {
  const began = (await Deno.readTextFile(join(staging, SOURCE_FILE))).trim();
  if (began === now) return;
  const other = isFinished(home) ? ` A finished result of this run is in ${home}.` : "";
  throw new UserError(
    `Cannot resume ${id} as the source must be the one that began it: it was ${began.slice(0, 12)} and is ` +
      `${now.slice(0, 12)}. Start the run again without --resume.${other}`,
  );
}

/** @throws {UserError} If an unfinished run's stored configuration is another one's: its folder was mixed up. */
export async function requireSameConfig({ id, staging }: RunPlaces, configText: string): Promise<void> {
  const path = join(staging, CONFIG_FILE);
  if (await Deno.readTextFile(path) === configText) return;
  throw new UserError(
    `Cannot resume ${id} as ${path} must be as the run left it: it is another configuration, or was cut. ` +
      "Bring it back from a copy, or start the run again without --resume.",
  );
}

/** Says which unfinished runs of its command there are in a folder of runs, and in which setting each differs. */
export async function nothingToResume({ id, root, home }: RunPlaces, wanted: unknown): Promise<UserError> {
  const folder = join(root, UNFINISHED);
  const command = id.slice(0, id.indexOf("-") + 1);
  const unfinished: string[] = [];
  if (exists(folder)) {
    for await (const entry of Deno.readDir(folder)) {
      if (!entry.isDirectory || kindOf(entry.name) !== "unfinished" || !entry.name.startsWith(command)) {
        continue;
      }
      unfinished.push(`  ${entry.name}: ${await difference(join(folder, entry.name), wanted)}`);
    }
  }
  const list = unfinished.length > 0
    ? `Unfinished runs, and where they differ:\n${unfinished.sort().join("\n")}`
    : "There is no unfinished run.";
  const part = isTaken(home) && !isFinished(home)
    ? ` ${home} holds no ${RUN_FILES.result}: it was copied or restored in part.`
    : "";
  return new UserError(
    `Cannot resume ${id} as a run goes on only with the same configuration and rows as it began.${part} ${list}`,
  );
}

async function difference(folder: string, wanted: unknown): Promise<string> {
  let found: unknown;
  try {
    found = JSON.parse(await Deno.readTextFile(join(folder, CONFIG_FILE)));
  } catch {
    return `its ${CONFIG_FILE} cannot be read: it was copied or restored in part`;
  }
  return firstDifference(wanted, found) ?? "other rows";
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
