/** The commit of a checkout, read from git's own files: running git would start whatever its configuration names. */
import { join, resolve } from "node:path";

const HASH = /^[0-9a-f]{40}([0-9a-f]{24})?$/;
/** A reference may name another; more than these are a circle. */
const MOST_LINKS = 5;

/**
 * The commit that is checked out in a folder, in a worktree of its own or not.
 *
 * @returns Its hash; null where there is no checkout, or where its files may not be read or are of another kind.
 */
export async function checkedOutCommit(folder: string): Promise<string | null> {
  const own = await gitFolder(folder);
  if (own === null) return null;
  const common = resolve(own, (await lineOf(join(own, "commondir"))) ?? ".");
  let reference = await lineOf(join(own, "HEAD"));
  for (let i = 0; i < MOST_LINKS && reference !== null; i++) {
    if (HASH.test(reference)) return reference;
    const name = /^ref: (refs\/\S+)$/.exec(reference)?.[1];
    if (name === undefined || name.split("/").includes("..")) return null;
    reference = await lineOf(join(own, name)) ?? await lineOf(join(common, name)) ??
      await packedReference(common, name);
  }
  return null;
}

/** Where git keeps a checkout: .git, or the folder that a file of that name points to. */
async function gitFolder(folder: string): Promise<string | null> {
  const path = join(folder, ".git");
  const pointer = await lineOf(path);
  if (pointer === null) return path; // a folder, or nothing: HEAD is then missing too
  const target = /^gitdir: (.+)$/.exec(pointer)?.[1];
  return target === undefined ? null : resolve(folder, target);
}

async function packedReference(common: string, name: string): Promise<string | null> {
  const lines = (await textOf(join(common, "packed-refs")) ?? "").split("\n");
  return lines.map((line) => line.split(" ")).find(([, one]) => one === name)?.[0] ?? null;
}

async function lineOf(path: string): Promise<string | null> {
  const text = await textOf(path);
  return text === null ? null : text.split("\n")[0]!.trim();
}

/** The text of a file; null if there is none to be read. */
async function textOf(path: string): Promise<string | null> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    for (
      const kind of ["NotFound", "IsADirectory", "NotADirectory", "NotCapable", "PermissionDenied"] as const
    ) {
      if (error instanceof Deno.errors[kind]) return null;
    }
    throw error;
  }
}
