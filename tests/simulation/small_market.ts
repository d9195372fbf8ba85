import { BAR_MS } from "popagent/core/universe.ts";
import { DECLARED_COINS } from "popagent/core/universe.ts";
import { COLUMN_NAMES, createPanel } from "popagent/market/panel.ts";
import type { CoinBars, ColumnName, Panel } from "popagent/market/panel.ts";
import { zeroCosts } from "popagent/simulation/costs.ts";
import type { CostModel } from "popagent/simulation/costs.ts";
import { createLimits, LIMITS, LIMITS_WIDTH } from "popagent/simulation/limits.ts";
import type { Limits } from "popagent/simulation/limits.ts";
import { PLAN, planIndex } from "popagent/simulation/plan.ts";
import type { Plan } from "popagent/simulation/plan.ts";

/** 2024-01-01 00:00 UTC. */
export const MIDNIGHT = Date.UTC(2024, 0, 1);

/** One bar as written by hand: open, high, low, close; mark open if it differs; funding rate. */
export interface HandBar {
  readonly bar: readonly [number, number, number, number];
  readonly markOpen?: number;
  readonly funding?: number;
}

/**
 * A panel from hand-written bars; a coin that is not named stands still at 100. Mark prices equal last prices
 * but for the mark open; turnover is 1e12, so that no order meets its market's capacity.
 */
export function handPanel(
  bars: { readonly [coin: string]: readonly HandBar[] },
  firstOpen = MIDNIGHT,
): Panel {
  const rows = Math.max(...Object.values(bars).map((one) => one.length));
  const still: HandBar = { bar: [100, 100, 100, 100] };
  const coins = DECLARED_COINS.map((coin) => {
    const at = (row: number) => coin in bars ? bars[coin]![row]! : still;
    const column = (value: (bar: HandBar) => number) =>
      Float64Array.from({ length: rows }, (_, row) => value(at(row)));
    const columns: { [Name in ColumnName]?: Float64Array } = {
      open: column(({ bar }) => bar[0]),
      high: column(({ bar }) => bar[1]),
      low: column(({ bar }) => bar[2]),
      close: column(({ bar }) => bar[3]),
      turnover: column(() => 1e12),
      fundingRate: column(({ funding = 0 }) => funding),
      markOpen: column(({ bar, markOpen = bar[0] }) => markOpen),
      markHigh: column(({ bar }) => bar[1]),
      markLow: column(({ bar }) => bar[2]),
      markClose: column(({ bar }) => bar[3]),
    };
    for (const name of COLUMN_NAMES) if (!(name in columns)) columns[name] = column(() => 1);
    return { coin, ...columns } as CoinBars;
  });
  const openTime = Float64Array.from({ length: rows }, (_, row) => firstOpen + row * BAR_MS);
  return createPanel(coins, openTime, { kind: "bybit", folder: "hand", unsealed: false, sealedRows: 0 });
}

/** Taker 5.5 bp, maker 2 bp, a slippage of exactly 1 bp on every coin. */
export const oneBasisPoint: CostModel = {
  takerFee: 0.00055,
  makerFee: 0.0002,
  impact: 0,
  halfSpread: [0.0001, 0.0001, 0.0001, 0.0001, 0.0001],
  participation: zeroCosts.participation,
};

/** Writes one coin's wish into a plan's row; what is not named stays 0, the risk per trade unlimited. */
export function wish(
  plan: Plan,
  row: number,
  coin: number,
  values: Partial<Record<keyof typeof PLAN, number>>,
): void {
  const at = planIndex(DECLARED_COINS.length, row, coin);
  plan.values[at + PLAN.riskPerTrade] = Infinity;
  for (const [name, value] of Object.entries(values)) {
    plan.values[at + PLAN[name as keyof typeof PLAN]] = value;
  }
}

/** Limits that allow everything at every row, but for what is named. */
export function wideLimits(rows: number, values: Partial<Record<keyof typeof LIMITS, number>> = {}): Limits {
  const limits = createLimits(rows);
  const all = {
    maxLeverage: 100,
    maxPosition: 1,
    marginBuffer: 0,
    dailyLoss: 1,
    maxDrawdown: 1,
    maxGross: 100,
    ...values,
  };
  for (let row = 0; row < rows; row++) {
    for (const [name, offset] of Object.entries(LIMITS)) {
      limits.values[row * LIMITS_WIDTH + offset] = all[name as keyof typeof LIMITS];
    }
  }
  return limits;
}
