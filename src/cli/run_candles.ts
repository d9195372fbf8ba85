import { loadMarket } from "../adapters/bars/load_market.ts";
import { loadRunExtensions } from "../adapters/extensions/stored_extensions.ts";
import type { StoredRun } from "../adapters/runs/run_files.ts";
import { UserError } from "../core/user_error.ts";
import { BAR_MS } from "../core/universe.ts";
import { runMarket, storedConfig } from "../experiments/explain/explain_run.ts";
import { candlesFigure } from "../figures/candles.ts";
import { candlesData, chartFills, type FillColumns } from "../figures/candles_data.ts";
import type { Figure } from "../figures/figure.ts";
import { runSubtitle } from "../figures/run_subtitle.ts";
import type { FigureWidth } from "../figures/theme.ts";
import { parseCoins, parseInstant } from "./instants.ts";
import { HOLDOUT_FILE } from "./paths.ts";

/** Bars of candles where no flag says from when: a month. */
const USUAL_BARS = 180;

/** What is asked for. */
export interface CandlesRequest {
  readonly candles: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly data: string | undefined;
  readonly extensions: readonly string[];
  readonly width: FigureWidth;
}

/**
 * Candles of some coins with what the run's headline filled in them, over reported rows. The bars are loaded again, and
 * must be those that the run had.
 */
export async function runCandles(
  run: StoredRun,
  { candles, from, to, data, extensions, width }: CandlesRequest,
): Promise<Figure[]> {
  const { result, tables } = run;
  if (result.source.kind === "bybit" && result.source.unsealed) {
    throw new UserError(
      "Cannot draw candles of this run as it was made from the sealed months, which a figure may not open",
    );
  }
  if (!tables.fills) throw new UserError("Cannot draw candles of this run as it has not stored its fills");
  await loadRunExtensions(run, extensions); // its configuration names what they declare
  const stored = storedConfig(result);
  const config = data === undefined ? stored : { ...stored, data: { ...stored.data, folder: data } };
  const market = await loadMarket({ config, opening: null, holdoutLog: HOLDOUT_FILE, now: Date.now() });
  const panel = runMarket(run, market);
  const first = result.reported.from, last = result.reported.to;
  const rowOf = (time: number) => Math.floor((time - panel.openTime[0]!) / BAR_MS);
  const end = to === undefined ? last : Math.min(last, rowOf(parseInstant(to, "--to")));
  const begin = from === undefined ? end - USUAL_BARS + 1 : rowOf(parseInstant(from, "--from"));
  const rows = { from: Math.max(first, begin), to: end + 1 };
  if (rows.from >= rows.to) {
    throw new UserError("Cannot draw candles as --from and --to must hold reported bars of the run");
  }
  const fills = tables.fills as unknown as FillColumns;
  return parseCoins(candles, "--candles").map((coin) => ({
    ...candlesFigure(candlesData(panel, coin, chartFills(fills, result.headline, coin), rows), {
      subtitle: runSubtitle(result),
      width,
    }),
    name: `candles_${coin}`,
  }));
}
