import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { sourceClosure } from "popagent/adapters/files/source_closure.ts";
import { COMMAND_NAMES } from "popagent/cli/commands.ts";
import { tree } from "../cli/cli.ts";

const SRC = new URL("../../src/", import.meta.url);
/** Where everything that runs begins. Workers, keepers and commands are started by their path, not imported. */
const ENTRIES = [
  ...COMMAND_NAMES.map((name) => `cli/commands/${name}.ts`),
  "mod.ts",
  "cli/main.ts",
  "cli/notebooks.ts",
  "cli/lab.ts",
  "cli/notify_hosts.ts",
  "adapters/notebook/kernel_keeper.ts",
  "adapters/workers/job_worker.ts",
  "adapters/workers/cell_worker.ts",
  "adapters/queue/queue.ts",
];

/** Files of the table "Rooms that wait for their tenants". */
async function waiting(): Promise<string[]> {
  const text = await Deno.readTextFile(new URL("../../docs/ARCHITECTURE.md", import.meta.url));
  const [, section = ""] = text.split("## Rooms that wait for their tenants");
  const rows = section.split("\n## ")[0]!.split("\n").filter((line) => line.startsWith("| `"));
  return rows.flatMap((row) => [...row.split("|")[1]!.matchAll(/`([^`]+)`/g)].map(([, file]) => file!))
    .sort();
}

Deno.test("every source file is called by something, or docs/ARCHITECTURE.md names who will call it", async () => {
  const closures = await Promise.all(ENTRIES.map((entry) => sourceClosure(new URL(entry, SRC))));
  const reached = new Set(closures.flat().map(({ href }) => href.slice(SRC.href.length)));
  const files = (await tree(fileURLToPath(SRC))).filter((path) => /(?<!\.d)\.ts$/.test(path));
  assert.deepEqual(files.filter((file) => !reached.has(file)).sort(), await waiting());
});
