/** One's own signals, as a notebook holds them, written into the plan that an account trades. */
import type { Coin } from "../core/universe.ts";
import { LIMITS, type Limits, LIMITS_WIDTH } from "../simulation/limits.ts";
import { PLAN, type Plan, PLAN_WIDTH } from "../simulation/plan.ts";

/** A value for each row of the market: numbers, or true and false. */
export type Series = ArrayLike<number | boolean>;

/** The same for all coins, or one for each coin by name; one series alone is enough where one coin is traded. */
export type ByCoin<Value> = Value | Readonly<Record<Coin, Value>>;

/** What to do, known at the close of each row. Either `targets`, or `entries` and `exits`. */
export interface Signals {
  /**
   * Wanted direction and strength in [-1, 1] at each row: 1 is the whole size long, 0 flat, NaN leaves the position as
   * it is. A position is moved once it is off by more than a quarter of its target.
   */
  readonly targets?: ByCoin<Series> | undefined;
  /** Where a long is opened. With an exit at the same row nothing is done. */
  readonly entries?: ByCoin<Series> | undefined;
  /** Where a long is closed. */
  readonly exits?: ByCoin<Series> | undefined;
  /** Where a short is opened. */
  readonly shortEntries?: ByCoin<Series> | undefined;
  /** Where a short is closed. */
  readonly shortExits?: ByCoin<Series> | undefined;
  /** Distance of the stop from the fill, a fraction of price; 0 for none. */
  readonly stop?: ByCoin<number | Series> | undefined;
  /** Distance of the take-profit from the fill, a fraction of price; 0 for none. */
  readonly target?: ByCoin<number | Series> | undefined;
}

/** How large positions are. */
export interface Sizing {
  /** Position value over margin, >= 1; 1 unless given. */
  readonly leverage?: number;
  /** Share of equity posted as margin for one coin at full strength; 1 over the number of coins unless given. */
  readonly size?: number;
  /** Share of equity that a hit stop may lose; sizes are cut to it. No limit unless given. */
  readonly risk?: number;
}

/** What the account must keep to; each is off unless given. See `LIMITS` for what they mean. */
export type BacktestLimits = { readonly [Name in keyof typeof LIMITS]?: number };

/** The size of a position with nothing left out. */
export function settledSizing(sizing: Sizing, coins: number): Required<Sizing> {
  const { leverage = 1, size = 1 / coins, risk = Infinity } = sizing;
  const numbers = [leverage, size, risk].every((value) => typeof value === "number");
  if (!(numbers && leverage >= 1 && leverage < Infinity && size >= 0 && size <= 1 && risk > 0)) {
    throw new RangeError(
      `Cannot size positions as leverage >= 1, size from 0 to 1 and risk > 0 must hold: current values are ` +
        `${leverage}, ${size}, ${risk}`,
    );
  }
  return { leverage, size, risk };
}

/** Writes what does not change from row to row. */
export function fillSizing(plan: Plan, { leverage, size, risk }: Required<Sizing>): void {
  const { values } = plan;
  for (let at = 0; at < values.length; at += PLAN_WIDTH) {
    values[at + PLAN.leverage] = leverage;
    values[at + PLAN.baseSize] = size;
    values[at + PLAN.riskPerTrade] = risk;
  }
}

/** Writes the same limits at every row; one that is left out never binds. */
export function fillLimits(limits: Limits, given: BacktestLimits): void {
  const open = {
    maxLeverage: 1000,
    maxPosition: 1,
    marginBuffer: 0,
    dailyLoss: 1,
    maxDrawdown: 1,
    maxGross: 1e6,
  };
  const row = new Float64Array(LIMITS_WIDTH);
  for (const [name, value] of Object.entries({ ...open, ...given })) {
    row[LIMITS[name as keyof typeof LIMITS]] = value;
  }
  for (let at = 0; at < limits.values.length; at += LIMITS_WIDTH) limits.values.set(row, at);
}

/**
 * Writes signals into a plan whose sizes stand already.
 *
 * @param levels False where the plan's stops and targets are 0 already, and none is given.
 * @throws {RangeError} If a series has another length.
 */
export function writeSignals(plan: Plan, coins: readonly Coin[], signals: Signals, levels = true): void {
  requireOneKind(signals);
  coins.forEach((coin, i) => {
    writeWishes(signals, coin, coins, {
      values: plan.values,
      rows: plan.rows,
      first: i * PLAN_WIDTH + PLAN.conviction,
      step: coins.length * PLAN_WIDTH,
    });
    if (levels) writeLevels(plan, i, coins, signals);
  });
}

/** Writes a coin's stops and targets into a plan; 0 where none are given. */
export function writeLevels(plan: Plan, i: number, coins: readonly Coin[], signals: Signals): void {
  const coin = coins[i]!;
  for (const name of ["stop", "target"] as const) {
    writeLevel(plan, i, name, givenTo(signals[name], name, coin, coins, plan.rows), coin);
  }
}

/** Where a coin's convictions are written: one value each `step`, from `first` on. */
interface WishColumn {
  readonly values: Float64Array;
  readonly rows: number;
  readonly first: number;
  readonly step: number;
}

/**
 * A coin's convictions as a column: the targets themselves where they are one already, not looked at, else written into
 * `column`.
 *
 * @param column Shape [rows].
 */
export function wishesOf(
  signals: Signals,
  coin: Coin,
  coins: readonly Coin[],
  column: Float64Array,
): Float64Array {
  requireOneKind(signals);
  const rows = column.length;
  const targets = seriesOf(signals.targets, "targets", coin, coins, rows);
  if (targets instanceof Float64Array) return targets;
  writeWishes(signals, coin, coins, { values: column, rows, first: 0, step: 1 });
  return column;
}

function requireOneKind({ targets, entries, shortEntries }: Signals): void {
  if ((targets === undefined) !== (entries === undefined && shortEntries === undefined)) return;
  throw new RangeError(
    "Cannot trade as either targets or entries (with exits, shortEntries, shortExits) must be given",
  );
}

function writeWishes(signals: Signals, coin: Coin, coins: readonly Coin[], column: WishColumn): void {
  const of = (name: keyof Signals) => seriesOf(signals[name], name, coin, coins, column.rows);
  const wanted = of("targets");
  if (wanted !== null) writeTargets(column, wanted, coin);
  else writeCrossings(column, of("entries"), of("exits"), of("shortEntries"), of("shortExits"));
}

function writeTargets({ values, rows, first, step }: WishColumn, targets: Series, name: Coin): void {
  let largest = 0;
  for (let row = 0, at = first; row < rows; row++, at += step) {
    const wanted = +(targets[row] ?? NaN); // null, as data frames have it, is no value
    values[at] = wanted;
    if (wanted > largest) largest = wanted;
    else if (-wanted > largest) largest = -wanted;
  }
  requireSize(name, largest);
}

/** Refuses targets of which one is larger than 1 in size. */
export function requireTargets(coin: Coin, targets: Float64Array, from: number, to: number): void {
  let largest = 0;
  for (let row = from; row < to; row++) largest = Math.max(largest, Math.abs(targets[row]!) || 0);
  requireSize(coin, largest);
}

function requireSize(coin: Coin, largest: number): void {
  if (largest <= 1) return;
  throw new RangeError(
    `Cannot trade ${coin} as targets must lie in -1..1, or be NaN to leave the position: one is ${largest} in ` +
      "size. Give a larger size or leverage instead.",
  );
}

function writeCrossings(
  { values, rows, first, step }: WishColumn,
  enter: Series | null,
  leave: Series | null,
  sell: Series | null,
  buyBack: Series | null,
): void {
  let side = 0; // that the signals last asked for
  for (let row = 0, at = first; row < rows; row++, at += step) {
    const entry = isOn(enter, row),
      exit = isOn(leave, row),
      sale = isOn(sell, row),
      cover = isOn(buyBack, row);
    const long = entry && !exit, short = sale && !cover;
    let wanted = NaN;
    if (long !== short) wanted = long ? 1 : -1;
    else if (!long && ((side > 0 && exit && !entry) || (side < 0 && cover && !sale))) wanted = 0;
    if (wanted === wanted) side = wanted;
    values[at] = wanted;
  }
}

/** True for true and any number but 0 and NaN; null and holes, as data frames have them, are no value. */
function isOn(series: Series | null, row: number): boolean {
  if (series === null) return false;
  const value = series[row] ?? false;
  return value === true || (value !== false && value !== 0 && value === value);
}

function writeLevel(
  plan: Plan,
  coin: number,
  name: "stop" | "target",
  level: number | Series | null,
  symbol: Coin,
): void {
  const { values, rows, coins } = plan;
  const step = coins * PLAN_WIDTH, most = name === "stop" ? 1 : Infinity;
  if (typeof level === "number") requireLevel(name, symbol, level, most);
  for (let row = 0, at = coin * PLAN_WIDTH + PLAN[name]; row < rows; row++, at += step) {
    const distance = level === null ? 0 : typeof level === "number" ? level : +(level[row] ?? NaN);
    if (distance < 0 || distance >= most) requireLevel(`row ${row} of ${name}`, symbol, distance, most);
    values[at] = distance > 0 ? distance : 0; // NaN while an indicator warms up is no stop
  }
}

function requireLevel(what: string, coin: Coin, distance: number, most: number): void {
  if (distance >= 0 && distance < most) return;
  throw new RangeError(
    `Cannot trade ${coin} as ${what} must be a fraction of price, ${
      most === 1 ? "0 <= stop < 1" : "finite and >= 0"
    }, 0 for none: current value is ${distance}`,
  );
}

/** What is given for a coin; null where nothing is. */
function givenTo(
  value: ByCoin<number | Series> | undefined,
  name: keyof Signals,
  coin: Coin,
  coins: readonly Coin[],
  rows: number,
): number | Series | null {
  if (value === undefined || typeof value === "number") return value ?? null;
  const isSeries = typeof (value as Series).length === "number";
  if (isSeries && coins.length > 1) {
    throw new RangeError(
      `Cannot read ${name} as each of ${
        coins.join(", ")
      } must have its own: give { ${coin}: series, ... }, or name ` +
        "one coin in coins",
    );
  }
  const own = isSeries ? value as Series : (value as Readonly<Record<Coin, number | Series>>)[coin];
  if (own === undefined || typeof own === "number") return own ?? null;
  if (own.length === rows) return own;
  throw new RangeError(
    `Cannot read ${name} of ${coin} as it must have a value for each of the market's ${rows} rows: it has ${own.length}`,
  );
}

/** What is given for a coin where it must be a series. */
function seriesOf(...given: Parameters<typeof givenTo>): Series | null {
  const own = givenTo(...given);
  if (typeof own !== "number") return own;
  throw new RangeError(
    `Cannot read ${given[1]} of ${given[2]} as it must be a series: current value is ${own}`,
  );
}
