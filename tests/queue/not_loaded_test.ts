import assert from "node:assert/strict";
import { COMMAND_NAMES } from "popagent/cli/commands.ts";

const SRC = new URL("../../src/", import.meta.url);
/** Imports by which code is loaded: not those of types. */
const LOADING = /^(?:import|export) (?!type )[^;]*?from "([^"]+)"|(?<!typeof )\bimport\("([^"]+)"\)/gm;

Deno.test("nothing of the queue is loaded unless one is named: no module imports it, nor its packages", async () => {
  const found = new Set<string>(), packages = new Set<string>();
  const visit = async (url: URL): Promise<void> => {
    if (found.has(url.href)) return;
    found.add(url.href);
    const text = await Deno.readTextFile(url);
    for (const [, from, dynamic] of text.matchAll(LOADING)) {
      const specifier = (from ?? dynamic)!;
      if (specifier.startsWith(".")) await visit(new URL(specifier, url));
      else packages.add(specifier);
    }
  };
  const entries = ["mod.ts", "cli/main.ts", ...COMMAND_NAMES.map((name) => `cli/commands/${name}.ts`)];
  for (const entry of entries) await visit(new URL(entry, SRC));
  assert.ok(found.size > 300 && packages.has("zod"), "what is loaded was found");
  assert.deepEqual([...found].filter((href) => href.includes("/adapters/queue/")), []);
  const queues = /^(bullmq|ioredis|@bull-board\/.*|aws4fetch)$/;
  assert.deepEqual([...packages].filter((name) => queues.test(name)), []);
  await visit(new URL("adapters/queue/queue.ts", SRC));
  assert.ok(packages.has("bullmq"), "and would be found where it is");
});
