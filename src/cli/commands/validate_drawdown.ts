/** popagent validate drawdown: do accounts keep to the drawdowns that their risk agents declare? */
import { loadRows } from "../../adapters/bars/load_market.ts";
import { createJobPool } from "../../adapters/workers/job_pool.ts";
import { populationRunConfig } from "../../experiments/config.ts";
import {
  type DrawdownMarket,
  type DrawdownProof,
  drawdownProofSchema,
  emptyProof,
  proofConfig,
  runProofMarket,
} from "../../experiments/drawdown_proof.ts";
import { planRun } from "../../experiments/run_plan.ts";
import { settingsOf } from "../config_options.ts";
import { onInterrupt } from "../interrupt.ts";
import { keepProof, keptProof } from "../kept_markets.ts";
import { createProgressView } from "../progress.ts";

/** Bytes of series that each worker may keep of two years. */
const MEMO_BYTES = 128 * 2 ** 20;

/** What the proof is asked for. */
export interface ProofRequest {
  readonly marketSeeds: readonly number[];
  readonly rows: number;
  readonly workers: number;
  /** Folder of real bars, whose development rows are one more market; null for none. */
  readonly data: string | null;
  /** The file that holds the markets. */
  readonly out: string;
  /** Further settings, as of --set. */
  readonly set: readonly string[];
}

/**
 * Trades the field on the markets that the file does not hold yet; each is in the file as soon as it is done, so that
 * an interrupted proof goes on where it stood.
 *
 * @throws {UserError} If the file holds markets of another configuration.
 */
export async function runDrawdownProof(
  { marketSeeds, rows, workers, data, out, set }: ProofRequest,
): Promise<DrawdownProof> {
  const settings = await settingsOf({ set }, [
    ["market.rows", rows, "--rows"],
    ["data.folder", data ?? undefined, "--data"],
  ], { learns: true });
  const config = populationRunConfig(settings);
  const madeBy = ({ configHash }: DrawdownProof) => configHash;
  let proof = await keptProof(out, drawdownProofSchema, emptyProof(config), madeBy);
  const progress = createProgressView(false);
  const pool = createJobPool({ workers, memoBytes: MEMO_BYTES * Math.max(1, rows / 4380) });
  const restore = onInterrupt(() => pool.close());
  const asked = [...(data === null ? [] : [null]), ...marketSeeds];
  const missing = asked.filter((seed) => !proof.markets.some(({ marketSeed }) => marketSeed === seed));
  let done = asked.length - missing.length;
  let written = Promise.resolve(); // one after another: an older text must not replace a newer one
  progress.update("markets", done, asked.length);
  const add = async (one: DrawdownMarket) => {
    const seed = ({ marketSeed }: DrawdownMarket) => marketSeed ?? 0;
    proof = { ...proof, markets: [...proof.markets, one].sort((a, b) => seed(a) - seed(b)) };
    await (written = written.then(() => keepProof(out, proof)));
    progress.update("markets", ++done, asked.length);
  };
  const next = async () => { // as many at a time as there are workers
    for (let seed = missing.shift(); seed !== undefined; seed = missing.shift()) {
      const own = proofConfig(config, seed);
      const { panel } = planRun(own, await loadRows(own));
      await add(await runProofMarket(own, seed, panel, pool));
    }
  };
  await Promise.all(Array.from({ length: workers }, next)).finally(() => {
    restore();
    progress.stop();
    pool.close();
  });
  return proof;
}
