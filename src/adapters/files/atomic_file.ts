/** Writing files so that a reader, or a run killed at any moment, never meets half of one. */
import { randomUUID } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { UserError } from "../../core/user_error.ts";
import { atPath, reasonOf } from "./system_error.ts";

/**
 * Writes a whole file, or leaves the old one as it was: the content goes to a temporary file in the same
 * folder, is forced to disk and takes the path's place in one rename. The folder is made if it is missing.
 *
 * @throws {UserError} If the path cannot be written; the path is named and no temporary file stays behind.
 */
export async function writeFileAtomic(path: string, content: string | Uint8Array): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    await Deno.mkdir(folder, { recursive: true });
    await writeToDisk(temporary, bytesOf(content), { write: true, createNew: true });
    await Deno.rename(temporary, path);
    await syncFolder(folder);
  } catch (cause) {
    await Deno.remove(temporary).catch(() => {}); // it may never have been made
    throw new UserError(
      `Cannot write a file as its path must be writable: current value is ${path} (${reasonOf(cause)})`,
      { cause },
    );
  }
}

/** The same at once, for small files that are replaced often: the folder must be there, and its entry is not forced to disk. */
export function replaceFile(path: string, content: string): void {
  const temporary = `${path}.tmp`;
  try {
    writeToDiskSync(temporary, content, { write: true, create: true, truncate: true });
    Deno.renameSync(temporary, path);
  } catch (error) {
    throw atPath("write", path, error);
  }
}

/** Adds to the end of a file and forces it to disk. */
export function appendToDisk(path: string, content: string): void {
  try {
    writeToDiskSync(path, content, { append: true, create: true });
  } catch (error) {
    throw atPath("write", path, error);
  }
}

/** The complete lines of a text: what follows the last newline was cut by a crash and is left out. */
export function completeLines(text: string): readonly string[] {
  return text.split("\n").slice(0, -1);
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? new TextEncoder().encode(content) : content;
}

async function writeToDisk(path: string, bytes: Uint8Array, options: Deno.OpenOptions): Promise<void> {
  using file = await Deno.open(path, options);
  for (let written = 0; written < bytes.length;) written += await file.write(bytes.subarray(written));
  await file.sync();
}

function writeToDiskSync(path: string, content: string, options: Deno.OpenOptions): void {
  using file = Deno.openSync(path, options);
  const bytes = bytesOf(content);
  for (let written = 0; written < bytes.length;) written += file.writeSync(bytes.subarray(written));
  file.syncDataSync();
}

/** Forces renames in a folder to disk. Not every system opens a folder as a file; there the rename stands as it is. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    using handle = await Deno.open(folder, { read: true });
    await handle.sync();
  } catch (error) {
    if (Deno.build.os !== "windows") throw error;
  }
}
