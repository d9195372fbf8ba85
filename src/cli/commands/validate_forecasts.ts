/** popagent validate forecasts: are means no worse than a plain ridge, and distributions than climatology? */
import { loadRows } from "../../adapters/bars/load_market.ts";
import { BARS_PER_YEAR } from "../../core/universe.ts";
import { settingsSchema } from "../../experiments/config.ts";
import { meanMarket } from "../../experiments/forecast_mean.ts";
import { type ForecastProof, forecastProofSchema } from "../../experiments/forecast_proof.ts";
import { widthMarket } from "../../experiments/forecast_width.ts";
import { createDesk } from "../../experiments/market.ts";
import type { Panel } from "../../market/panel.ts";
import { syntheticMarket } from "../../market/synthetic/synthetic_market.ts";
import { settingsOf } from "../config_options.ts";
import { keepProof, keptProof } from "../kept_markets.ts";
import { createProgressView } from "../progress.ts";

/** What the proof is asked for. */
export interface ForecastProofRequest {
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

/** First row that is judged: after a year of long markets, else after four months. */
function firstJudged(rows: number): number {
  return rows >= 4 * BARS_PER_YEAR ? BARS_PER_YEAR : 720;
}

/**
 * Measures what the file does not hold yet, market by market; each is in the file as soon as it is done, so that an
 * interrupted proof goes on where it stood.
 *
 * @throws {UserError} If the file holds markets of other settings.
 */
export async function runForecastProof(request: ForecastProofRequest): Promise<ForecastProof> {
  const { marketSeeds, rows, ic, data, out } = request, from = firstJudged(rows);
  const fresh: ForecastProof = { settings: { rows, from, ic }, mean: [], width: [], real: [] };
  let proof = await keptProof(out, forecastProofSchema, fresh, ({ settings }) => settings);
  const progress = createProgressView(false), steps = 2 * marketSeeds.length + (data ? 1 : 0);
  let done = 0;
  const keep = async (change: Partial<ForecastProof>) => {
    proof = { ...proof, ...change };
    await keepProof(out, proof);
  };
  try {
    for (const seed of marketSeeds) {
      if (!proof.mean.some(({ marketSeed }) => marketSeed === seed)) {
        const { panel, truth } = syntheticMarket({ seed, rows, mode: "planted", ic });
        await keep({ mean: [...proof.mean, meanMarket(deskOf(panel), seed, truth.m, from)] });
      }
      progress.update("markets", ++done, steps);
      if (!proof.width.some(({ market }) => market === `${seed}`)) {
        const { panel } = syntheticMarket({ seed, rows, mode: "default", ic: 0 });
        await keep({ width: [...proof.width, widthMarket(deskOf(panel), `${seed}`, from)] });
      }
      progress.update("markets", ++done, steps);
    }
    if (data !== undefined && proof.real.length === 0) {
      const panel = await loadRows(await settingsOf({ data, set: [] }, []));
      await keep({ real: [widthMarket(deskOf(panel), "development rows", firstJudged(panel.rows))] });
    }
  } finally {
    progress.stop();
  }
  return proof;
}

function deskOf(panel: Panel) {
  return createDesk(panel, settingsSchema.parse({}), MEMO_BYTES);
}
