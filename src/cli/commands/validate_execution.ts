/** popagent validate execution: does any way of trading earn where nothing is to be earned? */
import {
  executionMarket,
  type ExecutionProof,
  executionProofSchema,
} from "../../experiments/execution_proof.ts";
import { keepProof, keptProof } from "../kept_markets.ts";
import { createProgressView } from "../progress.ts";

/** What the proof is asked for. */
export interface ExecutionProofRequest {
  readonly marketSeeds: readonly number[];
  readonly rows: number;
  /** The file that holds what was measured. */
  readonly out: string;
}

/**
 * Measures what the file does not hold yet, market by market; each is in the file as soon as it is done.
 *
 * @throws {UserError} If the file holds markets of other settings.
 */
export async function runExecutionProof(
  { marketSeeds, rows, out }: ExecutionProofRequest,
): Promise<ExecutionProof> {
  const fresh: ExecutionProof = { settings: { rows }, markets: [] };
  let proof = await keptProof(out, executionProofSchema, fresh, ({ settings }) => settings);
  const progress = createProgressView(false);
  try {
    for (const [done, seed] of marketSeeds.entries()) {
      if (!proof.markets.some(({ marketSeed }) => marketSeed === seed)) {
        proof = { ...proof, markets: [...proof.markets, executionMarket(seed, rows)] };
        await keepProof(out, proof);
      }
      progress.update("markets", done + 1, marketSeeds.length);
    }
  } finally {
    progress.stop();
  }
  return proof;
}
