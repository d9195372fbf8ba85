import assert from "node:assert/strict";
import { type ChoiceMarket, choiceRows } from "../../tools/mirror_choice.ts";

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
