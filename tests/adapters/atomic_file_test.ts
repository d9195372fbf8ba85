import assert from "node:assert/strict";
import { join } from "node:path";
import { completeLines, writeFileAtomic } from "popagent/adapters/files/atomic_file.ts";

async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("writeFileAtomic() writes text and bytes, makes folders and replaces what was there", () =>
  inFolder(async (folder) => {
    const path = join(folder, "a", "b", "result.json");
    await writeFileAtomic(path, "first, and longer");
    await writeFileAtomic(path, "é\n");
    assert.equal(await Deno.readTextFile(path), "é\n");
    await writeFileAtomic(path, Uint8Array.of(0, 255, 7));
    assert.deepEqual([...await Deno.readFile(path)], [0, 255, 7]);
    assert.deepEqual([...Deno.readDirSync(join(folder, "a", "b"))].map((entry) => entry.name), [
      "result.json",
    ]);
  }));

Deno.test("writeFileAtomic() that fails names the path and leaves the old file and nothing else", () =>
  inFolder(async (folder) => {
    const path = join(folder, "taken");
    await writeFileAtomic(join(path, "inside"), "old"); // a folder stands where the file should go
    await assert.rejects(
      writeFileAtomic(path, "new"),
      (error: Error) => error.message.includes(path) && error.cause !== undefined,
    );
    assert.equal(await Deno.readTextFile(join(path, "inside")), "old");
    assert.deepEqual([...Deno.readDirSync(folder)].map((entry) => entry.name), ["taken"]);
  }));

Deno.test("writeFileAtomic() called many times at once leaves one whole content", () =>
  inFolder(async (folder) => {
    const path = join(folder, "raced.txt");
    const contents = Array.from({ length: 20 }, (_, i) => String(i).repeat(5000));
    await Promise.all(contents.map((content) => writeFileAtomic(path, content)));
    assert.ok(contents.includes(await Deno.readTextFile(path)));
    assert.equal([...Deno.readDirSync(folder)].length, 1);
  }));

Deno.test("completeLines() drops a last line that a crash cut short", () => {
  assert.deepEqual(completeLines("a\nb\n"), ["a", "b"]);
  assert.deepEqual(completeLines("a\nb"), ["a"]);
  assert.deepEqual(completeLines(""), []);
});
