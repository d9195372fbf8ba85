import { BARS_PER_DAY } from "../core/universe.ts";
import { type CoinBars, COLUMN_NAMES, createPanel, type Panel } from "../market/panel.ts";
import type { Rng } from "../core/rng.ts";
import { standardDeviation } from "../stats/moments.ts";
import { type MarketFact, marketFacts } from "./market_facts.ts";

/** Rows of a block: a month, so that what lasts for days lasts in the resample too. Whole days keep settlements in place. */
const BLOCK = 30 * BARS_PER_DAY;

/** Columns that are chained where two blocks meet: prices, and what is read as changes of its logarithm. */
const CHAINED = COLUMN_NAMES.filter((name) =>
  !["volume", "turnover", "longRatio", "fundingRate"].includes(name)
);

/**
 * Standard errors of a market's facts by resampling blocks of rows, of all coins and columns together, with
 * replacement; prices go on from where the block before ended.
 *
 * @param draws Resamples, at least 2.
 */
export function factErrors(panel: Panel, draws: number, random: Rng): MarketFact[] {
  const drawn = Array.from({ length: draws }, () => marketFacts(resampled(panel, random)));
  return drawn[0]!.map(({ name, values }, f) => ({
    name,
    values: values.map((_, coin) => standardDeviation(drawn.map((facts) => facts[f]!.values[coin]!))),
  }));
}

/** As many rows of a panel, in whole blocks that begin at the start of a day of the sample. */
function resampled(panel: Panel, random: Rng): Panel {
  const { rows, openTime, source, instruments, missing } = panel;
  const starts = Math.floor((rows - BLOCK - 1) / BARS_PER_DAY);
  const blocks = Array.from(
    { length: Math.floor(rows / BLOCK) },
    () => BARS_PER_DAY * (random.int(starts) + 1),
  );
  const length = blocks.length * BLOCK;
  const coins = panel.coins.map((bars) => ({
    coin: bars.coin,
    ...Object.fromEntries(COLUMN_NAMES.map((name) => [name, joined(bars, name, blocks, length)])),
  }));
  return createPanel(coins as CoinBars[], openTime.slice(0, length), source, instruments, missing);
}

function joined(
  bars: CoinBars,
  name: (typeof COLUMN_NAMES)[number],
  blocks: readonly number[],
  length: number,
): Float64Array {
  const column = bars[name], out = new Float64Array(length);
  const level = name === "openInterest" ? column : bars.close;
  const chained = CHAINED.includes(name);
  let factor = 1;
  blocks.forEach((start, b) => {
    for (let t = 0; t < BLOCK; t++) out[b * BLOCK + t] = (chained ? factor : 1) * column[start + t]!;
    const next = blocks[b + 1];
    if (next !== undefined) factor *= level[start + BLOCK - 1]! / level[next - 1]!;
  });
  return out;
}
