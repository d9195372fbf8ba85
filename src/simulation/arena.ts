import { hashJson } from "../core/hash.ts";
import { ewmaVolatility, rollingMedian, simpleReturns } from "../core/series.ts";
import { isDayStart } from "../core/time.ts";
import { BAR_MS, type Instrument, type RiskTier, statedInstrument, termsAt } from "../core/universe.ts";
import { settlementsOf } from "../market/funding.ts";
import { type Panel, slicePanel } from "../market/panel.ts";
import { halfSpread, impactCoefficient } from "./costs.ts";
import type { CostModel } from "./costs.ts";
import { DECLARED_DRAWDOWN_RULE, type DrawdownRule } from "./drawdown_scale.ts";
import { requireInstruments, stepsPerUnit, ticksPerUnit } from "./instruments.ts";

/** Offsets into the block of one (row, coin). Prices in USDT. */
export const BAR = {
  open: 0,
  high: 1,
  low: 2,
  close: 3,
  markOpen: 4,
  markHigh: 5,
  markLow: 6,
  markClose: 7,
  /** Funding rate if this open is a settlement, else 0. */
  fundingDue: 8,
  /** Half-spread at this row's open, a fraction of price. */
  halfSpread: 9,
  /** Impact coefficient, from the rows before this one. */
  impact: 10,
  /** Ticks in one USDT, by the close before this row. */
  ticksPerUnit: 11,
} as const;
export const BAR_WIDTH = 12; // 96 bytes

/** Offsets into the rules of one (row, coin): what is asked only where an order fills. */
export const RULE = {
  /** Lots in one coin. */
  lotsPerUnit: 0,
  /** Least notional of an order that opens or changes a position, USDT. */
  minNotional: 1,
  /** Maintenance margin rate of the first risk tier, and the largest position value it holds for. */
  maintenanceMargin: 2,
  firstTier: 3,
  /** Impact coefficient of an order in a bar whose return has a standard deviation of 1. */
  impactPerSd: 4,
  /** 1 if anything was traded in the bar: in one without volume no order fills. */
  traded: 5,
} as const;
export const RULE_WIDTH = 6;

/** Rows of the trailing median turnover. */
export const TURNOVER_ROWS = 42;
const VOLATILITY_DECAY = 0.97;

/**
 * A market made ready for trading: one bar-major block that the event loop walks through, with all costs
 * that are known before an order is sent. Built once per panel and cost model, shared by every account.
 */
export interface Arena {
  /** How many. */
  readonly rows: number;
  /** How many. */
  readonly coins: number;
  /** Row-major [rows][coin][BAR_WIDTH]. */
  readonly bars: Float64Array;
  /** Largest target notional (USDT) of a decision at the close of a row; row-major [rows][coin]. */
  readonly capacity: Float64Array;
  /** 1 where the row closes at 00:00 UTC; shape [rows]. */
  readonly dayStartsAtClose: Uint8Array;
  /** 1 where funding settles at the open; shape [rows]. */
  readonly settles: Uint8Array;
  /** What the exchange fixes at each row; row-major [rows][coin][RULE_WIDTH]. */
  readonly rules: Float64Array;
  /** Risk tiers in force at a row, for positions that leave the first. */
  readonly riskTiersAt: (row: number, coin: number) => readonly RiskTier[];
  /** A share of notional. */
  readonly takerFee: number;
  /** A share of notional. */
  readonly makerFee: number;
  /** What every account here does as its drawdown nears its limit. */
  readonly drawdown: DrawdownRule;
  /** True where a bar that meets both a position's stop and its target is taken to have met the target first: a bound, never the rule. */
  readonly targetsFirst?: true;
  /** Rows by which every decision comes late, >= 1; left out, the close of a row meets the next open. */
  readonly delay?: number;
  /** Content address of costs, instruments and rules; with the rows, part of every simulation's cache key. */
  readonly terms: string;
}

const WIDTH = BAR_WIDTH, RULES = RULE_WIDTH; // see account.ts on names of one's own

/** Index of the first value of (row, coin) in the bars of an arena of `coins` coins. */
export function barIndex(coins: number, row: number, coin: number): number {
  return (row * coins + coin) * WIDTH;
}

/** Index of the first rule of (row, coin). */
export function ruleIndex(coins: number, row: number, coin: number): number {
  return (row * coins + coin) * RULES;
}

/**
 * Prepares a panel for trading at these costs. Row t of the costs reads rows < t only: volatility is the
 * exponentially weighted one of simple close returns (weight .97), turnover the median of the 42 rows before
 * (of as many as there are in the first 42), both lagged by one row. What a decision may want at most is known
 * at its close.
 *
 * @param drawdown What every account that trades here does as its drawdown nears its limit.
 * @param before The arena of the panel's first rows at the same terms: its rows are taken as they are, to the bit, so
 *   that a bar that is added costs no more late in a session than early.
 * @throws {RangeError} If the instruments or the half-spreads are not those of the panel's coins, or `before` has other
 *   terms or more rows.
 */
export function createArena(
  panel: Panel,
  costs: CostModel,
  instruments: readonly Instrument[],
  drawdown: DrawdownRule = DECLARED_DRAWDOWN_RULE,
  before: Arena | null = null,
): Arena {
  const coins = panel.coins.length;
  requireInstruments(instruments, panel.coins.map(({ coin }) => coin));
  if (costs.halfSpread.length !== coins) {
    throw new RangeError(
      `Cannot create an arena as halfSpread must have ${coins} values: current value is ${costs.halfSpread.length}`,
    );
  }
  const { rows } = panel;
  const bars = new Float64Array(rows * coins * BAR_WIDTH);
  const capacity = new Float64Array(rows * coins);
  const rules = new Float64Array(rows * coins * RULE_WIDTH);
  const settles = new Uint8Array(rows);
  const terms = hashJson({
    costs: statedCosts(costs),
    instruments: instruments.map(statedInstrument),
    drawdown,
  });
  if (before !== null) {
    requireFirstRows(before, rows, terms);
    bars.set(before.bars);
    capacity.set(before.capacity);
    rules.set(before.rules);
    settles.set(before.settles);
  }
  const from = before?.rows ?? 0;
  // the first row that is read of what follows: a window of turnover before the row before
  const tail = Math.max(0, from - TURNOVER_ROWS);
  for (let coin = 0; coin < coins; coin++) {
    const columns = panel.coins[coin]!;
    const instrument = instruments[coin]!;
    const floor = costs.halfSpread[coin]!;
    const volatility = ewmaVolatility(simpleReturns(columns.close), VOLATILITY_DECAY);
    const turnover = trailingMedian(columns.turnover, tail);
    const settlements = settlementsOf(tail === 0 ? panel : slicePanel(panel, tail, rows), coin);
    for (let row = from; row < rows; row++) {
      const at = barIndex(coins, row, coin);
      const inForce = termsAt(instrument, panel.openTime[row]!);
      const open = columns.open[row]!;
      const close = columns.close[row]!,
        markOpen = columns.markOpen[row]!,
        markClose = columns.markClose[row]!;
      bars[at + BAR.open] = open;
      bars[at + BAR.high] = Math.max(columns.high[row]!, open, close); // a bar reaches its open, whatever the source says
      bars[at + BAR.low] = Math.min(columns.low[row]!, open, close);
      bars[at + BAR.close] = close;
      bars[at + BAR.markOpen] = markOpen;
      bars[at + BAR.markHigh] = Math.max(columns.markHigh[row]!, markOpen, markClose);
      bars[at + BAR.markLow] = Math.min(columns.markLow[row]!, markOpen, markClose);
      bars[at + BAR.markClose] = markClose;
      if (settlements[row - tail] === 1) {
        bars[at + BAR.fundingDue] = columns.fundingRate[row]!;
        settles[row] = 1;
      }
      const ticks = ticksPerUnit(inForce, row === 0 ? open : columns.close[row - 1]!);
      bars[at + BAR.ticksPerUnit] = ticks;
      bars[at + BAR.halfSpread] = halfSpread(floor, 1 / ticks, open);
      capacity[row * coins + coin] = costs.participation * turnover[row - tail]!;
      const rule = ruleIndex(coins, row, coin), [tier] = inForce.riskTiers;
      rules[rule + RULE.lotsPerUnit] = stepsPerUnit(inForce.lot);
      rules[rule + RULE.minNotional] = inForce.minNotional;
      rules[rule + RULE.maintenanceMargin] = tier!.maintenanceMargin;
      rules[rule + RULE.firstTier] = tier!.upTo;
      rules[rule + RULE.traded] = columns.volume[row] === 0 ? 0 : 1;
      if (row === 0) continue;
      bars[at + BAR.impact] = impactCoefficient(
        costs.impact,
        volatility[row - 1]!,
        turnover[row - 1 - tail]!,
      );
      rules[rule + RULE.impactPerSd] = impactCoefficient(costs.impact, 1, turnover[row - 1 - tail]!);
    }
  }
  return {
    rows,
    coins,
    bars,
    capacity,
    dayStartsAtClose: Uint8Array.from(panel.openTime, (time) => isDayStart(time + BAR_MS) ? 1 : 0),
    settles,
    rules,
    riskTiersAt: (row, coin) => termsAt(instruments[coin]!, panel.openTime[row]!).riskTiers,
    takerFee: costs.takerFee,
    makerFee: costs.makerFee,
    drawdown,
    terms,
  };
}

/** The same arena, where what was decided at the close of row t meets the open of row t + 1 + `delay`; as it is for 0. */
export function lateArena(arena: Arena, delay: number): Arena {
  return delay === 0 ? arena : { ...arena, delay, terms: `${arena.terms} late ${delay}` };
}

/** The same arena, where orders come in time: for accounts that follow positions which came late already. */
export function inTimeArena(arena: Arena): Arena {
  return (arena.delay ?? 0) === 0 ? arena : { ...arena, delay: 0 };
}

function requireFirstRows(before: Arena, rows: number, terms: string): void {
  if (before.terms === terms && before.rows <= rows) return;
  throw new RangeError(
    `Cannot go on from an arena as it must be of at most ${rows} rows at the same terms: current value is ` +
      `${before.rows} rows at ${before.terms === terms ? "them" : "others"}`,
  );
}

/**
 * Median of the last TURNOVER_ROWS values, of all values while there are fewer.
 *
 * @returns From value `tail` on, of which the first TURNOVER_ROWS - 1 mean nothing unless it is 0.
 */
function trailingMedian(all: Float64Array, tail: number): Float64Array {
  const values = all.subarray(tail);
  const out = rollingMedian(values, TURNOVER_ROWS);
  if (tail > 0) return out;
  for (let row = 0; row < Math.min(TURNOVER_ROWS - 1, values.length); row++) {
    const past = values.slice(0, row + 1).sort();
    out[row] = (past[row >> 1]! + past[(row + 1) >> 1]!) / 2;
  }
  return out;
}

/** The cost model as JSON can hold it: an unlimited participation is named. */
function statedCosts(costs: CostModel): unknown {
  return costs.participation === Infinity ? { ...costs, participation: "unlimited" } : costs;
}
