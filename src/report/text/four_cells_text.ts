/** The four cells of language model by news, as text. */
import { FOUR_CELLS, type FourCells } from "../../experiments/language/four_cells.ts";
import { cellEffects, fourCellsChecks, marketMean } from "../../experiments/language/four_cells_effects.ts";
import { paragraph } from "./paragraph.ts";
import { plainTable } from "./plain_table.ts";
import { checkText } from "./validation_text.ts";

/** What each cell is called. */
const LABELS = { neither: "neither", news: "news", model: "model", both: "both" } as const;

/** Cells, effects and checks. */
export function fourCellsText({ markets }: FourCells): string {
  const number = (x: number) => x.toFixed(3);
  const cells = FOUR_CELLS.map((cell) => {
    const of = (column: "populationMean" | "champion") => {
      const { mean, error } = marketMean(markets.map((one) => one.cells[cell][column]));
      return `${number(mean)} ± ${number(error)}`;
    };
    const questions = markets.reduce((sum, one) => sum + one.cells[cell].questions, 0) / markets.length;
    return [LABELS[cell], of("populationMean"), of("champion"), questions.toFixed(0)];
  });
  const effects = cellEffects(markets).map((
    { name, mean, error, p, pHolm },
  ) => [name, `${number(mean)} ± ${number(error)}`, number(p), number(pHolm)]);
  return [
    `!! SYNTHETIC DATA (planted markets, made-up news) AND SIMULATED ANSWERS (a script that reads, no language model).`,
    `Annual Sharpe ratios, mean ± standard error over ${markets.length} markets:`,
    plainTable(
      [["On", "left"], ["Population mean", "right"], ["Champion", "right"], ["Questions", "right"]],
      cells,
    ),
    "",
    "Effects on the population mean (interaction: half the difference of differences), exact sign-flip test:",
    plainTable([["Effect", "left"], ["Difference", "right"], ["p", "right"], ["p Holm", "right"]], effects),
    "",
    ...fourCellsChecks(markets).map((check) => paragraph(checkText(check), "", "  ")),
  ].join("\n");
}
