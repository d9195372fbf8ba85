import assert from "node:assert/strict";
import house, { resolveInSrc } from "../../tools/house.ts";

/** "rule: message" of every fault that the plugin finds in a source at a path. */
function faults(path: string, source: string): string[] {
  return Deno.lint.runPlugin(house, path, source).map(({ id, message }) => `${id}: ${message}`);
}
const clean = (path: string, source: string) => assert.deepEqual(faults(path, source), []);
function caught(path: string, source: string, expected: RegExp): void {
  const found = faults(path, source);
  assert.equal(found.length, 1, `${path} ${source}: ${found.join("; ")}`);
  assert.match(found[0]!, expected);
}

Deno.test("house/floors lets a folder import from below, from itself and from packages", () => {
  clean("src/population/step.ts", 'import { rng } from "../core/rng.ts";');
  clean(
    "src/agents/trader/trade.ts",
    'import { Plan } from "../../simulation/plan.ts"; import "./style.ts";',
  );
  clean("src/core/a.ts", 'import "./b.ts"; import { z } from "zod";');
  clean("src/mod.ts", 'export * from "./cli/main.ts"; export { sharpe } from "./stats/sharpe.ts";');
  clean("tests/core/rng_test.ts", 'import { main } from "../../src/cli/main.ts";');
  clean("/usr/src/popagent/src/market/panel.ts", 'import "../core/time.ts";');
});

Deno.test("house/floors catches an import upward, sideways, by name, re-exported, typed or lazy", () => {
  const upward =
    /^house\/floors: Cannot import src\/agents \(floor 4\) from src\/core \(floor 0\) as a folder imports only from floors below it$/;
  caught("src/core/a.ts", 'import { genome } from "../agents/genome.ts";', upward);
  caught("src/core/a.ts", 'import type { Genome } from "../agents/genome.ts";', upward);
  caught("src/core/a.ts", 'export { genome } from "../agents/genome.ts";', upward);
  caught("src/core/a.ts", 'export * from "popagent/agents/genome.ts";', upward);
  caught("src/core/a.ts", 'export const load = () => import("../agents/genome.ts");', upward);
  caught("/home/src/src/core/deep/a.ts", 'import "../../agents/genome.ts";', upward);
  caught(
    "src/stats/a.ts",
    'import "../market/panel.ts";',
    /src\/market \(floor 1\) from src\/stats \(floor 1\)/,
  );
  caught("src/stats/a.ts", 'import "../odds/ends.ts";', /Cannot place src\/odds as it has no floor/);
});

Deno.test("house/purity catches the clock, randomness, console, network, timers and files", () => {
  for (
    const [source, what] of [
      ["export const a = Deno.env;", "Deno"],
      ["console.log(1);", "console"],
      ["export const now = () => Date.now();", "Date\\.now"],
      ["export function f(clock = Date.now) { return clock(); }", "Date\\.now"],
      ["export const now = new Date();", "new Date\\(\\)"],
      ["export const t = performance.now();", "performance"],
      ["export const r = Math.random();", "Math\\.random"],
      ["await fetch('x');", "fetch"],
      ["export const get = fetch;", "fetch"],
      ["export const api = { fetch };", "fetch"],
      ["setTimeout(() => {}, 1);", "setTimeout"],
      ["globalThis.fetch('x');", "globalThis"],
      ["export const id = crypto.randomUUID();", "crypto"],
    ] as const
  ) {
    caught(
      "src/population/a.ts",
      source,
      new RegExp(`^house/purity: Cannot use ${what} in src/population/a.ts`),
    );
    clean("src/adapters/a.ts", source);
    clean("src/cli/a.ts", source);
    clean("tests/population/a_test.ts", source);
  }
  for (const name of ["node:fs", "node:net", "node:child_process", "node:fs/promises"]) {
    caught("src/core/a.ts", `import x from "${name}"; x();`, /^house\/purity: Cannot import node:/);
    caught("src/core/a.ts", `export const x = import("${name}");`, /^house\/purity: Cannot import node:/);
  }
  caught("src/core/a.ts", 'import { randomBytes } from "node:crypto"; randomBytes(1);', /node:crypto/);
});

Deno.test("house/purity lets pass what only looks alike", () => {
  clean("src/core/a.ts", 'import { createHash } from "node:crypto"; createHash("sha256");');
  clean("src/core/a.ts", "export const text = (time: number) => new Date(time).toISOString();");
  clean("src/core/a.ts", "export const day = Date.UTC(2021, 10, 5); export const m = Math.max(1, 2);");
  clean(
    "src/news/a.ts",
    "export async function search(fetch: (url: string) => Promise<string>) { return await fetch('x'); }",
  );
  clean("src/news/a.ts", "export const search = ({ fetch }: Ports) => fetch('x');");
  clean(
    "src/news/a.ts",
    "export interface Ports { fetch(url: string): string; console: Sink; } type F = typeof fetch;",
  );
  clean("src/news/a.ts", "export const run = (ports: Ports) => ports.fetch('x') + ports.console;");
});

Deno.test("house/purity keeps polars to the frame module and the adapters", () => {
  const source = 'import pl from "nodejs-polars"; pl.DataFrame();';
  clean("src/features/frame.ts", source);
  clean("src/adapters/parquet.ts", source);
  caught("src/features/table.ts", source, /Cannot import nodejs-polars in src\/features\/table.ts/);
  caught("src/experiments/run.ts", 'import type { DataFrame } from "nodejs-polars";', /nodejs-polars/);
});

const src = new URL("../../src/", import.meta.url);

/** Every specifier that a module's text imports or re-exports. */
function specifiersOf(text: string): string[] {
  return [...text.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)["']([^"']+)["']/g)].map((match) => match[1]!);
}

/** Modules below src and packages that the given modules reach, through any number of imports. */
function reachedFrom(files: readonly string[], read: (file: string) => string): Set<string> {
  const reached = new Set<string>(), waiting = [...files];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    for (const specifier of specifiersOf(read(file))) {
      const module = resolveInSrc(file, specifier);
      const name = module ?? specifier.replace(/^npm:/, "");
      if (reached.has(name)) continue;
      reached.add(name);
      if (module !== undefined) waiting.push(module);
    }
  }
  return reached;
}
const touchesPolars = (reached: Set<string>) =>
  [...reached].filter((name) => name.startsWith("nodejs-polars") || name === "features/frame.ts");

Deno.test("the import graph follows re-exports, types and lazy imports", () => {
  const files: Record<string, string> = {
    "population/step.ts": 'import {\n  a,\n} from "./a.ts"; import "../stats/b.ts";',
    "population/a.ts": 'export * from "../features/c.ts";',
    "stats/b.ts": 'export const late = () => import("popagent/core/d.ts");',
    "features/c.ts": 'import type { F } from "./frame.ts";',
    "features/frame.ts": 'import pl from "npm:nodejs-polars@0.25.2";',
    "core/d.ts": "",
  };
  const reached = reachedFrom(["population/step.ts"], (file) => files[file]!);
  assert.ok(reached.has("core/d.ts"));
  assert.deepEqual(touchesPolars(reached), ["features/frame.ts", "nodejs-polars@0.25.2"]);
});

/** TypeScript modules in a folder below src, as paths below src. */
function modulesIn(folder: string): string[] {
  return [...Deno.readDirSync(new URL(`${folder}/`, src))].flatMap((entry) =>
    entry.isDirectory
      ? modulesIn(`${folder}/${entry.name}`)
      : entry.name.endsWith(".ts")
      ? [`${folder}/${entry.name}`]
      : []
  );
}

Deno.test("the learning loop does not reach polars, whose memory the engine cannot see", () => {
  const loop = [...modulesIn("population"), ...modulesIn("experiments")];
  const reached = reachedFrom(loop, (file) => Deno.readTextFileSync(new URL(file, src)));
  assert.deepEqual(touchesPolars(reached), []);
});
