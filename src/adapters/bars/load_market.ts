import type { MarketConfig } from "../../experiments/config.ts";
import type { Coin } from "../../core/universe.ts";
import { marketOf, statedInstruments } from "../../experiments/market.ts";
import type { Panel } from "../../market/panel.ts";
import { FIRST_SEALED_SEED, isSealedSeed } from "../../market/seal.ts";
import { UserError } from "../../core/user_error.ts";

/** How a run gets its bars. */
export interface MarketRequest {
  readonly config: MarketConfig;
  /** Why the sealed months may be opened; null leaves them sealed. */
  readonly holdout: string | null;
  /** JSONL file that an opening is appended to, and now (ms UTC). */
  readonly holdoutLog: string;
  readonly now: number;
}

/**
 * The bars of a run: real ones where the configuration names or finds them, else the synthetic market, which
 * says so wherever its numbers are shown (from CSVs too, if they are marked). Real bars come without their
 * sealed months unless a reason is given.
 *
 * @throws {UserError} If real bars are asked for and missing, or a reason is given for synthetic data.
 */
export async function loadMarket({ config, holdout, holdoutLog, now }: MarketRequest): Promise<Panel> {
  const { source, folder } = config.data;
  const real = source === "bybit" || (source === "auto" && await holdsBars(folder, config.universe.coins));
  if (!real) return await syntheticPanel({ config, holdout, holdoutLog, now });
  const { loadBybitPanel } = await import("./holdout.ts"); // polars is loaded for real bars only
  const permit = holdout === null ? undefined : { reason: holdout, logFile: holdoutLog, time: now };
  const universe = { coins: config.universe.coins, instruments: statedInstruments(config) };
  return loadBybitPanel(folder, permit, universe).panel;
}

/** The bars that a configuration names, with everything sealed left sealed. */
export function loadRows(config: MarketConfig): Promise<Panel> {
  return loadMarket({ config, holdout: null, holdoutLog: "", now: 0 }); // the last two are read by an opening alone
}

/** Synthetic data have no sealed months but sealed seeds: those of pre-registered experiments, opened alike. */
async function syntheticPanel({ config, holdout, holdoutLog, now }: MarketRequest): Promise<Panel> {
  const { seed } = config.market;
  const sealed = isSealedSeed(seed);
  if (sealed !== (holdout !== null)) {
    throw new UserError(
      sealed
        ? `Cannot make the market as seeds from ${FIRST_SEALED_SEED} on are sealed for pre-registered experiments: ` +
          `give --holdout a reason, or take a smaller seed: current value is ${seed}`
        : "Cannot open sealed data as there are none: no real bars, and a market seed of development",
    );
  }
  const { panel } = marketOf(config);
  if (holdout !== null) {
    const { appendOpening } = await import("./holdout.ts");
    const permit = { reason: holdout, logFile: holdoutLog, time: now };
    appendOpening(permit, { opened: "synthetic market", rowsHash: panel.hash, seed });
  }
  return panel;
}

async function holdsBars(folder: string, coins: readonly Coin[]): Promise<boolean> {
  try {
    await Deno.stat(folder);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
  const { hasBybitFolder } = await import("./bybit_csv.ts");
  return hasBybitFolder(folder, coins);
}
