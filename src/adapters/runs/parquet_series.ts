/**
 * The series of a run as one Parquet file. Columns: `openTime` (ms UTC); the equity of each strategy under its name
 * (USDT); its other bar-book columns as `<strategy>.<column>` and the profit of each coin as
 * `<strategy>.profit.<coin>` (USDT).
 */
import type { RunSeries, StrategySeries } from "../../experiments/result.ts";
import type { RunTable } from "../../experiments/run_tables.ts";
import { BAR_BOOK_COLUMNS, bookOf } from "../../simulation/bar_book.ts";
import { readParquetTable, tableToParquet } from "./parquet.ts";

const TIME = "openTime", EQUITY = "equity", PROFIT = "profit";

/**
 * Parquet bytes of a run's series. Equal series give equal bytes.
 *
 * @throws {RangeError} If a column has another length, or a strategy is called openTime or has a dot in its name.
 */
export async function seriesToParquet({ openTime, equity, accounts }: RunSeries): Promise<Uint8Array> {
  const names = Object.keys(equity).sort(); // so that the order in which strategies ran does not matter
  for (const name of names) {
    if (name === TIME || name.includes(".")) {
      throw new RangeError(
        `Cannot write series as no strategy may be named as the time column or hold a dot: current value is ${name}`,
      );
    }
    if (equity[name]!.length !== openTime.length) {
      throw new RangeError(
        `Cannot write series as every strategy must have ${openTime.length} rows: ${name} has ${
          equity[name]!.length
        }`,
      );
    }
  }
  const columns = names.flatMap((name) => [[name, equity[name]!], ...accountColumns(name, accounts[name])]);
  return await tableToParquet({ [TIME]: openTime, ...Object.fromEntries(columns) });
}

function accountColumns(
  strategy: string,
  account: StrategySeries | undefined,
): (readonly [string, Float64Array])[] {
  if (!account) return [];
  const { book, coinProfit } = account;
  const profits = Object.entries(coinProfit ?? {});
  return [
    ...BAR_BOOK_COLUMNS.filter((name) => name !== EQUITY).map((name) =>
      [`${strategy}.${name}`, book[name]] as const
    ),
    ...profits.map(([coin, profit]) => [`${strategy}.${PROFIT}.${coin}`, profit] as const),
  ];
}

/** The series in a Parquet file; one that holds equity alone has no accounts. @throws {TypeError} If it holds anything else. */
export async function readParquetSeries(path: string): Promise<RunSeries> {
  const table = await readParquetTable(path);
  const [first, ...names] = Object.keys(table);
  if (first !== TIME) {
    throw new TypeError(`Cannot read series as its first column must be ${TIME}: current value is ${first}`);
  }
  const strategies = names.filter((name) => !name.includes("."));
  return {
    openTime: numbersOf(table, TIME),
    equity: Object.fromEntries(strategies.map((name) => [name, numbersOf(table, name)])),
    accounts: Object.fromEntries(
      strategies.filter((name) => `${name}.fees` in table).map((name) => [name, accountOf(table, name)]),
    ),
  };
}

function accountOf(table: RunTable, strategy: string): StrategySeries {
  const prefix = `${strategy}.${PROFIT}.`;
  const profits = Object.keys(table).filter((name) => name.startsWith(prefix));
  return {
    book: bookOf((name) => {
      const column = name === EQUITY ? strategy : `${strategy}.${name}`;
      // runs from before models were asked have no such column
      if (name === "modelCost" && !(column in table)) return new Float64Array(numbersOf(table, TIME).length);
      return numbersOf(table, column);
    }),
    coinProfit: profits.length === 0
      ? null
      : Object.fromEntries(profits.map((name) => [name.slice(prefix.length), numbersOf(table, name)])),
  };
}

function numbersOf(table: RunTable, name: string): Float64Array {
  const column = table[name];
  if (column instanceof Float64Array) return column;
  throw new TypeError(`Cannot read series as column ${name} must hold 64-bit numbers`);
}
