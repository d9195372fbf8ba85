/** Writing files so that a reader, or a run killed at any moment, never meets half of one. */
import { randomUUID } from "node:crypto";
import { basename, dirname, join } from "node:path";

/**
 * Writes a whole file, or leaves the old one as it was: the content goes to a temporary file in the same
 * folder, is forced to disk and takes the path's place in one rename. The folder is made if it is missing.
 *
 * @throws {Error} If the path cannot be written; the path is named and no temporary file stays behind.
 */
export async function writeFileAtomic(path: string, content: string | Uint8Array): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    await Deno.mkdir(folder, { recursive: true });
    await writeToDisk(temporary, bytesOf(content), { write: true, createNew: true });
    await Deno.rename(temporary, path);
  } catch (cause) {
    await Deno.remove(temporary).catch(() => {}); // it may never have been made
    throw new Error(`Cannot write a file as its path must be writable: current value is ${path}`, { cause });
  }
  await syncFolder(folder);
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

/** Forces the rename itself to disk. Not every system opens a folder as a file; there the rename stands as it is. */
async function syncFolder(folder: string): Promise<void> {
  try {
    using handle = await Deno.open(folder, { read: true });
    await handle.sync();
  } catch (error) {
    if (Deno.build.os !== "windows") throw error;
  }
}
