/** The terms under which stored teams are traded again. Each changes one thing. */
import { type Arena, BAR, BAR_WIDTH, barIndex, lateArena } from "../../../simulation/arena.ts";
import type { Panel } from "../../../market/panel.ts";
import { isFundingTime } from "../../../core/universe.ts";
import type { PopulationRunConfig } from "../../config.ts";
import { COST_LEVELS } from "../evidence_cell.ts";
import { movingAsOne, signFlipped, withOutages } from "./changed_markets.ts";

/** What one variation changes; what is left out stays as the run had it. */
export interface Variation {
  /** Short, unique. */
  readonly name: string;
  /** For a reader. */
  readonly label: string;
  readonly market?: (panel: Panel) => Panel;
  readonly costs?: (costs: PopulationRunConfig["costs"]) => PopulationRunConfig["costs"];
  readonly arena?: (arena: Arena, panel: Panel) => Arena;
  /** True where the population's places alone are traded again: deployed accounts take most of the time. */
  readonly placesAlone?: true;
  /** True where the mirrored committee is traded too: it walks the accounts of all teams, five times the work of the rest. */
  readonly mirrored?: true;
}

/** Costs between which the others lie: mirrored committees are traded at these. */
const OUTER_COSTS: readonly number[] = [Math.min(...COST_LEVELS), Math.max(...COST_LEVELS)];

/** As the run was: what all others are held against. */
export const AS_RUN: Variation = { name: "asRun", label: "as run", mirrored: true };

/** All but the flipped histories. */
export const VARIATIONS: readonly Variation[] = [
  AS_RUN,
  ...COST_LEVELS.map((cost): Variation => ({
    name: `cost${cost * 1e4}`,
    label: `${cost * 1e4} bp a side, all in`,
    costs: (costs) => ({ ...costs, takerFee: cost, makerFee: cost, impact: 0, spread: 0 }),
    ...(OUTER_COSTS.includes(cost) ? { mirrored: true } : {}),
  })),
  {
    name: "oneBarLate",
    label: "orders one bar late",
    arena: (arena) => lateArena(arena, 1),
    mirrored: true,
  },
  { name: "averagePrice", label: "fills at the bar's average price", arena: atAveragePrice },
  {
    name: "targetsFirst",
    label: "targets before stops",
    arena: (arena) => ({ ...arena, targetsFirst: true }),
  },
  { name: "funding4h", label: "funding every 4 h", arena: (arena, panel) => fundedEvery(arena, panel, 4) },
  { name: "funding8h", label: "funding every 8 h", arena: (arena, panel) => fundedEvery(arena, panel, 8) },
  { name: "outage", label: "a day without trades a quarter", market: withOutages },
  { name: "correlation1", label: "coins move as one", market: movingAsOne },
];

/** A history of the same bars with signs drawn anew. */
export function flipOf(draw: number): Variation {
  return {
    name: `flip${draw}`,
    label: `sign-flipped history ${draw}`,
    market: (panel) => signFlipped(panel, draw),
    placesAlone: true,
  };
}

/** Orders fill at the mean of a bar's open, high, low and close, the price of who trades throughout it. */
function atAveragePrice(arena: Arena, { coins }: Panel): Arena {
  const bars = arena.bars.slice();
  coins.forEach(({ open, high, low, close }, coin) => {
    for (let t = 0; t < arena.rows; t++) {
      bars[barIndex(arena.coins, t, coin) + BAR.open] = (open[t]! + high[t]! + low[t]! + close[t]!) / 4;
    }
  });
  return { ...arena, bars, terms: `${arena.terms} average price` };
}

/** Funding settles every `hours` hours, at the part of the rate of 8 hours that falls to them. */
function fundedEvery(arena: Arena, { coins, openTime }: Panel, hours: number): Arena {
  const bars = arena.bars.slice(), settles = new Uint8Array(arena.rows);
  for (let t = 0; t < arena.rows; t++) {
    settles[t] = isFundingTime(openTime[t]!, hours) ? 1 : 0;
    coins.forEach(({ fundingRate }, coin) => {
      bars[t * arena.coins * BAR_WIDTH + coin * BAR_WIDTH + BAR.fundingDue] = settles[t] === 1
        ? fundingRate[t]! * hours / 8
        : 0;
    });
  }
  return { ...arena, bars, settles, terms: `${arena.terms} funded every ${hours} h` };
}
