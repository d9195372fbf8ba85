import type { RunConfig } from "../experiments/config.ts";
import { marketOf } from "../experiments/market.ts";
import type { Panel } from "../market/panel.ts";
import { UserError } from "./user_error.ts";

/** How a run gets its bars. */
export interface MarketRequest {
  readonly config: RunConfig;
  /** Why the sealed months may be opened; null leaves them sealed. */
  readonly holdout: string | null;
  /** JSONL file that an opening is appended to, and now (ms UTC). */
  readonly holdoutLog: string;
  readonly now: number;
}

/**
 * The bars of a run: real ones where the configuration names or finds them, else the synthetic market, which
 * says so wherever its numbers are shown. Real bars come without their sealed months unless a reason is given.
 *
 * @throws {UserError} If real bars are asked for and missing, or a reason is given for synthetic data.
 */
export async function loadMarket({ config, holdout, holdoutLog, now }: MarketRequest): Promise<Panel> {
  const { source, folder } = config.data;
  const real = source === "bybit" || (source === "auto" && await holdsBars(folder));
  if (!real) {
    if (holdout !== null) {
      throw new UserError(
        "Cannot open the sealed months as there are no real bars: synthetic data have none",
      );
    }
    return marketOf(config).panel;
  }
  const { loadBybitPanel } = await import("./holdout.ts"); // polars is loaded for real bars only
  const permit = holdout === null ? undefined : { reason: holdout, logFile: holdoutLog, time: now };
  return loadBybitPanel(folder, permit).panel;
}

async function holdsBars(folder: string): Promise<boolean> {
  try {
    await Deno.stat(folder);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
  const { hasBybitFolder } = await import("./bybit_csv.ts");
  return hasBybitFolder(folder);
}
