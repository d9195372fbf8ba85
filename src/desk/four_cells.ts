/** Language model by news in a notebook: what `popagent validate news` stored. */
import { join } from "node:path";
import { PROJECT } from "../adapters/files/project.ts";
import { readJson } from "../adapters/files/json_file.ts";
import { type FourCells, fourCellsSchema } from "../experiments/language/four_cells.ts";

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
export async function loadFourCells(request: FourCellsRequest = {}): Promise<FourCells> {
  const { file = join(PROJECT, "results", "validation", "language_news.json") } = request;
  return await readJson(file, fourCellsSchema);
}
