/** The source as git names it. */
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { join } from "node:path";

interface Entry {
  readonly name: string;
  readonly mode: "100644" | "100755" | "120000" | "40000";
  /** SHA-1, hex. */
  readonly id: string;
}

/**
 * The id that git gives the content of a folder (a tree object). A commit holds a folder as it is here if
 * `git rev-parse <commit>:<folder>` says the same.
 *
 * @returns SHA-1, hex.
 */
export async function treeId(folder: string): Promise<string> {
  const entries: Entry[] = [];
  for await (const { name, isDirectory, isSymlink } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (isDirectory) {
      entries.push({ name, mode: "40000", id: await treeId(path) });
    } else if (isSymlink) {
      const target = new TextEncoder().encode(await Deno.readLink(path));
      entries.push({ name, mode: "120000", id: objectId("blob", target) });
    } else {
      const executable = ((await Deno.stat(path)).mode ?? 0) & 0o100;
      const id = objectId("blob", await Deno.readFile(path));
      entries.push({ name, mode: executable ? "100755" : "100644", id });
    }
  }
  const sortName = ({ name, mode }: Entry) => mode === "40000" ? `${name}/` : name; // git's order
  entries.sort((a, b) => Buffer.compare(bytes(sortName(a)), bytes(sortName(b))));
  const lines = entries.map(({ name, mode, id }) => [bytes(`${mode} ${name}\0`), Buffer.from(id, "hex")]);
  return objectId("tree", Buffer.concat(lines.flat()));
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function objectId(kind: "blob" | "tree", content: Uint8Array): string {
  return createHash("sha1").update(`${kind} ${content.length}\0`).update(content).digest("hex");
}
