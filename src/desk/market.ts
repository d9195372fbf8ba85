/** A market as a notebook has it in hand: bars of coins, what is known of their source, and what must be said of them. */
import { formatTime } from "../core/time.ts";
import { barsFolder } from "../adapters/notebook/bars_folder.ts";
import { absentFiles } from "../adapters/bars/csv_folder.ts";
import { readKeptFile } from "../adapters/bars/kept_bars.ts";
import { loadBybitPanel } from "../adapters/bars/holdout.ts";
import { loadMarketWhole } from "../adapters/bars/load_market.ts";
import { barsOfTable, type BarTable } from "../adapters/bars/table_bars.ts";
import { lastPart } from "../core/plain_path.ts";
import { printable } from "../core/printable.ts";
import { withSummary } from "../adapters/notebook/cell_summary.ts";
import { type Coin, DECLARED_COINS, type Instrument } from "../core/universe.ts";
import { absencesOf } from "../experiments/absences.ts";
import { warningsOf } from "../experiments/assemble.ts";
import type { DerivedBars } from "../market/derived_columns.ts";
import {
  type CoinBars,
  type ColumnName,
  createPanel,
  OWN_TABLE,
  type Panel,
  truncatePanel,
} from "../market/panel.ts";
import { type FileForm, formOf } from "../market/quality/file_form.ts";
import type { SyntheticMode } from "../market/synthetic/worlds.ts";
import { developmentRows } from "../market/seal.ts";
import { freeInstrument } from "./free_instrument.ts";
import { marketLines } from "./cell_lines.ts";
import { inNotebookWords } from "./said_in_notebook.ts";
import { hint, requireKnown } from "../core/known_names.ts";
import { requireMarketRequest, requireReference, syntheticSettings } from "./market_request.ts";

/** Bars of one or several coins on one time axis, and what their source says beside them. */
export interface Market {
  /** The bars; see `Panel`. */
  readonly panel: Panel;
  /** Coins in the order of everything that is indexed by coin. */
  readonly coins: readonly Coin[];
  /** How many bars each coin has. */
  readonly rows: number;
  /** What a reader must know: synthetic data, columns that something stands in for, terms that were assumed. */
  readonly notes: readonly string[];
  /** Columns of the source that follow from others, for the quality report. */
  readonly derived: readonly DerivedBars[];
  /** Times of all rows of the source, sealed ones too. */
  readonly form: FileForm;
}

/** A made world; what is left out is as in a configuration's `market`. */
export interface SyntheticRequest {
  /** Which world; see `SyntheticMode`. */
  readonly mode?: SyntheticMode;
  /** Information coefficient of a planted edge, at most .2; not given where nothing is planted. */
  readonly ic?: number;
  /** Seed of its draws; below 1,000,000. */
  readonly seed?: number;
  /** How many bars each coin has. */
  readonly rows?: number;
}

/** Which bars; one of the four is given. */
export type MarketRequest =
  & (
    | { readonly synthetic: SyntheticRequest }
    | {
      /** A folder of Bybit_<coin>.csv. */
      readonly folder: string;
    }
    | {
      /** A CSV for each coin. */
      readonly files: Readonly<Record<Coin, string>>;
    }
    | {
      /** A table for each coin: columns, or a data frame. */
      readonly table: Readonly<Record<Coin, BarTable>>;
    }
  )
  & {
    /** Coins that are looked at: of a folder those whose files are there, else all that are named. */
    readonly coins?: readonly Coin[];
    /** Terms of coins that are not known to the house; coins without any get none: no ticks, no lots. */
    readonly instruments?: readonly Instrument[];
  };

/**
 * Loads bars: of a folder, of files, of a synthetic world, or from tables in memory. Files are read strictly, and
 * their last 12 months stay sealed; a table's rows are all taken, as whoever made it has seen them.
 *
 * @throws {RangeError} If the request names no source, two, or what is unknown; if a needed column is missing, or the
 *   coins cover different times.
 * @throws {UserError} If a file cannot be read, or a synthetic world breaks a rule.
 */
export async function loadMarket(request: MarketRequest): Promise<Market> {
  requireMarketRequest(request);
  return await inNotebookWords(() => marketFrom(request));
}

async function marketFrom(request: MarketRequest): Promise<Market> {
  if (has(request, "synthetic")) return await syntheticMarketOf(request.synthetic, request.coins);
  if (has(request, "folder")) {
    return folderMarket(await barsFolder(request.folder), request);
  }
  if (has(request, "files")) {
    const coins = request.coins ?? Object.keys(request.files);
    const files = coins.map((coin) => readKeptFile(request.files[coin]!, coin));
    const whole = panelOf(files, namesOf(coins.map((coin) => request.files[coin]!)), request.instruments);
    const rows = developmentRows(whole.panel.openTime);
    const sealedRows = whole.panel.rows - rows;
    const source = { ...whole.panel.source, sealedRows } as Panel["source"];
    const panel = truncatePanel({ ...whole.panel, source }, rows);
    const derived = files.map((file) => cutDerived(file.derived, rows));
    return marketOf(panel, derived, formOf(whole.panel), whole.notes);
  }
  const { table } = request as Extract<MarketRequest, { readonly table: unknown }>;
  const coins = request.coins ?? Object.keys(table);
  const tables = coins.map((coin) => barsOfTable(coin, table[coin]!));
  const { panel, notes } = panelOf(tables, OWN_TABLE, request.instruments);
  return marketOf(panel, [], formOf(panel), notes);
}

/** Files as figures and tables call them: without their folders, which are a machine's own. */
function namesOf(files: readonly string[]): string {
  const names = [...new Set(files.map((file) => lastPart(file)))];
  return names.length <= 3 ? names.join(", ") : `${names.length} files, ${names[0]} to ${names.at(-1)}`;
}

/** True for a request whose source is the one that is named. */
function has<Source extends "synthetic" | "folder" | "files">(
  request: MarketRequest,
  source: Source,
): request is Extract<MarketRequest, { readonly [Name in Source]: unknown }> {
  return (request as Readonly<Record<string, unknown>>)[source] !== undefined;
}

async function syntheticMarketOf(market: SyntheticRequest, coins?: readonly Coin[]): Promise<Market> {
  const config = await syntheticSettings(market, coins);
  const loaded = await loadMarketWhole({ config, opening: null, holdoutLog: "", now: 0 });
  return marketOf(loaded.panel, loaded.derived, loaded.form, []);
}

function folderMarket(folder: string, { coins: asked, instruments = [] }: MarketRequest): Market {
  const absent = absentFiles(folder, DECLARED_COINS);
  const present = DECLARED_COINS.filter((coin) => !absent.some((name) => name.includes(`_${coin}.csv`)));
  const coins = asked ?? (present.length > 0 ? present : DECLARED_COINS); // none: the reader says what is missing
  const typo = coins.find((coin) => absentFiles(folder, [coin]).length > 0 && hint(coin, present) !== "");
  if (typo !== undefined) {
    requireKnown(`Cannot load a market of ${printable(folder)} as a coin`, typo, present);
  }
  requireReference(coins);
  const { terms, notes } = termsFor(coins, instruments);
  const loaded = loadBybitPanel(folder, undefined, { coins, instruments: terms });
  return marketOf(loaded.panel, loaded.derived, loaded.form, notes);
}

/** Joins coins that were read one by one. */
function panelOf(
  read: readonly {
    readonly openTime: Float64Array;
    readonly bars: CoinBars;
    readonly missing: readonly ColumnName[];
  }[],
  folder: string,
  instruments: readonly Instrument[] = [],
): { readonly panel: Panel; readonly notes: readonly string[] } {
  const [first] = read;
  if (first === undefined) throw new RangeError("Cannot load a market as at least one coin must be given");
  for (const { bars, openTime, missing } of read) {
    const sameTimes = openTime.length === first.openTime.length && openTime[0] === first.openTime[0];
    if (sameTimes && missing.join() === first.missing.join()) continue;
    if (!sameTimes) {
      const span = (times: Float64Array) =>
        `${times.length} rows from ${formatTime(times[0]!)} to ${formatTime(times.at(-1)!)}`;
      throw new RangeError(
        `Cannot join ${bars.coin} with ${first.bars.coin} as all coins must have the same times: it has ${
          span(openTime)
        }, the other ${span(first.openTime)}`,
      );
    }
    throw new RangeError(
      `Cannot join ${bars.coin} with ${first.bars.coin} as all coins must have the same columns: it lacks ` +
        `${missing.join(", ") || "nothing"}, the other ${first.missing.join(", ") || "nothing"}`,
    );
  }
  requireReference(read.map(({ bars }) => bars.coin));
  const { terms, notes } = termsFor(read.map(({ bars }) => bars.coin), instruments);
  const source = { kind: "bybit", folder, unsealed: false, sealedRows: 0 } as const;
  return {
    panel: createPanel(read.map(({ bars }) => bars), first.openTime, source, terms, first.missing),
    notes,
  };
}

/** Terms of the coins that the house does not know: those given, else none. */
function termsFor(coins: readonly Coin[], given: readonly Instrument[]) {
  const unknown = coins.filter((coin) =>
    !DECLARED_COINS.includes(coin) && !given.some((one) => one.coin === coin)
  );
  const notes = unknown.map((coin) =>
    `The terms of ${coin} are not known: it is traded without ticks, lots and maintenance margin.`
  );
  return { terms: [...given, ...unknown.map((coin) => freeInstrument(coin))], notes };
}

function cutDerived({ coin, ...columns }: DerivedBars, rows: number): DerivedBars {
  const cut = Object.entries(columns).map((
    [name, values],
  ) => [name, (values as Float64Array).slice(0, rows)]);
  return { coin, ...Object.fromEntries(cut) };
}

function marketOf(
  panel: Panel,
  derived: readonly DerivedBars[],
  form: FileForm,
  notes: readonly string[],
): Market {
  const market: Market = {
    panel,
    coins: panel.coins.map(({ coin }) => coin),
    rows: panel.rows,
    notes: [...warningsOf(panel), ...sealedNote(panel), ...notes, ...absencesOf(panel, true)],
    derived,
    form,
  };
  return withSummary(market, marketLines);
}

/** How many rows of the source stay sealed. */
function sealedNote({ source }: Panel): string[] {
  if (source.kind !== "bybit" || source.unsealed || source.sealedRows === 0) return [];
  return [`The last 12 months of the source stay sealed: ${source.sealedRows} rows are not in this market.`];
}
