import assert from "node:assert/strict";
import { openLanguageModel } from "popagent/adapters/llm/open_language_model.ts";
import { decisions, RECORDED } from "../../fixtures/llm/decisions.ts";

/** Asks a model of the table the eight recorded decisions. */
async function answers(name: string) {
  using model = await openLanguageModel({ cassettes: "replay", folder: RECORDED });
  return await Promise.all(decisions(name).map((question) => model.ask(question)));
}

/** How often each word stands in a list. */
function counts(words: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    [...new Set(words)].sort().map((word) => [word, words.filter((one) => one === word).length]),
  );
}

Deno.test({
  name: "issue 14: decisions of a real model, recorded, replay without network, environment or writing",
  permissions: { read: true, net: false, env: ["LOG_STREAM", "LOG_TOKENS"], write: false, run: false }, // the YAML reader looks for two,
  async fn() {
    const grammar = await answers("smollm2-135m"), free = await answers("smollm2-135m-free");
    const ends = (all: typeof grammar) =>
      counts(all.map(({ outcome }) => outcome.kind === "proposal" ? "proposal" : outcome.reason));
    const first = (all: typeof grammar) => counts(all.map(({ calls }) => calls[0]!.verdict));
    // As it is: the grammar keeps to the fields, not to their bounds; without it nothing can be read at all.
    assert.deepEqual(first(grammar), { proposal: 4, wrongSchema: 4 });
    assert.deepEqual(ends(grammar), { proposal: 4, truncated: 2, wrongSchema: 2 });
    assert.deepEqual(first(free), { noJson: 2, truncated: 6 });
    assert.deepEqual(ends(free), { noJson: 2, truncated: 6 });
    const sides = grammar.flatMap(({ outcome }) => outcome.kind === "proposal" ? [outcome.value.side] : []);
    assert.deepEqual(sides, ["short", "short", "short", "short"], "whatever it is shown");
    const calls = [...grammar, ...free].flatMap((one) => one.calls);
    assert.equal(calls.length, 22);
    assert.ok(calls.every(({ source, dollars }) => source === "cassette" && dollars === 0));
    assert.deepEqual([...new Set(calls.map(({ served }) => served.fingerprint))], [
      "gguf-sha256-b179c9523d0e6a0f",
    ]);
    assert.deepEqual(await answers("smollm2-135m"), grammar);
  },
});
