import { printable } from "../../core/printable.ts";
import { formatTime } from "../../core/time.ts";
import { BAR_MS, type Coin, DECLARED_COINS, type Instrument } from "../../core/universe.ts";
import { type CoinBars, COLUMN_NAMES, createPanel, type Panel } from "../../market/panel.ts";
import type { DerivedBars } from "../../market/derived_columns.ts";
import { type FileForm, formOf } from "../../market/quality/file_form.ts";
import { developmentRows } from "../../market/seal.ts";
import { readBybitFolder } from "./bybit_csv.ts";
import { readKeptFile } from "./kept_bars.ts";
import { type Opening, type OpeningUse, useOpening } from "./openings.ts";
import { markedSource } from "./synthetic_mark.ts";
import { UserError } from "../../core/user_error.ts";

/** Leave to see the sealed months. Opening them is written to a log before any row is handed out. */
export interface HoldoutPermit {
  /** What they are opened by. */
  readonly opening: Opening;
  /** JSONL file that the use is appended to. */
  readonly logFile: string;
  /** Now, ms UTC. */
  readonly time: number;
}

/** Which coins of a folder are loaded, and the instruments of those that are not declared. */
export interface LoadedUniverse {
  readonly coins: readonly Coin[];
  readonly instruments: readonly Instrument[];
}

/** The bars of a folder as a panel. */
export interface LoadedBars {
  /** Development rows, or all rows with a permit; `source` says which and stays with what is made from them. */
  readonly panel: Panel;
  /** Number of rows that a permit is needed for: the last 12 calendar months of real bars, none of synthetic ones. */
  readonly sealedRows: number;
  /** Open of the first and of the last row of the panel, ms UTC. */
  readonly from: number;
  readonly to: number;
  /** The files' derived columns over the panel's rows, for the quality report. */
  readonly derived: readonly DerivedBars[];
  /** What may be known of all rows, the sealed ones too: their times, and whether the last bar looks cut short. */
  readonly form: FileForm;
}

/**
 * Loads the Bybit CSVs of a folder. The last 12 calendar months stay sealed unless a permit is given. Bars that
 * are marked as synthetic come as what they are, and nothing of them is sealed.
 *
 * @throws {RangeError} If the bars span less than the sealed months, or a file is missing.
 * @throws {BybitCsvError} If a line of a CSV breaks a rule.
 * @throws {UserError} If a mark does not belong to the bars, or a permit is given for synthetic ones or for bars of
 *   which the last has not closed yet.
 */
export function loadBybitPanel(
  folder: string,
  permit?: HoldoutPermit,
  universe: LoadedUniverse = { coins: DECLARED_COINS, instruments: [] },
): LoadedBars {
  const bars = readBybitFolder(folder, universe.coins, readKeptFile);
  const { coins, openTime, derived, missing } = bars;
  const synthetic = markedSource(folder, coins, openTime);
  if (synthetic && permit) {
    throw new UserError(
      `Cannot open sealed rows as there are none: the bars in ${printable(folder)} are synthetic`,
    );
  }
  if (permit) requireClosed(folder, openTime, permit.time);
  const development = synthetic ? openTime.length : developmentRows(openTime);
  const sealedRows = openTime.length - development;
  const stamp = permit ? { opening: permit.opening.id } : {};
  const source = synthetic ??
    { kind: "bybit", folder, unsealed: permit !== undefined, sealedRows, ...stamp } as const;
  const whole = createPanel(coins, openTime, source, universe.instruments, missing);
  if (permit) recordOpening(whole, development, permit);
  const panel = synthetic || permit ? whole : copiedRows(whole, development);
  return {
    panel,
    sealedRows,
    from: panel.openTime[0]!,
    to: panel.openTime[panel.rows - 1]!,
    derived: derived.map(({ coin, ...columns }) => ({
      coin,
      ...Object.fromEntries(
        Object.entries(columns).map(([name, values]) => [name, values.slice(0, panel.rows)]),
      ),
    })),
    form: formOf(whole),
  };
}

/** The first rows in memory of their own: a view would leave the sealed rows one `.buffer` away. */
function copiedRows(panel: Panel, rows: number): Panel {
  const coins = panel.coins.map((bars) => ({
    coin: bars.coin,
    ...Object.fromEntries(COLUMN_NAMES.map((name) => [name, bars[name].slice(0, rows)])),
  } as CoinBars));
  return createPanel(coins, panel.openTime.slice(0, rows), panel.source, panel.instruments, panel.missing);
}

/** What is made from a bar that still moves cannot be made again. */
function requireClosed(folder: string, openTime: Float64Array, now: number): void {
  const last = openTime[openTime.length - 1]!;
  if (last + BAR_MS <= now) return;
  throw new UserError(
    `Cannot open the sealed months of ${printable(folder)} as every bar must have closed: the last, of ${
      formatTime(last)
    }, closes at ${formatTime(last + BAR_MS)}, and it is ${
      formatTime(now)
    } UTC. Take that line out of every file, ` +
      "or download them again later.",
  );
}

function recordOpening(panel: Panel, development: number, permit: HoldoutPermit): void {
  appendOpening(permit, {
    opened: "real bars",
    rowsHash: panel.hash,
    from: formatTime(panel.openTime[development]!),
    to: formatTime(panel.openTime[panel.rows - 1]!),
    rows: panel.rows - development,
  });
}

/** Enters a use of a permit's opening in its log: time, and what was opened. */
export function appendOpening(permit: HoldoutPermit, opened: OpeningUse): void {
  useOpening(permit.logFile, permit.opening, opened, new Date(permit.time).toISOString());
}
