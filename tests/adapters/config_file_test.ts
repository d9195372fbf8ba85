import assert from "node:assert/strict";
import { join } from "node:path";
import { parseAssignment, readYaml, resolveConfig, setPath } from "popagent/adapters/config/config_file.ts";
import { UserError } from "popagent/core/user_error.ts";
import { settingsSchema } from "popagent/experiments/config.ts";

/** Writes a YAML file and reads it back. */
async function fromYaml(text: string): Promise<{ [key: string]: unknown }> {
  const folder = await Deno.makeTempDir();
  try {
    const path = join(folder, "run.yaml");
    await Deno.writeTextFile(path, text);
    return await readYaml(path);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The lines of the error that a configuration causes. */
function complaint(tree: { [key: string]: unknown }): string[] {
  try {
    resolveConfig(settingsSchema, tree, "run.yaml");
  } catch (error) {
    assert.ok(error instanceof UserError);
    return error.message.split("\n");
  }
  return [];
}

Deno.test("a file is read as a tree and its settings stand over the defaults", async () => {
  const tree = await fromYaml(
    "population:\n  transferTau: 0\n  transfer: none\niterations: null\n# a comment\n",
  );
  assert.deepEqual(tree, { population: { transferTau: 0, transfer: "none" }, iterations: null });
  const config = resolveConfig(settingsSchema, tree, "run.yaml");
  assert.equal(config.population.transferTau, 0);
  assert.equal(config.population.transferEvery, 10);
});

Deno.test("an empty file is all defaults; a file that is no tree is refused", async () => {
  assert.deepEqual(await fromYaml(""), {});
  assert.deepEqual(await fromYaml("# nothing\n"), {});
  await assert.rejects(fromYaml("- 1\n- 2\n"), /must hold keys and values: current value is \[1,2\]/);
  await assert.rejects(fromYaml("5\n"), /must hold keys and values: current value is 5/);
});

Deno.test("a key given twice, or broken YAML, is named with its file and line", async () => {
  await assert.rejects(
    fromYaml("seed: 1\npopulation:\n  size: 5\n  size: 3\n"),
    (error) => error instanceof UserError && /run\.yaml, line 4, .*unique/.test(error.message),
  );
  await assert.rejects(fromYaml("seed: 1\npopulation: [1, 2\nsize: 3\n"), /run\.yaml, line [23],.*YAML/);
});

Deno.test("a file that is not there is named", async () => {
  await assert.rejects(
    readYaml("no/such/file.yaml"),
    (error) => error instanceof UserError && /no\/such\/file\.yaml must exist/.test(error.message),
  );
});

Deno.test("every broken rule is one line: path, rule and value", () => {
  const lines = complaint({
    popluation: {},
    population: { transferTua: .2, transferTau: 1.5, size: 4, transferEvery: "often" },
    clock: { stepRows: 0 },
    coins: ["BTC", "pepe?"],
  });
  assert.match(lines[0]!, /^Cannot run as the configuration \(run\.yaml\) breaks a rule:$/);
  const about = (path: string) => lines.filter((line) => line.startsWith(`  ${path}: `));
  assert.deepEqual(about("popluation"), ["  popluation: no such setting"]);
  assert.deepEqual(about("population.transferTua"), ["  population.transferTua: no such setting"]);
  assert.match(about("population.transferTau")[0]!, /<=1.*: current value is 1\.5$/);
  assert.match(about("population.size")[0]!, /: current value is 4$/);
  assert.match(about("population.transferEvery")[0]!, /expected number.*: current value is "often"$/);
  assert.match(about("clock.stepRows")[0]!, />=1.*: current value is 0$/);
  assert.match(about("coins.1")[0]!, /symbol, such as BTC: current value is "pepe\?"$/);
  assert.equal(lines.length, 8);
});

Deno.test("a rule across settings is named like any other", () => {
  assert.deepEqual(complaint({ clock: { warmUpRows: 100 } }).slice(1), [
    "  clock.warmUpRows: must be at least 360, the longest warm-up a variant declares: current value is 100",
  ]);
});

Deno.test("parseAssignment() reads values in YAML's notation", () => {
  for (
    const [text, value] of [
      ["a.b=0.2", .2],
      ["a.b=none", "none"],
      ["a.b=null", null],
      ["a.b=false", false],
      ["a.b=[BTC, ETH]", ["BTC", "ETH"]],
      ["a.b=x=y", "x=y"],
      ['a.b="5"', "5"],
    ] as const
  ) assert.deepEqual(parseAssignment(text), { path: "a.b", value });
  assert.throws(() => parseAssignment("a.b"), /must be written key=value: current value is a\.b/);
  assert.throws(() => parseAssignment("=3"), /must be written key=value/);
  assert.throws(
    () => parseAssignment("a=[1"),
    /Cannot set a as its value must be YAML: current value is \[1/,
  );
});

Deno.test("setPath() makes the branches on its way and never overwrites a value by a branch", () => {
  const tree = { population: { size: 5 } };
  setPath(tree, "population.transferTau", 0);
  setPath(tree, "clock.stepRows", 6);
  setPath(tree, "seed", 3);
  assert.deepEqual(tree, { population: { size: 5, transferTau: 0 }, clock: { stepRows: 6 }, seed: 3 });
  assert.throws(
    () => setPath({ seed: 3 }, "seed.more", 1),
    /Cannot set seed\.more as seed must be a group of settings: current value is 3/,
  );
});

Deno.test("a tree cannot reach the prototype of all objects", () => {
  const tree: { [key: string]: unknown } = {};
  try {
    setPath(tree, "__proto__.polluted", true);
  } catch (error) {
    assert.ok(error instanceof UserError);
  }
  assert.equal(({} as { polluted?: boolean }).polluted, undefined);
});
