/**
 * Opens every notebook in a real JupyterLab in a real browser, runs it, and looks whether every cell ran, every figure
 * shows in light and dark, tables stand straight and progress lines move; what was seen goes to
 * tests/results/lab.json, pictures to the folder that is named.
 *
 *   deno task lab-check --jupyter venv/bin/jupyter --pictures pictures
 */
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import puppeteer from "puppeteer-core";
import {
  displayCounts,
  readNotebook,
  sourceHash,
  textHash,
} from "popagent/adapters/notebook/notebook_file.ts";
import { startLab } from "./lab/lab_server.ts";
import { type SeenNotebook, seeNotebook } from "./lab/lab_notebook.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const NOTEBOOKS = join(ROOT, "notebooks");
const RESULTS = join(ROOT, "tests", "results", "lab.json");

const { values: flags } = parseArgs({
  options: {
    jupyter: { type: "string", default: "jupyter" },
    browser: { type: "string", default: "/usr/bin/chromium" },
    pictures: { type: "string" },
    only: { type: "string", default: "" },
  },
});

/** Copies beside `notebooks`, so that relative imports hold and what a browser saves touches nothing. */
async function copies(folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(NOTEBOOKS)) {
    const from = join(NOTEBOOKS, name);
    if (name.endsWith(".ts")) await Deno.copyFile(from, join(folder, name));
    if (!name.endsWith(".ipynb") || !name.startsWith(flags.only)) continue;
    const notebook = JSON.parse(await Deno.readTextFile(from));
    for (const cell of notebook.cells) {
      if (cell.cell_type === "code") cell.outputs = [], cell.execution_count = null;
    }
    await Deno.writeTextFile(join(folder, name), JSON.stringify(notebook));
    names.push(name);
  }
  return names.sort();
}

/** Removes a folder in which something that is ending may still write. */
async function removeInTheEnd(folder: string): Promise<void> {
  for (let tries = 1; tries <= 50; tries++) {
    try {
      return await Deno.remove(folder, { recursive: true });
    } catch (error) {
      if (tries === 50) throw error;
      await new Promise((go) => setTimeout(go, 100));
    }
  }
}

/** What is stored of a notebook: its code and text by hash, what its outputs display, and what was seen when it ran. */
async function entryOf(name: string, seen: SeenNotebook) {
  const text = await Deno.readTextFile(join(NOTEBOOKS, name));
  const { cells, figures, tables, progress, faults } = seen;
  const moves = !/runPopulation/.test(readNotebook(text).cells.map(({ source }) => source).join()) ||
    progress >= 2;
  const all = moves ? faults : [...faults, "its progress line did not move"];
  const state = all.length === 0 ? "ok" : all.join("; ");
  const stored = { code: sourceHash(text), text: textHash(text), display: displayCounts(text) };
  return { ...stored, cells, figures, tables, state };
}

const home = await Deno.makeTempDir();
const folder = await Deno.makeTempDir({ dir: ROOT, prefix: ".lab-" });
const pictures = flags.pictures ?? home;
await Deno.mkdir(pictures, { recursive: true });
const results: Record<string, Awaited<ReturnType<typeof entryOf>>> = {};
try {
  const names = await copies(folder);
  const lab = await startLab(flags.jupyter, folder, home);
  const browser = await puppeteer.launch({
    executablePath: flags.browser,
    args: ["--no-sandbox", "--disable-gpu"],
    userDataDir: join(home, "profile"),
    protocolTimeout: 400_000,
  });
  try {
    const page = await browser.newPage();
    await page.setViewport({ width: 1300, height: 900 });
    await page.goto(lab.url, { waitUntil: "load" });
    await page.waitForFunction(() => (globalThis as { jupyterapp?: unknown }).jupyterapp !== undefined, {
      timeout: 60_000,
    });
    await page.evaluate(() =>
      (globalThis as unknown as { jupyterapp: { restored: Promise<void> } }).jupyterapp.restored.then(() =>
        true
      )
    );
    for (const name of names) {
      const seen = await seeNotebook(page, name, join(pictures, basename(name, ".ipynb")));
      results[name] = await entryOf(name, seen);
      console.log(name, JSON.stringify(results[name]), `${seen.progress} states of progress`);
    }
  } finally {
    await browser.close();
    await lab.stop();
  }
} finally {
  await removeInTheEnd(folder);
  await removeInTheEnd(home);
}
// notebooks that were not run keep what was seen of them; a change of theirs since is found by its hash
const kept = flags.only === "" ? {} : JSON.parse(await Deno.readTextFile(RESULTS));
await Deno.writeTextFile(RESULTS, `${JSON.stringify({ ...kept, ...results }, null, 2)}\n`);
Deno.exit(Object.values(results).every(({ state }) => state === "ok") ? 0 : 1);
