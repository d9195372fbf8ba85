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
      assert.doesNotMatch(stdout, /Mutants|Distillation|All together/);
    }));
}

Deno.test("issue 14: --plan prices the slow loops as it does the traders' questions, frozen roles left out", () =>
  inFolder(async (folder) => {
    const loops = ["mutants=[trader, risk, analyst]", "distil=[3, 5, 99]", "mostCalls=110"].flatMap((one) => [
      "--set",
      `population.language.${one}`,
    ]);
    const { code, stdout, stderr } = await popagent(folder, ...[
      "population",
      "--config",
      SMOKE,
      "--plan",
      ...[
        "--set",
        "population.language.model=gpt-4.1",
        "--set",
        "population.frozen=[analyst]",
        "--models",
        MODELS,
      ],
      ...loops,
    ]);
    assert.equal(code, 0, stderr);
    // seven iterations, a transfer step at 2, 4 and 6, two roles that may move; iteration 99 is never reached
    assert.match(
      stdout,
      /Mutants: it would be asked at most 6 questions: trader, risk, once at each of 3 transfer steps/,
    );
    assert.match(
      stdout,
      /Distillation: it would be asked at most 2 questions: of the champions of iterations 3, 5/,
    );
    assert.match(stdout, /mostCalls is 110/, "105 questions and 6 for mutants");
    const prices = [...stdout.matchAll(/USD: about (\d+\.\d{4}), at most (\d+\.\d{4})/g)].map(([, ...all]) =>
      all.map(Number)
    );
    assert.equal(prices.length, 4);
    for (const i of [0, 1]) {
      const [traders, mutants, distilled, all] = prices.map((one) => one[i]!) as [
        number,
        number,
        number,
        number,
      ];
      assert.ok(Math.abs(traders + mutants + distilled - all) < 2e-4);
    }
    // by hand: gpt-4.1 takes 2 USD for a million tokens in and 8 for a million out, 400 of them an answer
    const [, tokens, out] = /6 would be sent: about (\d+) tokens to it and at most (\d+) from it/.exec(
      stdout,
    )!;
    assert.equal(Number(out), 2400);
    assert.ok(Math.abs((2 * Number(tokens) + 8 * 2400) / 1e6 - prices[1]![0]!) < 1e-4);
  }));
