import assert from "node:assert/strict";
import { type ChoiceMarket, choiceRows, STORED } from "../../tools/mirror_choice.ts";

Deno.test("rows are differences to equal weights, paired by market: by hand", () => {
  const market = (market: string, seed: number, gain: number): ChoiceMarket => ({
    market,
    seed,
    whole: { "full Equal": 2, "full Hedge": 2 + gain },
    year: { "full Equal": 1, "full Hedge": 1 - gain },
  });
  const markets = [1, 2].flatMap((i) => [market("planted", i, i / 10), market("flip", i, i / 5)]);
  // gains .1 and .2: mean .15, standard error .05; twice that in the other world
  assert.deepEqual(choiceRows(markets), ["| full Hedge | +0.15 (0.05) | +0.30 (0.10) | -0.30 (0.10) |"]);
});

Deno.test("docs/VALIDATION.md has the numbers of the stored choice, on 60 markets of each world", async () => {
  const markets: ChoiceMarket[] = JSON.parse(await Deno.readTextFile(STORED));
  const seeds = Array.from({ length: 60 }, (_, i) => 201 + i);
  for (const world of ["planted", "flip"]) {
    assert.deepEqual(markets.filter(({ market }) => market === world).map(({ seed }) => seed), seeds);
  }
  const told = (await Deno.readTextFile(new URL("../../docs/VALIDATION.md", import.meta.url)))
    .split("\n").map((line) => line.replaceAll(/ +/g, " "));
  const names: Record<string, string> = {
    "each over its sd, no learning": "full EqualOverSd",
    "softmax, all rows alike": "full Softmax",
    "softmax, traders' half-life 720": "traders_720 Softmax",
    "softmax at temperature .7": "warm Softmax",
    "**hedge** over traders' memories": "full Hedge",
    "hedge at rate .5": "slow_hedge Hedge",
    "hedge at temperature .7": "warm Hedge",
    "best fifth, all rows alike": "full TopShare",
    "best fifth, traders' half-life 720": "traders_720 TopShare",
    "positive part, all rows alike": "full PositivePart",
    "positive part, traders' half-life": "traders_720 PositivePart",
  };
  const rows = choiceRows(markets);
  for (const [shown, rule] of Object.entries(names)) {
    const stored = rows.find((row) => row.startsWith(`| ${rule} |`))!;
    assert.ok(told.includes(stored.replace(rule, shown)), stored);
  }
});
