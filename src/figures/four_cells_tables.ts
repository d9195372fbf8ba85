/** Language model on or off by news on or off as two tables: what each cell earned, and what each of the two did. */
import { FOUR_CELLS, type FourCell, type FourCells } from "../experiments/language/four_cells.ts";
import {
  type CellEffect,
  cellEffects,
  type MarketMean,
  marketMean,
} from "../experiments/language/four_cells_effects.ts";
import { displayed } from "./displayed.ts";
import { count, decimal, pText, signed } from "./format.ts";
import type { Table } from "./table.ts";

/** What stands above everything that is made of it. */
export const FOUR_CELLS_SIMULATED =
  "SYNTHETIC DATA (planted markets, made-up news) AND SIMULATED ANSWERS (a script that reads, no language model).";

/** What is on in each cell. */
const CELLS: Readonly<Record<FourCell, string>> = {
  neither: "neither",
  news: "news",
  model: "model",
  both: "both",
};
const EFFECTS: Readonly<Record<CellEffect["name"], string>> = {
  news: "news",
  model: "model",
  interaction: "interaction (half)",
};

/** Annual Sharpe ratios of each cell with their standard errors over markets. */
export function fourCellsTable({ markets }: FourCells): Table {
  const right = (label: string, hint: string) => ({ label, align: "right" as const, hint });
  return displayed({
    name: "four_cells",
    title: "Language model on or off by news on or off (simulated)",
    caption: `${FOUR_CELLS_SIMULATED} Annual Sharpe ratios, mean ± standard error over ${
      count(markets.length)
    } markets.`,
    columns: [
      { label: "On", align: "left", hint: "What is on in the cell" },
      right("Population mean", "Mean annual Sharpe ratio of all places, out of sample"),
      right("Champion", "Annual Sharpe ratio of the champion's account"),
      right("Questions", "Put to the script, a market"),
    ],
    rows: FOUR_CELLS.map((cell) => {
      const of = (column: "populationMean" | "champion") =>
        meanWords(marketMean(markets.map(({ cells }) => cells[cell][column])));
      const questions = markets.reduce((sum, { cells }) => sum + cells[cell].questions, 0) / markets.length;
      return { cells: [CELLS[cell], of("populationMean"), of("champion"), count(questions)], strong: false };
    }),
  });
}

/** Main effects and interaction on the population mean, with standard errors over markets and exact tests. */
export function fourCellsEffectsTable({ markets }: FourCells): Table {
  const right = (label: string, hint: string) => ({ label, align: "right" as const, hint });
  return displayed({
    name: "four_cells_effects",
    title: "What the model and the news did to the population mean (simulated)",
    caption:
      `${FOUR_CELLS_SIMULATED} Annual Sharpe ratio. The interaction is half the difference of differences.`,
    columns: [
      { label: "Effect", align: "left", hint: "Of what is on" },
      right("Difference", "Mean over markets"),
      right("SE", "Standard error over markets"),
      right("p", "Exact sign-flip test over markets"),
      right("p (Holm)", "After Holm over the three"),
    ],
    rows: cellEffects(markets).map(({ name, mean, error, p, pHolm }) => ({
      cells: [EFFECTS[name], signed(mean), decimal(error), pText(p), pText(pHolm)],
      strong: name === "interaction",
    })),
  });
}

function meanWords({ mean, error }: MarketMean): string {
  return `${decimal(mean)} ± ${decimal(error)}`;
}
