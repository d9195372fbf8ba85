/** What a run stores in tables of its own beside its series, one Parquet file each. */
import type { NumberTable } from "../core/number_table.ts";
import type { Ledger } from "../simulation/ledger.ts";
import { FILL, FILL_KINDS } from "../simulation/trace.ts";
import type { StrategyOutcome } from "./jobs/job_result.ts";

/** Columns of numbers or of words, all of one length. */
export type RunTable = Readonly<Record<string, Float64Array | readonly string[]>>;

/** Tables by name. */
export type RunTables = Readonly<Record<string, RunTable>>;

/** What rows and coins of a table are called. */
export interface TableNames {
  /** Names of the coins, by index. */
  readonly coins: readonly string[];
  /** Open time of every row, ms UTC; shape [rows]. */
  readonly openTime: Float64Array;
}

const FUNDING = FILL.funding;

/**
 * Every fill and funding payment of the strategies that have an account of their own, strategy by strategy in the
 * order in which they happened. `time` is the open of the bar it happened in. `quantity` is bought (> 0) or sold;
 * for funding it is the position that pays, and `side` its side. Fills in rows before the reported ones are listed
 * too: they opened what is held then.
 */
export function fillsTable(
  outcomes: readonly StrategyOutcome[],
  { coins, openTime }: TableNames,
): RunTable {
  const parts = outcomes.flatMap(({ name, series }) => series?.ledger ? [{ name, ...series.ledger }] : []);
  const numbers = (column: string, change = (value: number, _fills: NumberTable, _i: number) => value) =>
    Float64Array.from(
      parts.flatMap(({ fills }) => Array.from(fills[column] ?? [], (value, i) => change(value, fills, i))),
    );
  const words = (column: string, word: (value: number, fills: NumberTable, i: number) => string) =>
    parts.flatMap(({ fills }) => Array.from(fills[column] ?? [], (value, i) => word(value, fills, i)));
  const isFunding = (fills: NumberTable, i: number) => fills.kind![i] === FUNDING;
  return {
    strategy: parts.flatMap(({ name, fills }) => new Array<string>(fills.row?.length ?? 0).fill(name)),
    row: numbers("row"),
    time: numbers("row", (row) => openTime[row]!),
    coin: words("coin", (coin) => coins[coin]!),
    kind: words("kind", (kind) => FILL_KINDS[kind]!),
    side: words(
      "quantity",
      (quantity, fills, i) =>
        isFunding(fills, i) ? (quantity > 0 ? "long" : "short") : quantity > 0 ? "buy" : "sell",
    ),
    quantity: numbers("quantity"),
    price: numbers("price"),
    fee: numbers("fee"),
    slippage: numbers("slippage"),
    funding: numbers("realised", (realised, fills, i) => isFunding(fills, i) ? 0 - realised : 0),
    realised: numbers("realised", (realised, fills, i) => isFunding(fills, i) ? 0 : realised),
  };
}

/** The fills of one strategy as its account listed them, from the stored table. */
export function fillsOf(table: RunTable, strategy: string, coins: readonly string[]): Ledger["fills"] {
  const names = table.strategy as readonly string[];
  const at = names.flatMap((name, i) => name === strategy ? [i] : []);
  const read = (column: string) => Float64Array.from(at, (i) => table[column]![i] as number);
  const funding = read("funding");
  return {
    row: read("row"),
    coin: Float64Array.from(at, (i) => coins.indexOf(table.coin![i] as string)),
    kind: Float64Array.from(at, (i) => FILL_KINDS.indexOf(table.kind![i] as (typeof FILL_KINDS)[number])),
    quantity: read("quantity"),
    price: read("price"),
    fee: read("fee"),
    slippage: read("slippage"),
    realised: read("realised").map((realised, i) => realised - funding[i]!),
  };
}
