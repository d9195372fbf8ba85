import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { sha256 } from "../core/hash.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** What a report of a fault needs: versions of PopAgent and Deno, the commit, the hash of the locked packages. */
export async function versionText(): Promise<string> {
  const { version } = JSON.parse(await Deno.readTextFile(join(ROOT, "deno.json"))) as { version: string };
  const { deno, v8, typescript } = Deno.version;
  return [
    `popagent ${version}`,
    `deno ${deno} (v8 ${v8}, typescript ${typescript})`,
    `commit ${await commitOf(ROOT) ?? "none: this is no git checkout"}`,
    `deno.lock sha256 ${sha256(await Deno.readFile(join(ROOT, "deno.lock")))}`,
  ].join("\n");
}

/** The commit checked out in a folder, from git's own files: git is not run. Null where there is no checkout. */
async function commitOf(folder: string): Promise<string | null> {
  const pointer = /^gitdir: (.+)/.exec(await textOf(join(folder, ".git")) ?? "")?.[1]; // of a worktree
  const own = pointer === undefined ? join(folder, ".git") : resolve(folder, pointer);
  const head = (await textOf(join(own, "HEAD")))?.trim() ?? null;
  const name = /^ref: (refs\/\S+)$/.exec(head ?? "")?.[1];
  if (name === undefined || name.includes("..")) return head;
  const common = resolve(own, (await textOf(join(own, "commondir")))?.trim() ?? ".");
  const loose = await textOf(join(common, name));
  const packed = (await textOf(join(common, "packed-refs")) ?? "").split("\n").find((line) =>
    line.endsWith(` ${name}`)
  );
  return loose?.trim() ?? packed?.split(" ")[0] ?? null;
}

/** The text of a file; null if it cannot be read as one. */
async function textOf(path: string): Promise<string | null> {
  try {
    return await Deno.readTextFile(path);
  } catch {
    return null; // missing, a folder, or not permitted: the commit is then not known, which is said
  }
}
