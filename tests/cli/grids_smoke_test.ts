/** Every grid of configs/experiments is run once, made tiny: all its arms, and what runs beside them, on its first market. */
import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse, stringify } from "yaml";
import { inFolder, tree } from "./cli.ts";
import { warmPopagent } from "./warm.ts";

const popagent = warmPopagent();
const CONFIGS = fileURLToPath(new URL("../../configs/experiments", import.meta.url));

type Settings = Record<string, unknown>;
interface GridFile {
  question: string;
  settings: Settings;
  markets: Record<string, { settings: Settings; marketSeeds?: string; seeds?: string }>;
  [more: string]: unknown;
}

/** Whatever a file says of these, one way of writing or the other, it says of a market of two years or of five agents. */
const SIZES = /^(market\.rows|clock(\.reportFrom)?|population\.(size|committeeShare|transferEvery))$/;

/** Settings without what is said of size. */
function unsized(settings: Settings = {}, above = ""): Settings {
  return Object.fromEntries(
    Object.entries(settings).filter(([key]) => !SIZES.test(above + key)).map(([key, value]) => [
      key,
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? unsized(value as Settings, `${above}${key}.`)
        : value,
    ]),
  );
}

/**
 * A grid of the same arms on one market, two iterations long. Sweeps are those of secondary.yaml, whose arms
 * `deno task arms-smoke` runs; what is claimed is read with the file itself and needs more markets. Real bars become synthetic ones.
 */
function tiny(file: GridFile): GridFile {
  const { sweep: _s, evidence: _e, seeds: _, ...kept } = file;
  const history = /reportFrom/.test(stringify(file.settings));
  const size = {
    market: { rows: 1000 },
    clock: history ? { firstDecision: 419, reportFrom: 900 } : { firstDecision: 419 },
    population: { size: 3, committeeShare: 0.34, transferEvery: 1 },
    ...(history ? {} : { iterations: 2 }),
  };
  const synthetic = { data: { source: "synthetic" } };
  return {
    ...kept,
    settings: merged(merged(unsized(without(file.settings, "data")), synthetic), size),
    markets: Object.fromEntries(
      Object.entries(file.markets).slice(0, 1).map(([name, { settings }]) => [
        name,
        { settings: merged(unsized(without(settings ?? {}, "data")), {}), marketSeeds: "3" },
      ]),
    ),
    ...(file.arms === undefined ? {} : {
      arms: Object.fromEntries(
        Object.entries(file.arms as Settings).map(([name, own]) => [name, asTiny(unsized(own as Settings))]),
      ),
    }),
    seeds: "market",
  };
}

const without = (settings: Settings, group: string): Settings =>
  Object.fromEntries(
    Object.entries(settings).filter(([key]) => key !== group && !key.startsWith(`${group}.`)),
  );

/** Both, groups put together. */
function merged(a: Settings, b: Settings): Settings {
  const both = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const there = both[key];
    both[key] = typeof there === "object" && there !== null && !Array.isArray(there)
      ? merged(there as Settings, value as Settings)
      : value;
  }
  return both;
}

/** A role of five declared agents keeps the last three, among which are those that the arm is about; news that were fetched become synthetic ones. */
function asTiny(settings: Settings): Settings {
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [
      key,
      key.startsWith("population.agents.")
        ? (value as unknown[]).slice(-3)
        : key === "news" && (value as Settings).source === "file"
        ? { source: "synthetic" }
        : value,
    ]),
  );
}

// those of validation/ are run by `validate`, whose tests are beside it
const files = (await tree(CONFIGS)).filter((path) => path.endsWith(".yaml") && !path.includes("/"));

for (const file of files) {
  Deno.test(`configs/experiments/${file} has a smoke run: each of its arms runs, and what runs beside them`, () =>
    inFolder(async (folder) => {
      const grid = tiny(parse(await Deno.readTextFile(join(CONFIGS, file))) as GridFile),
        name = basename(file);
      await Deno.writeTextFile(join(folder, name), stringify(grid));
      await Deno.mkdir(join(folder, "configs"));
      await Deno.copyFile(join(CONFIGS, "../models.yaml"), join(folder, "configs", "models.yaml"));
      const { code, stdout, stderr } = await popagent(folder, "experiment", "run", name, "--workers", "1");
      assert.equal(code, 0, stdout + stderr);
      assert.match(stdout, /: [1-9]\d* cells? done now, 0 before, 0 failed\./);
      const arms = new Set(["full", ...Object.keys(grid.arms ?? {})]),
        beside = (grid.beside ?? []) as string[];
      const told = await popagent(folder, "experiment", "status", name, "--json");
      const [{ counts, places }] = JSON.parse(told.stdout);
      // random switching runs within a population, and so has no cell of its own
      assert.equal(places, arms.size + beside.filter((name) => name !== "randomSwitching").length);
      assert.deepEqual([counts.waiting, counts.running, counts.failed], [0, 0, 0]);
    }));
}
