/** The four cells of language model by news, as text. */
import type { FourCells } from "../../experiments/language/four_cells.ts";
import { fourCellsChecks } from "../../experiments/language/four_cells_effects.ts";
import {
  FOUR_CELLS_SIMULATED,
  fourCellsEffectsTable,
  fourCellsTable,
} from "../../figures/four_cells_tables.ts";
import { paragraph } from "./paragraph.ts";
import { textTable } from "./run_text.ts";
import { checkText } from "./validation_text.ts";

/** Cells, effects and checks. */
export function fourCellsText(proof: FourCells): string {
  const { markets } = proof;
  return [
    `!! ${FOUR_CELLS_SIMULATED}`,
    `Annual Sharpe ratios, mean ± standard error over ${markets.length} markets:`,
    textTable(fourCellsTable(proof)),
    "",
    "Effects on the population mean (interaction: half the difference of differences), exact sign-flip test:",
    textTable(fourCellsEffectsTable(proof)),
    "",
    ...fourCellsChecks(markets).map((check) => paragraph(checkText(check), "", "  ")),
  ].join("\n");
}
