/** popagent validate selection: does an agent that selects find the method that reads the signal, and prune the duds? */
import { selectionMarket } from "../../experiments/selection_market.ts";
import { type SelectionProof, selectionProofSchema } from "../../experiments/selection_proof.ts";
import { keepProof, keptProof } from "../kept_markets.ts";
import { createProgressView } from "../progress.ts";

/** What the proof is asked for. */
export interface SelectionProofRequest {
  /** Of the planted markets; null markets are twice as many. */
  readonly marketSeeds: readonly number[];
  readonly rows: number;
  readonly ic: number;
  /** The file that holds what was measured. */
  readonly out: string;
}

/** Methods that pruning leaves at least: all duds may go. */
const KEEP = 1;
/** Null markets begin so far behind the planted ones. */
const NULL_AFTER = 10_000;

/**
 * Measures what the file does not hold yet, market by market; each is in the file as soon as it is done.
 *
 * @throws {UserError} If the file holds markets of other settings.
 */
export async function runSelectionProof(
  { marketSeeds, rows, ic, out }: SelectionProofRequest,
): Promise<SelectionProof> {
  const fresh: SelectionProof = { settings: { rows, ic }, markets: [] };
  let proof = await keptProof(out, selectionProofSchema, fresh, ({ settings }) => settings);
  const [first = 0] = marketSeeds;
  const wanted = [
    ...marketSeeds.map((seed) => ({ seed, mode: "planted" as const })),
    ...Array.from({ length: 2 * marketSeeds.length }, (_, i) => ({
      seed: NULL_AFTER + first + i,
      mode: "null" as const,
    })),
  ];
  const progress = createProgressView(false);
  try {
    for (const [done, { seed, mode }] of wanted.entries()) {
      if (!proof.markets.some((one) => one.marketSeed === seed && one.mode === mode)) {
        const market = selectionMarket(seed, mode, { rows, ic, selection: { keep: KEEP } });
        proof = { ...proof, markets: [...proof.markets, market] };
        await keepProof(out, proof);
      }
      progress.update("markets", done + 1, wanted.length);
    }
  } finally {
    progress.stop();
  }
  return proof;
}
