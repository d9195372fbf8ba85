/**
 * Packs the cassettes of a folder into cassettes.jsonl.gz and removes the files, so that they can be committed:
 *   deno run --allow-read=. --allow-write=results tools/pack_cassettes.ts results/llm/planted/cassettes
 */
import { packFolder } from "popagent/adapters/llm/cassette_pack.ts";

const [folder] = Deno.args;
if (folder === undefined) {
  console.error("Cannot pack cassettes as a folder must be named, such as results/llm/planted/cassettes");
  Deno.exit(1);
}
const { path, cassettes } = await packFolder(folder);
console.log(`${path}: ${cassettes} cassettes, ${(await Deno.stat(path)).size} bytes`);
