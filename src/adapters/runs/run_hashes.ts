/**
 * files.sha256 beside a run's files: what each deterministic one was when it was written, in the form that
 * `sha256sum --check` reads. Equal runs have an equal one, so it is deterministic itself.
 */
import { join } from "node:path";
import { sha256 } from "../../core/hash.ts";
import { UserError } from "../../core/user_error.ts";
import { requiredText } from "../files/json_file.ts";

/** Name of the file. Runs of before it was written have none, and nothing of them can be checked. */
export const HASH_FILE = "files.sha256";

/** Hashes by file name as the file's text, names ascending. */
export function hashText(hashes: Readonly<Record<string, string>>): string {
  return Object.keys(hashes).sort().map((name) => `${hashes[name]}  ${name}\n`).join("");
}

/**
 * Makes sure that files of a run are what was written. Files that are not there are another's to miss.
 *
 * @param names Files that must have a hash where there are any.
 * @param others Whether all others that have one are looked at too.
 * @returns False if the run has no hashes.
 * @throws {UserError} If a file was changed, or the hashes were; the file is named, and what to do.
 */
export async function requireAsWritten(
  directory: string,
  names: readonly string[],
  others: boolean,
): Promise<boolean> {
  const hashes = await hashesOf(directory);
  if (hashes === null) return false;
  for (const name of new Set([...names, ...(others ? hashes.keys() : [])])) {
    const path = join(directory, name), expected = hashes.get(name);
    if (expected === undefined) throw changed(path, `${HASH_FILE} has no hash of it`);
    const content = await contentOf(path);
    if (content === null) continue;
    const found = sha256(content);
    if (found === expected) continue;
    throw changed(
      path,
      `its SHA-256 is ${found.slice(0, 12)}, and ${expected.slice(0, 12)} was written in ${HASH_FILE}`,
    );
  }
  return true;
}

async function hashesOf(directory: string): Promise<ReadonlyMap<string, string> | null> {
  const path = join(directory, HASH_FILE);
  if (await contentOf(path) === null) return null;
  const lines = (await requiredText(path)).split("\n").filter((line) => line !== "");
  return new Map(lines.map((line) => {
    const [, hash, name] = /^([0-9a-f]{64}) {2}([\w.-]+)$/.exec(line) ?? [];
    if (hash === undefined || name === undefined) {
      throw changed(path, "a line of it is no hash and file name");
    }
    return [name, hash];
  }));
}

async function contentOf(path: string): Promise<Uint8Array | null> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

function changed(path: string, how: string): UserError {
  return new UserError(
    `Cannot trust ${path} as it must be what the run wrote: it was changed since (${how}). Bring it back from a copy, ` +
      "or start the run's command again: it gives the same bytes.",
  );
}
