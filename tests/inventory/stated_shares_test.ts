/** Shares that somebody states (of methods among which an agent chooses, of readings, of prompts) sum to 1, or are refused. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { join } from "node:path";
import { loadExtensions } from "popagent/adapters/extensions/load_extensions.ts";
import { agent, declareVariant, VARIANTS } from "popagent/mod.ts";
import { variantNamed, withdrawVariant } from "popagent/agents/catalogue.ts";
import { geneSet, startValues } from "popagent/agents/variant.ts";
import { weight } from "popagent/genome/gene.ts";
import { shareFaults } from "popagent/genome/genome.ts";
import { ROLES } from "popagent/genome/role.ts";
import { DECLARED_SELECTION } from "popagent/inventory/selection/settings.ts";
import { selectMethods } from "popagent/inventory/selection/select.ts";
import { inProject } from "../desk/in_project.ts";

const HEAD = `import { POOLS, selectingForecaster, VARIANTS } from "popagent/mod.ts";
const researcher = VARIANTS.researcher.find(({ name }) => name === "bayesian");
const { bayesian, expandingMean } = POOLS["researcher.forecasting"];
const chooser = selectingForecaster({ bayesian, expandingMean });
`;
const chooses = (start: string, method = "chooser") =>
  `${HEAD}export default {
  methods: { "researcher.forecasting": { chooser: ${method} } },
  variants: [{ ...researcher, name: "chooser", start: { ...researcher.start, ${start} },
    identity: { ...researcher.identity, forecasting: "chooser" } }],
};`;

Deno.test("choice genes of an extension that sum to 0 or to 1.8 are refused with rule, value and what to do", async () => {
  await inProject(async (folder) => {
    const refuses = async (name: string, source: string, says: RegExp) => {
      const path = join(folder, `${name}.ts`);
      await Deno.writeTextFile(path, source);
      await assert.rejects(() => loadExtensions([path]), { name: "UserError", message: says });
      assert.ok(!VARIANTS.researcher.some((variant) => variant.name === "chooser"), "nothing stays declared");
    };
    await refuses(
      "none",
      chooses("bayesianChoice: 0, expandingMeanChoice: 0"),
      /variant chooser \(researcher\), start: the shares of researcher\.forecasting must sum to 1: they sum to 0 \(bayesianChoice 0, expandingMeanChoice 0\)\. Write each over their sum/,
    );
    await refuses(
      "much",
      chooses("bayesianChoice: 0.9, expandingMeanChoice: 0.9"),
      /they sum to 1\.8 \(bayesianChoice 0\.9, expandingMeanChoice 0\.9\)/,
    );
    await refuses(
      "method",
      chooses("", "{ ...chooser, start: { ...chooser.start, bayesianChoice: 1 } }"),
      /default\.methods\["researcher\.forecasting"\]\.chooser\.start: the shares .*they sum to 1\.5/,
    );
  });
});

Deno.test("a cell that declares or changes an agent is refused alike; shares that were changed together are taken", () => {
  const technical = variantNamed("analyst", "technical");
  const start = { ...technical.start, rsiWeight: 0, macdWeight: 0, bollingerWeight: 0, directionalWeight: 0 };
  try {
    assert.throws(
      () => declareVariant({ ...technical, name: "mute", start }),
      /variant mute \(analyst\), start: the shares of readings must sum to 1: they sum to 0 /,
    );
  } finally {
    withdrawVariant("analyst", "mute");
  }
  assert.throws(
    () => agent("analyst", "technical", { rsiWeight: 1 }),
    /^RangeError: Cannot encode a genome of technical as the shares of readings must sum to 1: .*or all of them where one is changed\.$/,
  );
  const changed = { rsiWeight: 1, macdWeight: 0, bollingerWeight: 0, directionalWeight: 0 };
  assert.equal(agent("analyst", "technical", changed).variant, "technical");
});

Deno.test("every declared agent's shares sum to 1", () => {
  for (const role of ROLES) {
    for (const variant of VARIANTS[role]) {
      assert.deepEqual(
        shareFaults(geneSet(variant as never), startValues(variant as never)),
        [],
        variant.name,
      );
    }
  }
});

Deno.test("shares over their sum are taken, rounded ones too; twice as much and nothing are refused", () => {
  const parts = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 4 });
  fc.assert(fc.property(parts, fc.boolean(), (given, rounded) => {
    const own = given.map((_, i) => weight(`s${i}`, "choice")), sum = given.reduce((a, b) => a + b, 0);
    const written = given.map((part) => rounded ? Number((part / sum).toFixed(3)) : part / sum);
    const values = (factor: number) => Object.fromEntries(written.map((x, i) => [`s${i}`, factor * x]));
    assert.deepEqual(shareFaults({ common: [], own }, values(1)), []);
    assert.equal(shareFaults({ common: [], own }, values(2)).length, 1);
    assert.equal(shareFaults({ common: [], own }, values(0)).length, 1);
  }));
  const own = ["a", "b", "c"].map((name) => weight(name, "choice"));
  assert.deepEqual(shareFaults({ common: [], own }, { a: .33, b: .33, c: .33 }), []);
});

Deno.test("a selection reads preferences over their sum; where a lesson left none, none is preferred", () => {
  const rows = 600,
    input = {
      merits: [0, 1].map((m) => Float64Array.from({ length: rows }, (_, t) => Math.sin(t * t + m))),
      contexts: new Int8Array(rows),
      firstRow: 0,
      seed: "shares",
    };
  const chosen = (preferences: readonly number[]) =>
    selectMethods({ ...input, preferences }, { ...DECLARED_SELECTION, feedback: "chosen" }).chosen;
  assert.deepEqual(chosen([0.5, 0.5]), chosen([1, 1]));
  assert.deepEqual(chosen([0.75, 0.25]), chosen([1.5, 0.5]));
  assert.deepEqual(chosen([0, 0]), chosen([0.5, 0.5]));
  assert.notDeepEqual(chosen([0.5, 0.5]), chosen([0.9, 0.1]));
  for (const preferences of [[0.5, NaN], [1.5, -0.5], [1, undefined!]]) {
    assert.throws(
      () => chosen(preferences),
      /each preference must be a number >= 0: current value is .*Give the gene/,
    );
  }
});
