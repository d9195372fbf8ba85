/** Who decides in a history: a script that wishes something else at every bar. */
import { rng } from "../src/core/rng.ts";
import type { Mind } from "../src/live/mind.ts";
import { appendRows, type Panel } from "../src/market/panel.ts";
import { syntheticMarket } from "../src/market/synthetic/synthetic_market.ts";
import { type Arena, createArena } from "../src/simulation/arena.ts";
import { bybitCosts } from "../src/simulation/costs.ts";
import { LIMITS, LIMITS_WIDTH } from "../src/simulation/limits.ts";
import { PLAN, PLAN_WIDTH } from "../src/simulation/plan.ts";

/** Coins of every scripted history. */
export const COINS = ["BTC", "ETH", "SOL"];

/** The market that scripted histories are cut from. */
export const whole = syntheticMarket({ mode: "default", ic: 0, seed: 11, rows: 1000, coins: COINS }).panel;
/** An arena at the exchange's costs. */
export const arenaOf = (panel: Panel, before: Arena | null = null) =>
  createArena(
    panel,
    { ...bybitCosts, halfSpread: panel.instruments.map(({ halfSpread }) => halfSpread) },
    panel.instruments,
    undefined,
    before,
  );

/** Wishes that change at every bar: now and then flat, reduced, turned round, or as a limit order. */
export function scriptedMind(panel: Panel, seed: number): Mind {
  let now = panel;
  let arena = arenaOf(now);
  return {
    panel: () => now,
    arena: () => arena,
    close: (newest) => {
      now = appendRows(now, newest);
      arena = arenaOf(now, arena);
      return [];
    },
    trades: () => {
      const rows = now.rows, row = rows - 1;
      const coins = now.coins.length;
      const plan = new Float64Array(rows * coins * PLAN_WIDTH),
        limits = new Float64Array(rows * LIMITS_WIDTH);
      for (let coin = 0; coin < coins; coin++) {
        const random = rng("wish", seed, row, coin), at = (row * coins + coin) * PLAN_WIDTH;
        const drawn = random.uniform();
        plan[at + PLAN.conviction] = drawn < 0.15 ? 0 : 2 * random.uniform() - 1;
        plan[at + PLAN.leverage] = 1 + random.int(4);
        plan[at + PLAN.baseSize] = 0.3;
        plan[at + PLAN.riskPerTrade] = Infinity;
        plan[at + PLAN.stop] = random.uniform() < 0.5 ? 0.03 : 0;
        plan[at + PLAN.target] = random.uniform() < 0.3 ? 0.02 : 0;
        if (random.uniform() < 0.3) {
          plan[at + PLAN.limitOffset] = 0.004;
          plan[at + PLAN.limitRows] = 1 + random.int(3);
        }
      }
      const from = row * LIMITS_WIDTH;
      limits[from + LIMITS.maxLeverage] = 5;
      limits[from + LIMITS.maxPosition] = 0.5;
      limits[from + LIMITS.marginBuffer] = 0.1;
      limits[from + LIMITS.dailyLoss] = 1;
      limits[from + LIMITS.maxDrawdown] = 1;
      limits[from + LIMITS.maxGross] = 3;
      return {
        mandate: {
          plan: { rows, coins, values: plan },
          limits: { rows, values: limits },
        },
        adopts: row % 9 === 0,
        iteration: 0,
        team: [],
      };
    },
    population: () => null,
    research: () => [],
  };
}
