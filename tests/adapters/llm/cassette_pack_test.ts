import assert from "node:assert/strict";
import { join } from "node:path";
import { cassettesIn, readCassette } from "../../../src/adapters/llm/cassettes.ts";
import { packIn, writePack } from "../../../src/adapters/llm/cassette_pack.ts";
import { inFolder } from "../../cli/cli.ts";
import { RECORDED } from "../../fixtures/llm/decisions.ts";

async function recorded(): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for await (const { name } of Deno.readDir(RECORDED)) {
    for await (const file of Deno.readDir(join(RECORDED, name))) {
      texts.set(file.name.replace(".json", ""), await Deno.readTextFile(join(RECORDED, name, file.name)));
    }
  }
  return texts;
}

Deno.test("a pack gives back every cassette as its file does, and takes a fifth of the room", async () => {
  const texts = await recorded();
  await inFolder(async (folder) => {
    const path = await writePack(folder, texts), isKept = await cassettesIn(folder);
    for (const hash of texts.keys()) {
      assert.ok(isKept(hash));
      assert.deepEqual(await readCassette(folder, hash), await readCassette(RECORDED, hash));
    }
    assert.equal(isKept("0".repeat(64)), false);
    const room = [...texts.values()].reduce((sum, text) => sum + text.length, 0);
    assert.ok(Deno.statSync(path).size < room / 5);
    const first = Deno.readFileSync(path);
    await writePack(folder, new Map([...texts].reverse()));
    assert.deepEqual(Deno.readFileSync(path), first); // the order of the input does not matter
  });
});

Deno.test("a pack that was cut or changed is refused, not passed over", async () => {
  const texts = await recorded(), [hash, text] = [...texts][0]!;
  await inFolder(async (folder) => {
    const path = await writePack(folder, texts);
    Deno.writeFileSync(path, Deno.readFileSync(path).subarray(0, 400));
    await assert.rejects(packIn(`${folder}/.`), /must be a pack of cassettes/);
  });
  await inFolder(async (folder) => {
    await writePack(folder, new Map([[hash, text.replace('"sample":0', '"sample":7')]]));
    await assert.rejects(readCassette(folder, hash), /it was changed/);
  });
});
