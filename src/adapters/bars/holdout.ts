import { dirname } from "node:path";
import { canonicalJson } from "../../core/hash.ts";
import { formatTime } from "../../core/time.ts";
import { type Coin, DECLARED_COINS, type Instrument } from "../../core/universe.ts";
import { type CoinBars, COLUMN_NAMES, createPanel, type Panel } from "../../market/panel.ts";
import type { DerivedBars } from "../../market/derived_columns.ts";
import { developmentRows } from "../../market/seal.ts";
import { readBybitFolder } from "./bybit_csv.ts";
import { markedSource } from "./synthetic_mark.ts";
import { UserError } from "../../core/user_error.ts";

/** Leave to see the sealed months. Opening them is written to a log before any row is handed out. */
export interface HoldoutPermit {
  /** Why they are opened; must not be blank. */
  readonly reason: string;
  /** JSONL file that the opening is appended to. */
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
  /** Development rows, or all rows with a permit; `source.unsealed` says which and stays with what is made from them. */
  readonly panel: Panel;
  /** Number of rows that a permit is needed for: the last 12 calendar months of real bars, none of synthetic ones. */
  readonly sealedRows: number;
  /** Open of the first and of the last row of the panel, ms UTC. */
  readonly from: number;
  readonly to: number;
  /** The files' derived columns over the panel's rows, for the quality report. */
  readonly derived: readonly DerivedBars[];
}

/**
 * Loads the Bybit CSVs of a folder. The last 12 calendar months stay sealed unless a permit is given. Bars that
 * are marked as synthetic come as what they are, and nothing of them is sealed.
 *
 * @throws {RangeError} If the permit gives no reason, the bars span less than the sealed months, or a file is missing.
 * @throws {BybitCsvError} If a line of a CSV breaks a rule.
 * @throws {UserError} If a mark does not belong to the bars, or a permit is given for synthetic ones.
 */
export function loadBybitPanel(
  folder: string,
  permit?: HoldoutPermit,
  universe: LoadedUniverse = { coins: DECLARED_COINS, instruments: [] },
): LoadedBars {
  if (permit && permit.reason.trim() === "") {
    throw new RangeError(
      `Cannot open the sealed months as a permit must give a reason: current value is "${permit.reason}"`,
    );
  }
  const { coins, openTime, derived } = readBybitFolder(folder, universe.coins);
  const unsealed = permit !== undefined;
  const whole = createPanel(coins, openTime, { kind: "bybit", folder, unsealed }, universe.instruments);
  const synthetic = markedSource(folder, whole.hash);
  if (synthetic && permit) {
    throw new UserError(`Cannot open sealed rows as there are none: the bars in ${folder} are synthetic`);
  }
  const development = synthetic ? openTime.length : developmentRows(openTime);
  if (permit) recordOpening(whole, development, permit);
  const panel = synthetic ? { ...whole, source: synthetic } : permit ? whole : copiedRows(whole, development);
  return {
    panel,
    sealedRows: openTime.length - development,
    from: panel.openTime[0]!,
    to: panel.openTime[panel.rows - 1]!,
    derived: derived.map(({ coin, ...columns }) => ({
      coin,
      ...Object.fromEntries(
        Object.entries(columns).map(([name, values]) => [name, values.slice(0, panel.rows)]),
      ),
    })),
  };
}

/** The first rows in memory of their own: a view would leave the sealed rows one `.buffer` away. */
function copiedRows(panel: Panel, rows: number): Panel {
  const coins = panel.coins.map((bars) => ({
    coin: bars.coin,
    ...Object.fromEntries(COLUMN_NAMES.map((name) => [name, bars[name].slice(0, rows)])),
  } as CoinBars));
  return createPanel(coins, panel.openTime.slice(0, rows), panel.source, panel.instruments);
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

/** Appends one opening of sealed data to a permit's log, a line of JSON: time, reason and what was opened. */
export function appendOpening(
  permit: HoldoutPermit,
  opened: Readonly<Record<string, string | number>>,
): void {
  const line = canonicalJson({ ...opened, reason: permit.reason, time: new Date(permit.time).toISOString() });
  Deno.mkdirSync(dirname(permit.logFile), { recursive: true });
  Deno.writeTextFileSync(permit.logFile, `${line}\n`, { append: true });
}
