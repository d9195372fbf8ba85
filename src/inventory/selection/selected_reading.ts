import { type MarketView, returnsOf, volatilityOf } from "../../features/market_view.ts";
import { log } from "../../genome/gene.ts";
import { referenceIndex } from "../../market/panel.ts";
import { trendRegimes } from "../../market/regimes.ts";
import type { MixtureInput, TrendMethod } from "../analyst/trends/mixture.ts";
import { learnedShares } from "./learned_shares.ts";
import { type MethodSelection, selectMethods } from "./select.ts";
import { type SelectionSettings, selectionSettings } from "./settings.ts";

/** How well each reading foretold: its mean over the coins of reading(t-1) x standardised return(t); [kind], shape [rows]. */
export function readingMerits({ market, readings }: MixtureInput): Float64Array[] {
  const { rows } = market.panel, coins = readings.length;
  const returns = readings.map((_, coin) => returnsOf(market, coin));
  const sds = readings.map((_, coin) => volatilityOf(market, coin));
  return readings[0]!.map((_, kind) => {
    const out = new Float64Array(rows);
    for (let t = 1; t < rows; t++) {
      for (let coin = 0; coin < coins; coin++) {
        out[t]! += readings[coin]![kind]![t - 1]! * returns[coin]![t]! / sds[coin]![t - 1]! / coins;
      }
    }
    return out;
  });
}

/** Bull, bear or side of the reference coin at each row, from its past. */
export function marketContexts({ panel, memo }: MarketView): Int8Array {
  const tell = () => trendRegimes(panel.coins[referenceIndex(panel)]!.close);
  return memo.get(panel, "marketContexts", tell, ({ byteLength }) => byteLength);
}

/** Which reading an analyst looks at, row by row, and which it gave up. The weights are its preferences. */
export function selectReadings(
  input: MixtureInput,
  settings: Partial<SelectionSettings> = {},
): MethodSelection {
  const whole = selectionSettings(settings);
  return selectMethods({
    merits: readingMerits(input),
    contexts: marketContexts(input.market),
    preferences: input.weights,
    firstRow: input.market.panel.firstRow,
    seed: "analyst.features",
  }, whole);
}

/** One reading at a time, chosen by what each has foretold in the regime that rules; the weight genes are preferences. */
export const selected: TrendMethod = {
  summary: "One reading at a time, chosen by regime (Thompson sampling); duds are pruned",
  genes: [log("choiceMemory", 180, 8760)], // half-life of evidence, rows
  start: { choiceMemory: 2190 },
  warmUp: 180,
  refitEvery: 6,
  needs: [],
  source: "Agrawal & Goyal, Thompson Sampling for Contextual Bandits, ICML (2013)",
  learned: (input, genes, row) => {
    const { names, weights } = input;
    const shares = learnedShares(selectReadings(input, { memory: genes.choiceMemory! }), weights.length, row);
    return Object.fromEntries(names?.map((name, i) => [name, shares[i]!]) ?? []);
  },
  run: (input, genes) => {
    const kinds = input.weights.length, out = new Float64Array(input.market.panel.rows * kinds);
    const { chosen } = selectReadings(input, { memory: genes.choiceMemory! });
    for (let t = 0; t < chosen.length; t++) out[t * kinds + chosen[t]!] = 1;
    return out;
  },
};
