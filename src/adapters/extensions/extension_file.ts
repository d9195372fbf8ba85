/** A file of one's own as it is on disk: where it may be, and the hash of what it is made of. */
import { isAbsolute, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { sha256 } from "../../core/hash.ts";
import { UserError } from "../../core/user_error.ts";
import { PROJECT } from "../files/project.ts";
import { sourceClosure } from "../files/source_closure.ts";
import { reasonOf } from "../files/system_error.ts";

/** A module of one's own. */
export interface ExtensionFile {
  readonly url: URL;
  /** SHA-256 over the module and the relative modules that it imports, the house's own source left out; hex. */
  readonly hash: string;
  /** SHA-256 of each of those files, by URL. */
  readonly parts: ReadonlyMap<string, string>;
}

/**
 * Looks at the module at a path.
 *
 * @throws {UserError} If it is no readable module, or it, or one that it imports, lies outside the project's folder.
 */
export async function readExtensionFile(path: string): Promise<ExtensionFile> {
  const entry = await insideProject(resolve(path), path);
  if (!/\.(ts|mts|js|mjs)$/.test(entry)) {
    throw new UserError(`Cannot load the extension ${path} as it must be a module, a file *.ts or *.js`);
  }
  const url = pathToFileURL(entry);
  const house = pathToFileURL(join(PROJECT, "src/")).href;
  try {
    const files = await sourceClosure(url, ({ href }) => !href.startsWith(house));
    const parts = new Map<string, string>();
    for (const file of files) {
      const real = await insideProject(fileURLToPath(file), path);
      parts.set(pathToFileURL(real).href, sha256(await Deno.readFile(real)));
    }
    const folder = new URL(".", url);
    const named = [...parts].map(([href, hash]) =>
      href === url.href ? hash : `${relativeTo(folder, href)} ${hash}` // its own name does not matter
    );
    return { url, hash: sha256(named.sort().join("\n")), parts };
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw unreadable(path, error);
  }
}

const relativeTo = (folder: URL, href: string) => relative(fileURLToPath(folder), fileURLToPath(href));

/** The real path of a file, links followed, which must lie in the project's folder. */
async function insideProject(file: string, path: string): Promise<string> {
  let real: string, project: string;
  try {
    project = await Deno.realPath(PROJECT);
    real = await Deno.realPath(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable || error instanceof Deno.errors.PermissionDenied) {
      throw outside(path, file);
    }
    throw unreadable(path, error);
  }
  const way = relative(project, real);
  if (way.startsWith("..") || isAbsolute(way)) throw outside(path, real);
  return real;
}

function outside(path: string, file: string): UserError {
  return new UserError(
    `Cannot load the extension ${path} as it, and what it imports, must lie in the project's folder, which is all ` +
      `that a run may read: current value is ${file}. Copy it there.`,
  );
}

function unreadable(path: string, error: unknown): UserError {
  const reason = error instanceof Deno.errors.NotFound
    ? "there must be such a file, and each that it imports"
    : reasonOf(error);
  return new UserError(`Cannot load the extension ${path} as ${reason}`, { cause: error });
}
