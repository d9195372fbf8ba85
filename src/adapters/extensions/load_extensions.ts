/**
 * Brings modules of one's own into this process. They are code that the user names; nothing here reads a stored run
 * (stored_extensions.ts says what a run may ask for).
 * In a configuration that has been loaded an extension stands as `my_agents.ts#<hash>`: its name, and what it is.
 */
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { printable } from "../../core/printable.ts";
import { UserError } from "../../core/user_error.ts";
import { type DeclaredThing, declaredThings, declareExtension } from "./extension.ts";
import { type ExtensionFile, readExtensionFile } from "./extension_file.ts";
import { guardDeclared } from "./guard_declared.ts";
import { readExports } from "./read_exports.ts";

/** An extension that this process has loaded. */
export interface LoadedExtension {
  /** "my_agents.ts#<hash>". */
  readonly stamp: string;
  /** Its path, for a worker to load. */
  readonly path: string;
  /** What it declared: "analyst mine", "method analyst.features slope". */
  readonly declared: readonly string[];
}

type Things = ReadonlyMap<string, DeclaredThing>;

const loaded = new Map<string, LoadedExtension & { readonly things: Things }>(); // by URL
const declaredBy = new Map<string, Things>(); // by address: a process runs a module once, and keeps it
const imported = new Map<string, string>(); // hash of each imported module's file, by URL

/**
 * Loads modules in their order. One that has changed since it was loaded takes its own place: what it declared before
 * is taken back, unless it fails: then that stands as it was.
 *
 * @param paths Paths, absolute or from the working folder; `#<hash>` after one says what it must be.
 * @returns In the same order.
 * @throws {UserError} If a module may not be read, is another than its hash says, fails, or declares a taken name.
 */
export async function loadExtensions(paths: readonly string[]): Promise<LoadedExtension[]> {
  const all: LoadedExtension[] = [];
  for (const written of paths) {
    const { path, hash } = splitStamp(written);
    const file = await readExtensionFile(path);
    if (hash !== null && hash !== file.hash) {
      throw new UserError(
        `Cannot load the extension ${printable(path)} as its content must have the hash ${
          hash.slice(0, 12)
        }: it has ` +
          `${file.hash.slice(0, 12)}. It was edited since; leave #${
            hash.slice(0, 6)
          }... out to take it as it is.`,
      );
    }
    all.push(await loadOne(path, file));
  }
  return all;
}

/** The loaded extensions that a configuration names by their stamps. @throws {UserError} If one has not been loaded. */
export function extensionsNamed(stamps: readonly string[]): LoadedExtension[] {
  return stamps.map((stamp) => {
    const found = [...loaded.values()].find((one) => one.stamp === stamp);
    if (found) return { stamp, path: found.path, declared: found.declared };
    throw new UserError(
      `Cannot run as the extension ${printable(stamp)} must be loaded first: name its file in extensions`,
    );
  });
}

/** The path of a loaded extension by its stamp; null if none has it. */
export function loadedPath(stamp: string): string | null {
  return [...loaded.values()].find((one) => one.stamp === stamp)?.path ?? null;
}

/** True for a module that this process has loaded as an extension. */
export function isLoadedExtension({ href }: URL): boolean {
  return loaded.has(href);
}

/** A path and, where one stands behind it, the hash that its content must have. */
function splitStamp(written: string): { readonly path: string; readonly hash: string | null } {
  const stamped = /^(.*)#([0-9a-f]{64})$/s.exec(written);
  return stamped ? { path: stamped[1]!, hash: stamped[2]! } : { path: written, hash: null };
}

async function loadOne(path: string, file: ExtensionFile): Promise<LoadedExtension> {
  const { href } = file.url;
  const stamp = `${basename(file.url.pathname)}#${file.hash}`;
  const before = loaded.get(href);
  if (before?.stamp === stamp) return before;
  const moved = [...loaded.values()].find((one) => one.stamp === stamp); // the same content at another place
  if (moved) return moved;
  requireFresh(path, file);
  for (const { takeBack } of before?.things.values() ?? []) takeBack();
  const known = declaredThings();
  const fresh = () => new Map([...declaredThings()].filter(([name]) => !known.has(name)));
  const address = `${href}?content=${file.hash}`; // a new one for new content
  try {
    const module = await import(address);
    const before = declaredBy.get(address);
    const exported = readExports(path, module, (before?.size ?? 0) + fresh().size > 0);
    if (exported) declareExtension(exported.extension);
    const now = fresh(); // less where the module declared by itself, long ago
    for (const [name, { again }] of before ?? []) if (!now.has(name)) again();
    guardDeclared(path, exported, new Set(fresh().keys()));
  } catch (error) {
    for (const { takeBack } of fresh().values()) takeBack();
    for (const { again } of before?.things.values() ?? []) again(); // what stood before stands
    if (error instanceof UserError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `Cannot load the extension ${printable(path)} as it must run without an error: ${why}`,
      {
        cause: error,
      },
    );
  }
  for (const [url, hash] of file.parts) imported.set(url, hash);
  const things = fresh();
  const one = { stamp, path: fileURLToPath(file.url), declared: [...things.keys()] };
  declaredBy.set(address, things);
  loaded.set(href, { ...one, things });
  return one;
}

/** A module that another imports is kept by its address: an edited one would stay as it was, under a new hash. */
function requireFresh(path: string, { url, parts }: ExtensionFile): void {
  for (const [part, hash] of parts) {
    if (part === url.href || (imported.get(part) ?? hash) === hash) continue;
    throw new UserError(
      `Cannot load the extension ${printable(path)} again as ${
        basename(part)
      }, which it imports, was edited since: a ` +
        "process keeps what it has imported. Restart the kernel, or put it into the extension's own file.",
    );
  }
}
