import assert from "node:assert/strict";
import { join } from "node:path";
import { PROJECT } from "../../../src/adapters/files/project.ts";
import { COMMITTED_BENCHMARK, readBenchmarkFolder } from "../../../src/adapters/llm/benchmark_files.ts";
import { servedModel } from "../../../src/adapters/llm/models_file.ts";
import { openLanguageModel } from "../../../src/adapters/llm/open_language_model.ts";
import { askBenchmark } from "../../../src/experiments/decisions/ask_benchmark.ts";
import { compareModels } from "../../../src/experiments/decisions/compare_models.ts";
import { decisionReliabilityFigure } from "../../../src/figures/decision_reliability_figure.ts";
import { decisionTables } from "../../../src/figures/decision_tables.ts";
import { markdownTable } from "../../../src/report/text/markdown_table.ts";

const { benchmark, models } = await readBenchmarkFolder(COMMITTED_BENCHMARK);
const real = models.filter(({ model }) => !model.simulated);
/** As they were recorded. */
const MAX_TOKENS = 240;

for (const stored of real) {
  Deno.test({
    name:
      `issue 14: the benchmark's answers of ${stored.model.name} replay from their cassettes, without network`,
    permissions: { read: true, env: ["LOG_STREAM", "LOG_TOKENS"] }, // the YAML reader looks for two
    fn: async () => {
      using model = await openLanguageModel({ folder: join(COMMITTED_BENCHMARK, "cassettes") });
      const count = (probe: string) => stored.records.filter((one) => one.probe === probe).length;
      const asked = { points: count("plain"), probed: count("paraphrase"), maxTokens: MAX_TOKENS };
      const served = servedModel(model.models, stored.model.name);
      const { kept } = await askBenchmark(benchmark, served, model, asked);
      const replayed = JSON.parse(JSON.stringify(kept)); // -0 is 0
      assert.deepEqual(replayed, stored);
      assert.match(stored.model.fingerprint!, /^gguf-sha256-[0-9a-f]{16}$/); // the model's file
    },
  });
}

Deno.test("issue 14: every table of the benchmark has a stratum in each row, and says which models are simulated", () => {
  const two = [...real.slice(0, 1), ...models.filter(({ model }) => model.simulated).slice(0, 1)];
  const simulated = two.filter(({ model }) => model.simulated).map(({ model }) => model.name);
  const tables = decisionTables(compareModels(benchmark, two));
  assert.deepEqual(tables.map(({ name }) => name), [
    "decision_quality",
    "decision_controls",
    "decision_form",
    "decision_consistency",
    "decision_memory",
    "decision_cost",
    "decision_pairs",
    "decision_directions",
    "decision_answers",
  ]);
  for (const { name, columns, rows, caption } of tables) {
    assert.match(caption, /SYNTHETIC/);
    const texts = rows.flatMap(({ cells }) => cells.slice(0, 2)), isPairs = columns[1]!.label === "Second";
    if (!isPairs) assert.ok(rows.every(({ cells }) => cells[1] === "synthetic"), name);
    for (const text of texts) {
      if (simulated.some((one) => text.startsWith(one))) assert.match(text, / SIMULATED$/, name);
    }
  }
});

Deno.test("docs/DECISION_BENCHMARK.md holds the table of real models as it stands: llm compare --no-simulated --markdown", async () => {
  const table = decisionTables(compareModels(benchmark, real)).find(({ name }) =>
    name === "decision_answers"
  );
  const docs = await Deno.readTextFile(join(PROJECT, "docs", "DECISION_BENCHMARK.md"));
  const tableLines = (text: string) => text.split("\n").filter((line) => line.startsWith("|"));
  const cells = (line: string) =>
    line.split("|").map((cell) => cell.trim().replace(/^:?-+:?$/, "-")).join("|");
  const held = tableLines(docs).map(cells);
  for (const line of tableLines(markdownTable(table!)).map(cells)) assert.ok(held.includes(line), line);
  for (const { model, records } of real) {
    const asked = records.filter(({ probe }) => probe === "plain").length;
    const row = held.find((line) => line.includes(`**${model.name}**`))!;
    assert.equal(row.split("|")[3], `**${asked}**`, model.name);
  }
});

Deno.test("a model that was asked next to nothing is on no frontier, and displaces nobody from one", () => {
  const named = (name: string) => real.find(({ model }) => model.name === name)!;
  const two = [named("smollm2-135m-bounded"), named("gemma3-270m-bounded")];
  const few = { ...two[0]!, records: two[0]!.records.slice(0, 9) };
  const { deciders } = compareModels(benchmark, [few, two[1]!]);
  const on = (name: string) => {
    const { cheapest, fastest } = deciders.find((one) => one.name === name)!;
    return [cheapest, fastest];
  };
  assert.deepEqual(on("smollm2-135m-bounded"), [false, false]);
  assert.deepEqual(on("gemma3-270m-bounded"), [true, true], "alone on it");
});

Deno.test("a row is set off by the test that stands in it: Brier differences set off no row of directions", () => {
  const two = models.filter(({ model }) => ["scripted-honest", "scripted-biased"].includes(model.name));
  const tables = decisionTables(compareModels(benchmark, two));
  const strong = (name: string) =>
    tables.find((table) => table.name === name)!.rows.filter((row) => row.strong).length;
  assert.ok(strong("decision_pairs") > 0);
  assert.equal(strong("decision_directions"), 0);
});

Deno.test("strata of one model are not laid over one another, and no p is written 0.000", () => {
  const two = models.filter(({ model }) =>
    ["scripted-honest", "scripted-overconfident"].includes(model.name)
  );
  const comparison = compareModels(benchmark, two);
  const split = comparison.deciders.map((decider) => ({
    ...decider,
    strata: (["pre", "post"] as const).map((stratum) => ({ ...decider.strata[0]!, stratum })),
  }));
  const one = decisionReliabilityFigure(comparison);
  const titles = decisionReliabilityFigure({ ...comparison, deciders: split }).panels.map(({ title }) =>
    title
  );
  assert.equal(titles.length, 2 * one.panels.length);
  assert.equal(new Set(titles).size, titles.length);
  assert.ok(titles.includes("honest SIMULATED, pre") && titles.includes("honest SIMULATED, post"));
  const sure = split.map((decider) => ({
    ...decider,
    strata: decider.strata.map((one) => ({
      ...one,
      quality: { ...one.quality, calibration: { ...one.quality.calibration!, ece: 0.2, p: 0.0004 } },
    })),
  }));
  const quality = decisionTables({ ...comparison, deciders: sure }).find(({ name }) =>
    name === "decision_quality"
  )!;
  assert.match(quality.rows[0]!.cells.join("; "), /; 0\.200 \(<0\.001\);/);
  const pairs = decisionTables(comparison).find(({ name }) => name === "decision_pairs")!;
  const columns = pairs.columns.flatMap(({ label }, i) => label.startsWith("p") ? [i] : []);
  assert.equal(columns.length, 3);
  for (const { cells } of pairs.rows) for (const i of columns) assert.notEqual(cells[i], "0.000");
});
