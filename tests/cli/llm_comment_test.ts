/** A model's words about a finished run: recorded, replayed, and held against what it was shown. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { json, withProvider } from "../adapters/llm/fake_provider.ts";
import { completion } from "../llm/forms.ts";
import { warmPopagent } from "./warm.ts";

const popagent = warmPopagent();

Deno.test("issue 14: llm comment is recorded and replayed, changes nothing of the run, and counts cited numbers", () =>
  withProvider(
    ({ body }) => {
      const [, { content }] = body.messages as [unknown, { content: string }];
      const facts = JSON.parse(content);
      const shown = facts.outcome?.[0].exposure ?? facts.credits[0].shapleyError;
      return json(
        completion(JSON.stringify({ text: `It was ${shown}, not 4711.25, \u202eand that is all.` })),
      );
    },
    { card: { structured: ["jsonSchema"] } },
    async ({ folder, open, arrived }) => {
      using model = await open();
      const models = join(folder, "models.yaml");
      await Deno.writeTextFile(models, JSON.stringify(model.models));
      const small = ["--set", "market.rows=1000", "--pop-size", "3", "--iterations", "1", "--no-references"];
      const run = await popagent(
        folder,
        "population",
        "--synthetic",
        "planted",
        ...small,
        "--set",
        "population.committeeShare=0.11",
      );
      assert.equal(run.code, 0, run.stderr);
      const [id] = [...Deno.readDirSync(join(folder, "data/runs"))].map(({ name }) => name);
      const before = await Deno.readTextFile(join(folder, "data/runs", id!, "files.sha256"));
      const comment = (mode: string) =>
        popagent(folder, "llm", "comment", "latest", "--model", "m", "--models", models, "--cassettes", mode);
      const { code, stdout, stderr } = await comment("record");
      assert.equal(code, 0, stderr);
      assert.equal(arrived.length, 3);
      assert.equal(stdout.match(/\(1 of 2 cited numbers were shown\)/g)?.length, 3, stdout);
      assert.ok(!stdout.includes("\u202e"), "what a model writes moves no terminal");
      assert.equal((await comment("replay")).stdout, stdout);
      assert.equal(arrived.length, 3);
      assert.equal(await Deno.readTextFile(join(folder, "data/runs", id!, "files.sha256")), before);
    },
  ));
