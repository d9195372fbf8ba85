/** popagent validate news: language model on or off by news on or off, by a script in the place of the model. */
import {
  emptyFourCells,
  type FourCells,
  fourCellsSchema,
  runFourCells,
} from "../../experiments/language/four_cells.ts";
import { settingsOf } from "../config_options.ts";
import { keepProof, keptProof } from "../kept_markets.ts";
import { tell } from "../print.ts";

/** Bytes of series that the desk may keep. */
const MEMO_BYTES = 512 * 2 ** 20;

/** What is asked for. */
export interface FourCellsRequest {
  readonly marketSeeds: readonly number[];
  readonly rows: number;
  readonly ic: number;
  readonly out: string;
  readonly set: readonly string[];
}

/**
 * Runs the markets that the file does not hold yet, one after another in this process; no model is asked, and no network
 * touched.
 *
 * @throws {UserError} If the file holds markets of another configuration.
 */
export async function runFourCellsProof(
  { marketSeeds, rows, ic, out, set }: FourCellsRequest,
): Promise<FourCells> {
  const settings = await settingsOf({ set }, [
    ["market.rows", rows, "--rows"],
    ["market.mode", "planted", "validate news"],
    ["market.ic", ic, "--ic"],
  ], { learns: true });
  const madeBy = ({ configHash }: FourCells) => configHash;
  let proof = await keptProof(out, fourCellsSchema, emptyFourCells(settings), madeBy);
  for (const seed of marketSeeds) {
    if (proof.markets.some(({ marketSeed }) => marketSeed === seed)) continue;
    const markets = [...proof.markets, await runFourCells(settings, seed, MEMO_BYTES)];
    proof = { ...proof, markets: markets.sort((a, b) => a.marketSeed - b.marketSeed) };
    await keepProof(out, proof);
    tell(`market ${seed} is done`);
  }
  return proof;
}
