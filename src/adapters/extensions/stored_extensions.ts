/** The modules of one's own that a stored run was made with, brought into this process to look into the run again. */
import { basename, dirname, isAbsolute, relative, resolve } from "node:path";
import { printable } from "../../core/printable.ts";
import { UserError } from "../../core/user_error.ts";
import { PROJECT } from "../files/project.ts";
import { readExtensionFile } from "./extension_file.ts";
import { loadedPath, loadExtensions } from "./load_extensions.ts";

/** What is read of a stored run. */
export interface ExtendedRun {
  /** Its folder. */
  readonly directory: string;
  /** Its configuration names extensions by their stamps. */
  readonly result: { readonly config: Readonly<Record<string, unknown>> };
  /** Says where each lay, from the project's folder. */
  readonly provenance: Readonly<Record<string, unknown>>;
}

/** Where loaded extensions lie, from the project's folder, for a run's provenance; null where that is not known. */
export function extensionPlaces(stamps: readonly string[]): (string | null)[] {
  return stamps.map((stamp) => {
    const path = loadedPath(stamp);
    return path === null ? null : relative(Deno.realPathSync(PROJECT), path);
  });
}

/**
 * Loads the extensions that a stored run names, as they were: each must have the content that the run was made with. A
 * module is taken from where the run found it, never from the run's own folder or one above it that holds runs alone: a
 * run that came from elsewhere brings no code along.
 *
 * @param paths Where they lie now, if they were moved; from the working folder.
 * @throws {UserError} If one is not to be found, or was edited since.
 */
export async function loadRunExtensions(run: ExtendedRun, paths: readonly string[] = []): Promise<void> {
  const stamps = textsOf(run.result.config.extensions), places = placesOf(run.provenance.extensionPlaces);
  const given = await Promise.all(paths.map(async (path) => ({ path, file: await readExtensionFile(path) })));
  const found: string[] = [];
  for (const [i, stamp] of stamps.entries()) {
    if (loadedPath(stamp) !== null) continue;
    const cut = stamp.lastIndexOf("#"), name = printable(stamp.slice(0, cut)), hash = stamp.slice(cut + 1);
    const named = given.find(({ file }) => file.hash === hash) ??
      given.find(({ path }) => basename(path) === name);
    const path = named?.path ?? storedPlace(run, places[i] ?? null, name);
    const { hash: now } = named?.file ?? await readExtensionFile(path);
    if (now !== hash) throw edited(name, path, hash, now);
    found.push(`${path}#${hash}`);
  }
  await loadExtensions(found);
}

/** Where the run found a module. */
function storedPlace({ directory }: ExtendedRun, place: string | null, name: string): string {
  const ask =
    `Say where it lies: --extensions <path to ${name}> (in a notebook: explain(run, { extensions: [path], ... })).`;
  if (place === null) {
    throw new UserError(
      `Cannot look into this run as its extension ${name} must be loaded, and the run does not say where it lay. ${ask}`,
    );
  }
  const path = resolve(PROJECT, place);
  const way = relative(dirname(resolve(directory)), path);
  if (!way.startsWith("..") && !isAbsolute(way)) {
    throw new UserError(
      `Cannot look into this run as its extension ${name} must not lie among the runs: a stored run brings no code ` +
        `along by itself. Look at ${printable(place)}, and if you trust it: --extensions ${printable(place)}`,
    );
  }
  try {
    Deno.statSync(path);
  } catch {
    throw new UserError(
      `Cannot look into this run as its extension ${name} must be where it was, at ${
        printable(place)
      }: no such file can be read. ${ask}`,
    );
  }
  return path;
}

function edited(name: string, path: string, was: string, now: string): UserError {
  return new UserError(
    `Cannot look into this run as its extension ${name} must have the content that the run was made with (hash ${
      was.slice(0, 12)
    }): ${printable(path)} has ${
      now.slice(0, 12)
    }. It, or what it imports, was edited since. Put the old content ` +
      "back, or say where it lies now: --extensions <path>.",
  );
}

const textsOf = (value: unknown): string[] => Array.isArray(value) ? value.map(String) : [];
const placesOf = (value: unknown): (string | null)[] =>
  Array.isArray(value) ? value.map((one) => typeof one === "string" ? one : null) : [];
