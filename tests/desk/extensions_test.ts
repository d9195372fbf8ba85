import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { eventsOfType } from "popagent/events/event.ts";
import { loadExtensions } from "popagent/adapters/extensions/load_extensions.ts";
import { VARIANTS } from "popagent/agents/catalogue.ts";
import { populationRunConfig } from "popagent/experiments/config.ts";
import { trialConfigHash } from "popagent/experiments/trials.ts";
import { configure } from "popagent/desk/configuration.ts";
import { runPopulation } from "popagent/desk/run_population.ts";
import { inFolder, popagent } from "../cli/cli.ts";
import { inProject } from "./in_project.ts";

const OWN = fileURLToPath(new URL("own_agents.ts", import.meta.url));
const SIX = ["technical", "statistical", "momentum", "volatility", "faded"];
const SHORT = {
  data: { source: "synthetic" as const },
  market: { rows: 1000 },
  clock: { firstDecision: 419 },
  iterations: 2,
  population: { size: 3 as const, committeeSize: 5, agents: { analyst: ["momentum", "faded", "technical"] } },
  references: false,
};

/** Bytes of a run that are to be the same wherever it is made. */
async function bytesOf(directory: string): Promise<string> {
  const texts = ["result.json", "events.jsonl"].map((name) => Deno.readTextFile(join(directory, name)));
  return (await Promise.all(texts)).join("\n");
}

Deno.test("issue: a sixth analyst from a file of one's own plays, with one and with two workers, to the byte", () =>
  inFolder(async (folder) => {
    const settings = { ...SHORT, extensions: [OWN] };
    const run = (workers: number) =>
      runPopulation(settings, {
        workers,
        out: join(folder, `${workers}`),
        ledger: join(folder, "ledger.sqlite"),
        line: false,
      });
    const one = await run(1), two = await run(2);
    assert.equal(await bytesOf(one.directory), await bytesOf(two.directory));
    const [first] = eventsOfType(one.events, "iteration");
    const players = first!.agents.analyst.map(({ variant }) => variant);
    assert.deepEqual([...players].sort(), ["faded", "momentum", "technical"]);
    const [stamp] = one.result.config.extensions as string[];
    assert.match(stamp!, /^own_agents\.ts#[0-9a-f]{64}$/);
    assert.deepEqual(one.provenance.extensions, [stamp]);
  }));

Deno.test("an extension's content is part of configuration hash and trial, its place is not; edits take its place", () =>
  inProject(async (home) => {
    const source = (await Deno.readTextFile(OWN)).replaceAll("faded", "sunk").replace("ownHold", "sunkHold");
    const hashAt = async (place: string, text: string) => {
      await Deno.mkdir(join(home, place), { recursive: true });
      const path = join(home, place, "mine.ts");
      await Deno.writeTextFile(path, text);
      return trialConfigHash(populationRunConfig(await configure({ extensions: [path] })));
    };
    const first = await hashAt("a", source);
    assert.equal(await hashAt("b", source), first);
    assert.notEqual(first, trialConfigHash(populationRunConfig(await configure({}))));
    assert.notEqual(await hashAt("a", source.replace("sunk RSI", "Sunk RSI").replace("0.6", "0.7")), first);
    const [sunk] = VARIANTS.analyst.filter(({ name }) => name === "sunk");
    assert.equal(sunk!.start.trendSensitivity, 0.7, "the edited one took the place of the one before");
  }));

Deno.test("a module that an extension imports is part of its content, and an edit of it asks for a restart", () =>
  inProject(async (home) => {
    const path = join(home, "outer.ts");
    await Deno.writeTextFile(
      path,
      `import { factor } from './inner.ts';\nexport default { variants: [] };\nfactor;\n`,
    );
    await Deno.writeTextFile(join(home, "inner.ts"), "export const factor = 1;\n");
    const [before] = await loadExtensions([path]);
    await Deno.writeTextFile(join(home, "inner.ts"), "export const factor = 2;\n");
    await assert.rejects(loadExtensions([path]), /inner\.ts, which it imports, was edited.*Restart/s);
    await assert.rejects(loadExtensions([before!.stamp.replace("outer.ts", path)]), /must have the hash/);
  }));

Deno.test("a configuration names extensions from its own place, and commands take them", () =>
  inProject(async (home) => {
    await Deno.copyFile(OWN, join(home, "mine.ts"));
    await Deno.writeTextFile(
      join(home, "own.yaml"),
      "extensions: [./mine.ts]\nmarket: { rows: 1000 }\ndata: { source: synthetic }\npipeline: { analyst: faded }\n",
    );
    const { code, stdout, stderr } = await popagent(
      home,
      "multi",
      ...["--config", join(home, "own.yaml"), "--out", join(home, "runs"), "--json"],
    );
    assert.equal(code, 0, stderr);
    const result = JSON.parse(stdout);
    assert.match(result.config.extensions[0], /^mine\.ts#/);
    assert.equal(result.config.pipeline.analyst, "faded");
    assert.ok(result.strategies.some(({ name }: { name: string }) => name === "ownHold"));
  }));

Deno.test("an extension outside the project's folder is refused, and says so", () =>
  inFolder(async (folder) => {
    const path = join(folder, "mine.ts");
    await Deno.writeTextFile(path, "export default {};\n");
    await assert.rejects(loadExtensions([path]), /must lie in the project's folder.*Copy it there/s);
  }));

Deno.test("population.agents says who plays, and names are checked", async () => {
  const named = await configure({ population: { agents: { analyst: SIX } }, extensions: [OWN] });
  assert.deepEqual(named.population.agents.analyst, SIX);
  assert.ok(VARIANTS.analyst.some(({ name }) => name === "faded"));
  await assert.rejects(
    configure({ population: { agents: { analyst: ["technical", "nobody", "momentum"] } } }),
    /population\.agents\.analyst.*must be one of/,
  );
  await assert.rejects(configure({ population: { agents: { risk: ["strict"] } } }), /at least 3/);
  const own = await configure({ pipeline: { analyst: "faded" as "technical" }, extensions: [OWN] });
  assert.equal(own.pipeline.analyst, "faded");
});

Deno.test("a failed load keeps what was declared before; the next good save registers, one that was loaded before too", () =>
  inProject(async (home) => {
    const path = join(home, "saved.ts");
    const source = (await Deno.readTextFile(OWN)).replaceAll("faded", "saved").replace(
      "ownHold",
      "savedHold",
    );
    const own = `import { declareVariant, VARIANTS } from "popagent/mod.ts";
declareVariant({ ...VARIANTS.analyst[0]!, name: "itself" });
`;
    const declared = () => VARIANTS.analyst.map(({ name }) => name as string);
    const save = async (text: string) => {
      await Deno.writeTextFile(path, text);
      return await loadExtensions([path]);
    };
    const [first] = await save(own);
    assert.ok(declared().includes("itself"));
    for (const bad of ["export default {", "export default { variant: [] };", "throw new Error('mine');"]) {
      await assert.rejects(save(bad), /Cannot load the extension/);
      assert.ok(declared().includes("itself"), bad);
    }
    const [second] = await save(source);
    assert.ok(declared().includes("saved") && !declared().includes("itself"));
    assert.ok(second!.declared.includes("strategy savedHold"));
    await assert.rejects(save(`${source}throw new Error("late");`), /late/);
    assert.ok(declared().includes("saved"));
    assert.deepEqual((await save(own))[0], first, "the very first content again");
    assert.ok(declared().includes("itself") && !declared().includes("saved"));
  }));
