import assert from "node:assert/strict";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { type ResolvedSettings, resolveSettings } from "popagent/adapters/config/resolve_settings.ts";
import { readSettingsFile } from "popagent/adapters/config/settings_file.ts";
import { populationRunConfig } from "popagent/experiments/config.ts";
import { marketOf } from "popagent/experiments/market.ts";
import { planRun } from "popagent/experiments/run_plan.ts";
import { configuredPipeline } from "popagent/experiments/pipeline_strategies.ts";
import { DECLARED_COINS } from "popagent/core/universe.ts";
import { tree } from "./cli.ts";

const CONFIGS = fileURLToPath(new URL("../../configs", import.meta.url));
/** Files of settings; those that define grids, and the tables of models and of news, have tests of their own. */
const files = (await tree(CONFIGS)).filter((path) =>
  path.endsWith(".yaml") && !path.startsWith("experiments") && !["models.yaml", "news.yaml"].includes(path)
);

async function resolvedIn(file: string): Promise<ResolvedSettings> {
  return resolveSettings(await readSettingsFile(join(CONFIGS, file)), { learns: true });
}

/** True if every key of `part` stands in `whole` with the same value. */
function isPart(part: unknown, whole: unknown): boolean {
  if (typeof part !== "object" || part === null || Array.isArray(part)) {
    return JSON.stringify(part) === JSON.stringify(whole);
  }
  return Object.entries(part).every(([key, value]) => isPart(value, (whole as Record<string, unknown>)[key]));
}

for (const file of files) {
  Deno.test(`configs/${file} says what it is for, fits the schema and can be run`, async () => {
    const path = join(CONFIGS, file);
    const text = await Deno.readTextFile(path);
    assert.match(text, /^# yaml-language-server: \$schema=\S+\n# .*\n# {3}deno task /);
    const { settings: config, notes } = await resolvedIn(file);
    assert.ok(isPart(parse(text), config), "what a file states is what is used");
    assert.deepEqual(notes, []);
    const [, schema] = /\$schema=(\S+)/.exec(text)!;
    assert.equal(join(dirname(path), schema!), join(CONFIGS, "schema.json"));
    configuredPipeline(config);
    planRun(populationRunConfig(config), marketOf(config).panel);
  });
}

Deno.test("there is a config for each coin, and it trades that coin", async () => {
  const single = files.filter((file) => file.startsWith("single"));
  assert.deepEqual(
    single.map((file) => basename(file, ".yaml")).sort(),
    DECLARED_COINS.map((coin) => coin.toLowerCase()).sort(),
  );
  for (const file of single) {
    assert.deepEqual((await resolvedIn(file)).settings.coins, [basename(file, ".yaml").toUpperCase()]);
  }
});
