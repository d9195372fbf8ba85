/** Language model by news as it is stored: what `popagent validate news` wrote. */
import { join } from "node:path";
import { type FourCells, fourCellsSchema } from "../../experiments/language/four_cells.ts";
import { readJson } from "../files/json_file.ts";
import { PROJECT } from "../files/project.ts";

/** The cells that are committed. */
const COMMITTED_FOUR_CELLS = join(PROJECT, "results", "validation", "language_news.json");

/** Which results. */
export interface FourCellsRequest {
  /** A file of `popagent validate news`; the committed one where left out. */
  readonly file?: string;
}

/**
 * The four cells, market by market, for `fourCellsTable` and `fourCellsEffectsTable`. Simulated: a script answers in the
 * place of a model.
 *
 * @throws {UserError} If there is no such file, or it does not fit its schema.
 */
export async function loadFourCells(
  { file = COMMITTED_FOUR_CELLS }: FourCellsRequest = {},
): Promise<FourCells> {
  return await readJson(file, fourCellsSchema);
}
