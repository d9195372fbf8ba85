/** A run that was made with a module of one's own can be looked into again, with that module as it was. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { readExtensionFile } from "popagent/adapters/extensions/extension_file.ts";
import { loadRunExtensions } from "popagent/adapters/extensions/stored_extensions.ts";
import { PROJECT } from "popagent/adapters/files/project.ts";
import type { Explanation } from "popagent/experiments/explain/explain_bar.ts";
import { popagent } from "../cli/cli.ts";
import { inProject } from "./in_project.ts";

const OWN = new URL("own_agents.ts", import.meta.url);

Deno.test("explain loads the module that a run was made with, from its place or where it lies now, and refuses an edited one", () =>
  inProject(async (home) => {
    const path = join(home, "mine.ts"), source = await Deno.readTextFile(OWN);
    await Deno.writeTextFile(path, source);
    const settings = ["--synthetic", "default", "--set", "market.rows=1000", "--set", `extensions=[${path}]`];
    const made = await popagent(
      home,
      "multi",
      ...settings,
      "--set",
      "pipeline.analyst=faded",
      "--json",
      "--trades",
      "1",
    );
    assert.equal(made.code, 0, made.stderr);
    const { trades: [{ time }] } = JSON.parse(made.stdout) as {
      readonly trades: readonly [{ readonly time: number }];
    };
    const asked = [
      "explain",
      "latest",
      "--time",
      new Date(time).toISOString().slice(0, 16),
      "--coin",
      "BTC",
      "--json",
    ];
    const explain = (...further: string[]) => popagent(home, ...asked, ...further);
    const told = await explain();
    assert.equal(told.code, 0, told.stderr);
    assert.equal((JSON.parse(told.stdout) as Explanation).team.analyst.variant, "faded");
    await Deno.mkdir(join(home, "moved"));
    await Deno.rename(path, join(home, "moved", "mine.ts"));
    assert.match((await explain()).stderr, /mine\.ts must be where it was.*--extensions <path to mine\.ts>/);
    assert.equal((await explain("--extensions", "moved/mine.ts")).stdout, told.stdout);
    await Deno.writeTextFile(path, source.replace("0.6", "0.7"));
    assert.match(
      (await explain()).stderr,
      /mine\.ts must have the content that the run was made with.*was edited/,
    );
  }));

Deno.test("a stored run brings no code along: a module among the runs is not loaded by itself", () =>
  inProject(async (home) => {
    const path = join(home, "runs", "evil", "evil.ts");
    await Deno.mkdir(join(home, "runs", "evil"), { recursive: true });
    await Deno.writeTextFile(path, "throw new Error('it ran');\n");
    const { hash } = await readExtensionFile(path);
    const run = (place: string | null) => ({
      directory: join(home, "runs", "mine"),
      result: { config: { extensions: [`evil.ts#${hash}`] } },
      provenance: { extensionPlaces: [place] },
    });
    const place = path.slice(PROJECT.length);
    await assert.rejects(loadRunExtensions(run(place)), /must not lie among the runs.*--extensions/s);
    await assert.rejects(loadRunExtensions(run(null)), /the run does not say where it lay/);
    await assert.rejects(loadRunExtensions(run(place), [path]), /it ran/); // named by the user, it is
  }));
