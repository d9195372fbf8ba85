/** What a run with language traders would ask and cost, before anything is spent. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { inFolder } from "./cli.ts";
import { warmPopagent } from "./warm.ts";

const popagent = warmPopagent();
const SMOKE = fileURLToPath(new URL("../../configs/llm_trader.yaml", import.meta.url));
const MODELS = fileURLToPath(new URL("../../configs/models.yaml", import.meta.url));

// Three prompts about five coins once an iteration: 15 questions each.
for (
  const [what, more, questions] of [["the default smoke run", [], 105], [
    "two years",
    ["--iterations", "101"],
    1515,
  ]] as const
) {
  Deno.test(`issue 14: --plan says what ${what} would ask: calls, hits, tokens and USD, and nothing is sent`, () =>
    inFolder(async (folder) => {
      const rows = questions > 300 ? ["--set", "market.rows=4380"] : [];
      const model = ["--set", "population.language.model=gpt-4.1", "--models", MODELS];
      const { code, stdout, stderr } = await popagent(folder, ...[
        "population",
        "--config",
        SMOKE,
        "--plan",
        ...model,
        ...rows,
        ...more,
      ]);
      assert.equal(code, 0, stderr);
      assert.match(stdout, new RegExp(`would be asked ${questions} questions: 3 prompts`));
      assert.match(
        stdout,
        new RegExp(`\\n0 are recorded in .*, ${questions} would be sent: about \\d+ tokens`),
      );
      assert.match(
        stdout,
        /USD: about \d+\.\d{4}, at most \d+\.\d{4} with a repair turn each; a run may spend 5\./,
      );
      assert.equal(/mostCalls is 300/.test(stdout), questions > 300);
    }));
}
