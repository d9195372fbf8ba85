import { rng } from "popagent/core/rng.ts";
import { BAR_MS, DECLARED_COINS, INSTRUMENTS } from "popagent/core/universe.ts";
import { COLUMN_NAMES, createPanel } from "popagent/market/panel.ts";
import type { CoinBars, ColumnName, Panel } from "popagent/market/panel.ts";
import { stepsPerUnit } from "popagent/simulation/instruments.ts";
import { createLimits, LIMITS, LIMITS_WIDTH } from "popagent/simulation/limits.ts";
import type { Limits } from "popagent/simulation/limits.ts";
import { createPlan, PLAN, planIndex } from "popagent/simulation/plan.ts";
import type { Plan } from "popagent/simulation/plan.ts";
import { MIDNIGHT } from "./small_market.ts";

const START = [60_000, 3_000, 150, 0.15, 0.6];

/**
 * A wild market on the exchange's ticks: wide bars, some opens that gap, marks that leave the last price by up
 * to a per cent, turnover low enough for capacity to bind now and then.
 *
 * @param cheapness Divides all prices and ticks, a power of ten.
 */
export function randomPanel(
  seed: number,
  rows: number,
  volatility = 0.02,
  cheapness = 1,
  names: readonly string[] = DECLARED_COINS,
): Panel {
  const coins = names.map((coin, i) => {
    const random = rng("random panel", seed, coin), quiet = rng("random volume", seed, coin);
    const ticks = stepsPerUnit(INSTRUMENTS[i % 5]!.terms.at(-1)!.tick) * cheapness;
    const round = (price: number) => Math.max(1, Math.round(price * ticks)) / ticks;
    const columns = Object.fromEntries(COLUMN_NAMES.map((name) => [name, new Float64Array(rows).fill(1)]));
    const set = (name: ColumnName, row: number, value: number) => columns[name]![row] = value;
    let close = START[i % 5]! / cheapness;
    for (let row = 0; row < rows; row++) {
      const gap = random.uniform() < 0.1 ? Math.exp(volatility * random.normal()) : 1;
      const open = round(close * gap);
      close = round(open * Math.exp(volatility * random.normal()));
      const high = Math.max(
        open,
        close,
        round(Math.max(open, close) * (1 + volatility / 2 * Math.abs(random.normal()))),
      );
      const low = Math.min(
        open,
        close,
        round(Math.min(open, close) * (1 - volatility / 2 * Math.abs(random.normal()))),
      );
      const premium = () => 1 + 0.003 * random.normal();
      const markOpen = open * premium(), markClose = close * premium();
      set("open", row, open);
      set("high", row, high);
      set("low", row, low);
      set("close", row, close);
      set("volume", row, quiet.uniform() < 0.02 ? 0 : 1);
      set("turnover", row, 4e6 * Math.exp(random.normal()));
      set("fundingRate", row, 3e-4 * random.normal());
      set("markOpen", row, markOpen);
      set("markClose", row, markClose);
      set("markHigh", row, Math.max(markOpen, markClose, high * premium()));
      set("markLow", row, Math.min(markOpen, markClose, low * premium()));
    }
    return { coin, ...columns } as CoinBars;
  });
  const openTime = Float64Array.from({ length: rows }, (_, row) => MIDNIGHT + row * BAR_MS);
  return createPanel(coins, openTime, { kind: "synthetic", mode: "null", seed, ic: 0 });
}

/** Wishes of every kind: held for a while, reversed, resized, at market or by a limit, with and without exits. */
export function randomPlan(seed: number, rows: number, coins = DECLARED_COINS.length): Plan {
  const random = rng("random plan", seed);
  const plan = createPlan(rows, coins);
  const some = (share: number, value: number) => random.uniform() < share ? value : 0;
  for (let coin = 0; coin < coins; coin++) {
    let conviction = 0;
    const resting = random.uniform() < 0.5; // coins that enter by limit orders, mostly
    for (let row = 0; row < rows; row++) {
      if (random.uniform() < 0.15) conviction = random.uniform() < 0.2 ? 0 : 2 * random.uniform() - 1;
      const at = planIndex(coins, row, coin);
      plan.values[at + PLAN.conviction] = conviction;
      plan.values[at + PLAN.leverage] = Math.exp(random.uniform() * Math.log(40));
      plan.values[at + PLAN.baseSize] = random.uniform() < 0.05 ? 0.0001 : 0.4 * random.uniform();
      plan.values[at + PLAN.riskPerTrade] = random.uniform() < 0.5
        ? Infinity
        : 0.05 * random.uniform() + 0.001;
      plan.values[at + PLAN.stop] = some(0.7, 0.002 + 0.05 * random.uniform());
      plan.values[at + PLAN.target] = some(0.7, 0.002 + 0.08 * random.uniform());
      plan.values[at + PLAN.limitOffset] = some(resting ? 0.9 : 0.05, 0.02 * random.uniform());
      plan.values[at + PLAN.limitRows] = 1 + random.int(5);
    }
  }
  return plan;
}

/** All of the equity as margin at 20x, most of it in BTC: lost to the last cent in a bar or two. */
export function ruinousPlan(seed: number, rows: number): Plan {
  const random = rng("ruinous plan", seed);
  const plan = createPlan(rows, DECLARED_COINS.length);
  for (let coin = 0; coin < DECLARED_COINS.length; coin++) {
    const side = random.uniform() < 0.5 ? 1 : -1;
    for (let row = 0; row < rows; row++) {
      const at = planIndex(DECLARED_COINS.length, row, coin);
      plan.values[at + PLAN.conviction] = side;
      plan.values[at + PLAN.leverage] = 20;
      plan.values[at + PLAN.baseSize] = [0.97, 0.01, 0.01, 0.005, 0.005][coin]!;
      plan.values[at + PLAN.riskPerTrade] = Infinity;
    }
  }
  return plan;
}

/** Limits from tight to wide, drawn per run and shaken per row; those of every fourth seed stop nothing. */
export function randomLimits(seed: number, rows: number): Limits {
  const random = rng("random limits", seed);
  const limits = createLimits(rows);
  const reckless = seed % 4 === 3;
  const maxLeverage = reckless ? 40 : Math.exp(random.uniform() * Math.log(30));
  const maxPosition = reckless ? 1 : 0.05 + 0.95 * random.uniform();
  const marginBuffer = reckless ? 0 : 0.6 * random.uniform();
  const dailyLoss = reckless || random.uniform() < 0.3 ? 1 : 0.01 + 0.2 * random.uniform();
  const maxDrawdown = reckless || random.uniform() < 0.3 ? 1 : 0.05 + 0.4 * random.uniform();
  const gross = rng("random gross", seed);
  const maxGross = reckless ? 100 : 0.2 + 3 * gross.uniform(); // below 1 now and then
  for (let row = 0; row < rows; row++) {
    const at = row * LIMITS_WIDTH;
    limits.values[at + LIMITS.maxGross] = maxGross * (0.7 + 0.3 * gross.uniform());
    limits.values[at + LIMITS.maxLeverage] = maxLeverage * (0.7 + 0.3 * random.uniform());
    limits.values[at + LIMITS.maxPosition] = maxPosition * (0.7 + 0.3 * random.uniform());
    limits.values[at + LIMITS.marginBuffer] = marginBuffer;
    limits.values[at + LIMITS.dailyLoss] = dailyLoss;
    limits.values[at + LIMITS.maxDrawdown] = maxDrawdown;
  }
  return limits;
}
