/** A model's words about a finished run: recorded, replayed, and held against what it was shown. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { json, withProvider } from "../adapters/llm/fake_provider.ts";
import { completion } from "../llm/forms.ts";
import { warmPopagent } from "./warm.ts";

const popagent = warmPopagent();

Deno.test("issue 14: llm comment and llm distil are priced, recorded and replayed, and change nothing of the run", () =>
  withProvider(
    ({ body }) => {
      const [, { content }] = body.messages as [unknown, { content: string }];
      const facts = JSON.parse(content);
      if (facts.decisions) {
        const rules = [{ feature: "edge", comparison: "above", threshold: 0, action: "long" }];
        return json(completion(JSON.stringify({ text: "It \u202efollows.", rules, otherwise: "short" })));
      }
      const shown = facts.outcome?.[0].exposure ?? facts.credits[0].shapleyError;
      return json(
        completion(JSON.stringify({ text: `It was ${shown}, not 4711.25, \u202eand that is all.` })),
      );
    },
    { card: { structured: ["jsonSchema"], context: 32_000, simulated: true } },
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
      const planned = await popagent(
        folder,
        "llm",
        "comment",
        "latest",
        "--model",
        "m",
        "--models",
        models,
        "--plan",
      );
      assert.match(
        planned.stdout,
        /^m: 3 calls, 0 from cassettes, 3 to send; about \d+ tokens to it; about 0\.\d{4} USD/,
      );
      const { code, stdout, stderr } = await comment("record");
      assert.equal(code, 0, stderr);
      assert.equal(arrived.length, 3);
      assert.equal(stdout.match(/\(1 of 2 cited numbers were shown\)/g)?.length, 3, stdout);
      assert.ok(!stdout.includes("\u202e"), "what a model writes moves no terminal");
      assert.equal((await comment("replay")).stdout, stdout);
      assert.equal(arrived.length, 3);
      const distil = (...more: string[]) =>
        popagent(folder, "llm", "distil", "latest", "--model", "m", "--models", models, ...more);
      assert.match((await distil("--plan")).stdout, /^m: 1 calls, 0 from cassettes, 1 to send/);
      const written = await distil();
      assert.equal(written.code, 0, written.stderr);
      assert.match(written.stderr, /SIMULATED: a program, no language model/);
      assert.match(written.stdout, /1\. edge above 0: long\n {2}2\. else short/);
      assert.match(
        written.stdout,
        /On \d+ later decisions the rules do what the champion's trader wishes in \d/,
      );
      assert.ok(!written.stdout.includes("\u202e"));
      assert.equal((await distil("--cassettes", "replay")).stdout, written.stdout);
      assert.match((await distil("--plan")).stdout, /^m: 1 calls, 1 from cassettes, 0 to send/);
      assert.match((await distil("--iterations", "7")).stderr, /its iterations are 0 to 0/);
      assert.equal(arrived.length, 4);
      assert.equal(await Deno.readTextFile(join(folder, "data/runs", id!, "files.sha256")), before);
    },
  ));
