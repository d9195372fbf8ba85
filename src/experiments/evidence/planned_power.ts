/** What a grid will be able to tell, said before it is run. */
import { detectableEffect, equivalencePower, pairedPower } from "../../stats/power.ts";
import type { Registration } from "./registration.ts";

/** The power of one test of the family. */
export interface PlannedPower {
  readonly market: string;
  /** Market seeds, or seeds where there is one market. */
  readonly pairs: number;
  /** Smallest mean difference found with the planned power, alone and at the strictest step of Holm's correction. */
  readonly detectableAlone: number;
  readonly detectable: number;
  /** Power for a difference of the margin, at that step. */
  readonly powerAtMargin: number;
  /** Chance that "no effect" is shown if there is none, at that step. */
  readonly equivalencePower: number;
  /** Smallest p-value that the sign-flip test can give, times the tests of the family. */
  readonly leastP: number;
}

/** The power of each tested market; differences in annual Sharpe ratio. */
export function plannedPower({ evidence, markets, tests }: Registration): PlannedPower[] {
  const { alpha, margin, spread, power } = evidence, strict = alpha / tests;
  return Object.entries(markets).filter(([name]) =>
    evidence.markets === null || evidence.markets.includes(name)
  ).map(
    ([market, { marketSeeds, seeds }]) => {
      const pairs = (marketSeeds?.length ?? 1) > 1
        ? marketSeeds!.length
        : seeds === "market"
        ? 1
        : seeds.length;
      if (pairs < 2) return { market, pairs, ...NOTHING };
      return {
        market,
        pairs,
        detectableAlone: spread * detectableEffect(pairs, alpha, power),
        detectable: spread * detectableEffect(pairs, strict, power),
        powerAtMargin: pairedPower(margin / spread, pairs, strict),
        equivalencePower: equivalencePower(margin / spread, pairs, strict),
        leastP: Math.min(1, tests * 2 ** (1 - pairs)),
      };
    },
  );
}

/** One pair tells nothing. */
const NOTHING = {
  detectableAlone: Infinity,
  detectable: Infinity,
  powerAtMargin: 0,
  equivalencePower: 0,
  leastP: 1,
};
