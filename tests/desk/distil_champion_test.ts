import assert from "node:assert/strict";
import { distilChampion, type OpenLanguageModel, type StoredRun } from "popagent/mod.ts";

Deno.test("distilChampion() says what it was not given: a run, opened models, a name that it knows", async () => {
  const run = { result: { source: { kind: "synthetic" } }, events: [], series: {} } as unknown as StoredRun;
  const language = { ask: () => Promise.reject(new Error("asked")) } as unknown as OpenLanguageModel;
  await assert.rejects(
    distilChampion("latest" as never, { language, model: "m" }),
    /^RangeError: Cannot distil, distilChampion\(run, .*as the run must be what loadRun\(folder\)/,
  );
  await assert.rejects(
    distilChampion(run, { language: Promise.resolve(language) as never, model: "m" }),
    /^RangeError: Cannot distil, .*as language must be what openLanguageModel gives/,
  );
  await assert.rejects(
    distilChampion(run, { language, model: "m", iterations: 3 } as never),
    /Did you mean iteration\?/,
  );
});
