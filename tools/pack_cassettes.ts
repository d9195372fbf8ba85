/**
 * Packs the cassettes of a folder into cassettes.jsonl.gz and removes the files, so that they can be committed:
 *   deno run --allow-read=. --allow-write=results tools/pack_cassettes.ts results/llm/planted/cassettes
 */
import { join } from "node:path";
import { packIn, writePack } from "popagent/adapters/llm/cassette_pack.ts";

const [folder] = Deno.args;
if (folder === undefined) {
  console.error("Cannot pack cassettes as a folder must be named, such as results/llm/planted/cassettes");
  Deno.exit(1);
}
const texts = new Map(await packIn(folder)), folders: string[] = [];
for await (const { name, isDirectory } of Deno.readDir(folder)) {
  if (!isDirectory || !/^[0-9a-f]{2}$/.test(name)) continue;
  folders.push(join(folder, name));
  for await (const file of Deno.readDir(join(folder, name))) {
    texts.set(file.name.replace(/\.json$/, ""), await Deno.readTextFile(join(folder, name, file.name)));
  }
}
const path = await writePack(folder, texts);
for (const one of folders) await Deno.remove(one, { recursive: true });
console.log(`${path}: ${texts.size} cassettes, ${(await Deno.stat(path)).size} bytes`);
