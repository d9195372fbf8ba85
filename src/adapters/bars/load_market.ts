import type { DerivedBars } from "../../market/derived_columns.ts";
import { type MarketConfig, USUAL_FOLDER } from "../../experiments/config.ts";
import { marketOf, statedInstruments } from "../../experiments/market.ts";
import type { Panel } from "../../market/panel.ts";
import { type FileForm, formOf } from "../../market/quality/file_form.ts";
import { FIRST_SEALED_SEED, isSealedSeed } from "../../market/seal.ts";
import { UserError } from "../../core/user_error.ts";
import { foundAt, isEmptyFolder } from "./csv_folder.ts";
import { attachNews } from "../news/attach_news.ts";
import { appendOpening, type HoldoutPermit, loadBybitPanel } from "./holdout.ts";
import { openingNamed } from "./openings.ts";

/** How a run gets its bars. */
export interface MarketRequest {
  readonly config: MarketConfig;
  /** ID of the opening by which sealed data may be seen; null leaves them sealed. */
  readonly opening: string | null;
  /** JSONL file of openings and their uses, and now (ms UTC). */
  readonly holdoutLog: string;
  readonly now: number;
}

/** The bars of a run, and what their source holds beside them. */
export interface LoadedMarket {
  readonly panel: Panel;
  /** Columns of the files that follow from others; none of a synthetic market. */
  readonly derived: readonly DerivedBars[];
  readonly form: FileForm;
}

/**
 * The bars of a run: real ones where the configuration names a folder or the usual one holds something, else the
 * synthetic market, which says so wherever its numbers are shown (from CSVs too, if they are marked). A folder that
 * was named, or holds anything, is never passed over for what it lacks. Real bars come without their sealed months unless
 * an opening is named.
 *
 * @throws {RangeError} If a folder lacks the file of a coin, or is a link that leads nowhere.
 * @throws {UserError} If a file breaks a rule, the opening is none, or one is named for synthetic data.
 */
export async function loadMarket(request: MarketRequest): Promise<Panel> {
  return (await loadMarketWhole(request)).panel;
}

/** The same with what the quality report reads beside the panel. */
export async function loadMarketWhole(request: MarketRequest): Promise<LoadedMarket> {
  const bars = loadBars(request);
  return { ...bars, panel: await attachNews(bars.panel, request.config) };
}

function loadBars(request: MarketRequest): LoadedMarket {
  const { config, opening, holdoutLog, now } = request;
  const folder = folderOf(config);
  if (folder === null) {
    const panel = syntheticPanel(request);
    return { panel, derived: [], form: formOf(panel) };
  }
  const permit = opening === null
    ? undefined
    : { opening: openingNamed(holdoutLog, opening), logFile: holdoutLog, time: now };
  const universe = { coins: config.universe.coins, instruments: statedInstruments(config) };
  return loadBybitPanel(folder, permit, universe);
}

/** The bars that a configuration names, with everything sealed left sealed. */
export function loadRows(config: MarketConfig): Promise<Panel> {
  return loadMarket({ config, opening: null, holdoutLog: "", now: 0 }); // the last two are read by an opening alone
}

/** An opening, and the log that it stands in. */
export interface OpeningUsed {
  readonly id: string;
  readonly log: string;
}

/** The bars that a configuration names, by an opening where there is one; each use is logged. */
export function loadRowsBy(config: MarketConfig, opening: OpeningUsed | null): Promise<Panel> {
  if (opening === null) return loadRows(config);
  return loadMarket({ config, opening: opening.id, holdoutLog: opening.log, now: Date.now() });
}

/** The folder whose bars are read; null for the synthetic market. */
export function folderOf({ data: { source, folder } }: MarketConfig): string | null {
  if (source === "synthetic") return null;
  const usual = source === "auto" && folder === USUAL_FOLDER;
  return usual && (foundAt(folder) === "nothing" || isEmptyFolder(folder)) ? null : folder;
}

/** Synthetic data have no sealed months but sealed seeds: those of pre-registered experiments, opened alike. */
function syntheticPanel({ config, opening, holdoutLog, now }: MarketRequest): Panel {
  const { seed } = config.market;
  const sealed = isSealedSeed(seed);
  if (sealed !== (opening !== null)) {
    throw new UserError(
      sealed
        ? `Cannot make the market as seeds from ${FIRST_SEALED_SEED} on are sealed for pre-registered experiments: ` +
          `give --opening one of holdout open, or take a smaller seed: current value is ${seed}`
        : "Cannot open sealed data as there are none: no real bars, and a market seed of development",
    );
  }
  const { panel } = marketOf(config);
  if (opening === null) return panel;
  const permit: HoldoutPermit = {
    opening: openingNamed(holdoutLog, opening),
    logFile: holdoutLog,
    time: now,
  };
  appendOpening(permit, { opened: "synthetic market", rowsHash: panel.hash, seed });
  return panel.source.kind === "synthetic" ? { ...panel, source: { ...panel.source, opening } } : panel;
}
