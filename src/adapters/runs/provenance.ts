import { join } from "node:path";
import { sha256 } from "../../core/hash.ts";
import type { RunFacts } from "../../experiments/ports/run_store.ts";
import type { Provenance } from "../../experiments/provenance.ts";
import { extensionPlaces } from "../extensions/stored_extensions.ts";
import { PROJECT as ROOT } from "../files/project.ts";
import { checkedOutCommit } from "./git_commit.ts";
import { treeId } from "./source_tree.ts";

/** Collects where a result comes from. Not part of "same bytes": it holds times and versions. */
export async function collectProvenance(
  { trial, startedAt, finishedAt }: RunFacts,
  resumed: boolean,
  sequence: number,
  extensions: readonly string[],
): Promise<Provenance> {
  return {
    startedAt: new Date(startedAt).toISOString(),
    wallSeconds: (finishedAt - startedAt) / 1000,
    sequence,
    trial,
    resumed,
    extensions: [...extensions],
    extensionPlaces: extensionPlaces(extensions),
    git: await gitState(),
    sourceHash: await sourceHash(),
    lockHash: sha256(await Deno.readFile(join(ROOT, "deno.lock"))),
    versions: { ...Deno.version, popagent: await projectVersion() },
  };
}

async function projectVersion(): Promise<string> {
  const { version } = JSON.parse(await Deno.readTextFile(join(ROOT, "deno.json"))) as { version: string };
  return version;
}

async function gitState(): Promise<Provenance["git"]> {
  const commit = await checkedOutCommit(ROOT);
  return commit === null ? null : { commit, sourceTree: await sourceTree() };
}

/** SHA-256 over all source files, by path and content, as they were when this process first asked: it runs no later ones. */
export const sourceHash = once(hashOfSource);
const sourceTree = once(() => treeId(join(ROOT, "src")));

function once<Value>(work: () => Promise<Value>): () => Promise<Value> {
  let kept: Promise<Value> | null = null;
  return () => kept ??= work();
}

async function hashOfSource(): Promise<string> {
  const files: string[] = [];
  async function walk(folder: string): Promise<void> {
    for await (const entry of Deno.readDir(join(ROOT, folder))) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory) await walk(path);
      else if (path.endsWith(".ts")) files.push(path);
    }
  }
  await walk("src");
  files.sort();
  const hashes = await Promise.all(
    files.map(async (file) => `${file} ${sha256(await Deno.readFile(join(ROOT, file)))}`),
  );
  return sha256(hashes.join("\n"));
}
