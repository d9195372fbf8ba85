/** What the four cells say: the mean of each, and the effects of news, of the model, and of both together. */
import { mean, standardDeviation } from "../../stats/moments.ts";
import { holm } from "../../stats/multiple_testing.ts";
import { signFlipTest } from "../../stats/sign_flip.ts";
import type { ThresholdCheck } from "../validation.ts";
import { FOUR_CELLS, type FourCell, type FourCellsMarket } from "./four_cells.ts";

/** A mean over markets with its standard error. */
export interface MarketMean {
  readonly mean: number;
  readonly error: number;
}

/** A contrast of the population mean over markets. */
export interface CellEffect extends MarketMean {
  readonly name: "news" | "model" | "interaction";
  /** Exact sign-flip test, and after Holm over the three. */
  readonly p: number;
  readonly pHolm: number;
}

/** Mean and standard error. */
export function marketMean(values: readonly number[]): MarketMean {
  const all = Float64Array.from(values);
  return { mean: mean(all), error: standardDeviation(all) / Math.sqrt(all.length) };
}

/** Main effects, and half the difference of differences, so that all three have one unit. */
const CONTRASTS: Readonly<Record<CellEffect["name"], Readonly<Record<FourCell, number>>>> = {
  news: { neither: -0.5, news: 0.5, model: -0.5, both: 0.5 },
  model: { neither: -0.5, news: -0.5, model: 0.5, both: 0.5 },
  interaction: { neither: 0.5, news: -0.5, model: -0.5, both: 0.5 },
};

/** The three effects; two markets or more. */
export function cellEffects(markets: readonly FourCellsMarket[]): readonly CellEffect[] {
  const names = Object.keys(CONTRASTS) as CellEffect["name"][];
  const effects = names.map((name) => {
    const values = markets.map(({ cells }) =>
      FOUR_CELLS.reduce((sum, cell) => sum + CONTRASTS[name][cell] * cells[cell].populationMean, 0)
    );
    return { name, ...marketMean(values), p: signFlipTest(Float64Array.from(values)) };
  });
  const adjusted = holm(effects.map(({ p }) => p));
  return effects.map((effect, i) => ({ ...effect, pHolm: adjusted[i]! }));
}

/** What must hold on every market, whatever is earned: each cell is another one, and only models are asked. */
export function fourCellsChecks(markets: readonly FourCellsMarket[]): ThresholdCheck[] {
  const differ = markets.filter(({ cells }) =>
    new Set(FOUR_CELLS.map((cell) => cells[cell].populationMean)).size === FOUR_CELLS.length
  );
  const heard = markets.filter(({ cells }) =>
    cells.neither.questions + cells.news.questions === 0 && cells.model.questions > 0 &&
    cells.both.questions > 0 && cells.model.answers !== cells.both.answers
  );
  const of = (some: readonly unknown[]) => `${some.length} of ${markets.length}`;
  return [
    {
      rule: "all four cells differ in every market",
      measured: of(differ),
      holds: differ.length === markets.length,
    },
    {
      rule:
        "where a model is off nobody is asked, and where news is on the model answers otherwise, in every market",
      measured: of(heard),
      holds: heard.length === markets.length,
    },
  ];
}
