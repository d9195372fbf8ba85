/** Edited modules brought into a running process, as far as that is possible. */
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { sha256 } from "../../core/hash.ts";
import { UserError } from "../../core/user_error.ts";
import { isLoadedExtension, loadExtensions } from "../extensions/load_extensions.ts";
import { sourceClosure } from "../files/source_closure.ts";

const seen = new Map<string, string>(); // hash of each module's file when it was first looked at, by URL

/**
 * Imports a module as it is now, though an earlier state of it may have been imported before. Values that were taken
 * from it before stay as they were: assign what this returns. An extension takes its own place again.
 *
 * @param path From the working folder, which is the notebook's in a notebook.
 * @throws {UserError} If there is no such file, or a module that it imports was edited: a process keeps those, so the kernel must be restarted.
 */
export async function reload<Module = Readonly<Record<string, unknown>>>(path: string): Promise<Module> {
  const url = pathToFileURL(resolve(path));
  if (!await isFile(url)) {
    throw new UserError(
      `Cannot reload ${path} as there must be such a file: looked at ${fileURLToPath(url)}`,
    );
  }
  const edited: string[] = [];
  for (const file of await sourceClosure(url)) {
    const hash = sha256(await Deno.readFile(file));
    const before = seen.get(file.href);
    const changed = before === undefined ? await isNewerThanProcess(file) : before !== hash;
    if (changed && file.href !== url.href) edited.push(fileURLToPath(file));
    else seen.set(file.href, hash);
  }
  if (edited.length > 0) {
    throw new UserError(
      `Cannot reload ${path} as a process keeps what a module imports, and these were edited: ${
        edited.join(", ")
      }. ` + "Restart the kernel.",
    );
  }
  if (isLoadedExtension(url)) await loadExtensions([fileURLToPath(url)]);
  return await import(`${url.href}?content=${seen.get(url.href)!}`) as Module;
}

async function isFile(url: URL): Promise<boolean> {
  return await Deno.stat(url).then(({ isFile }) => isFile, () => false);
}

/** True for a file that was written after this process began: what was imported of it may be older. */
async function isNewerThanProcess(file: URL): Promise<boolean> {
  const { mtime } = await Deno.stat(file);
  return mtime !== null && mtime.getTime() > performance.timeOrigin;
}
