/** popagent validate methods: does each forecasting method find a planted edge, and nothing where nothing is? */
import { loadRows } from "../../adapters/bars/load_market.ts";
import { settingsSchema } from "../../experiments/config.ts";
import { createDesk } from "../../experiments/market.ts";
import { coverageCells, skillCells } from "../../experiments/method_market.ts";
import { type MethodProof, methodProofSchema } from "../../experiments/method_proof.ts";
import type { Panel } from "../../market/panel.ts";
import { syntheticMarket } from "../../market/synthetic/synthetic_market.ts";
import { settingsOf } from "../config_options.ts";
import { keepProof, keptProof } from "../kept_markets.ts";
import { createProgressView } from "../progress.ts";

/** What the study is asked for. */
export interface MethodProofRequest {
  /** As many null markets as planted ones twice over. */
  readonly marketSeeds: readonly number[];
  readonly rows: number;
  readonly ic: number;
  /** Folder of real bars, whose development rows are judged too. */
  readonly data: string | undefined;
  /** The file that holds what was measured. */
  readonly out: string;
}

/** Bytes of series for one market at a time. */
const MEMO_BYTES = 256 * 2 ** 20;
/** First row that is judged, and null markets for each planted one. */
const FROM = 720, NULLS = 2;

/**
 * Measures what the file does not hold yet, market by market.
 *
 * @throws {UserError} If the file holds markets of other settings.
 */
export async function runMethodProof(
  { marketSeeds, rows, ic, data, out }: MethodProofRequest,
): Promise<MethodProof> {
  const fresh: MethodProof = {
    settings: { rows, from: FROM, ic },
    planted: [],
    null: [],
    real: [],
    coverage: [],
  };
  let proof = await keptProof(out, methodProofSchema, fresh, ({ settings }) => settings);
  const progress = createProgressView(false);
  const nulls = marketSeeds.flatMap((seed) => Array.from({ length: NULLS }, (_, k) => NULLS * seed + k));
  const steps = marketSeeds.length + nulls.length + 1;
  let done = 0;
  const keep = async (change: Partial<MethodProof>) => {
    proof = { ...proof, ...change };
    await keepProof(out, proof);
  };
  const measure = async (world: "planted" | "null", seed: number) => {
    if (!proof[world].some(({ market }) => market === `${seed}`)) {
      const { panel } = syntheticMarket({ seed, rows, mode: world, ic: world === "planted" ? ic : 0 });
      await keep({
        [world]: [...proof[world], { market: `${seed}`, cells: skillCells(deskOf(panel), FROM) }],
      });
    }
    progress.update("markets", ++done, steps);
  };
  try {
    for (const seed of marketSeeds) await measure("planted", seed);
    for (const seed of nulls) await measure("null", seed);
    if (data !== undefined && proof.real.length === 0) {
      const desk = deskOf(await loadRows(await settingsOf({ data, set: [] }, []))),
        market = "development rows";
      await keep({
        real: [{ market, cells: skillCells(desk, FROM) }],
        coverage: [{ market, cells: coverageCells(desk) }],
      });
    } else if (proof.coverage.length === 0) {
      const { panel } = syntheticMarket({ seed: marketSeeds[0]!, rows, mode: "default", ic: 0 });
      await keep({
        coverage: [{ market: `default market ${marketSeeds[0]}`, cells: coverageCells(deskOf(panel)) }],
      });
    }
  } finally {
    progress.stop();
  }
  return proof;
}

function deskOf(panel: Panel) {
  return createDesk(panel, settingsSchema.parse({}), MEMO_BYTES);
}
