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

/** Tested markets with their pairs: market seeds, or seeds where there is one market. */
export function testedPairs({ evidence, markets }: Pick<Registration, "evidence" | "markets">) {
  return Object.entries(markets)
    .filter(([market]) => evidence.markets === null || evidence.markets.includes(market))
    .map(([market, { marketSeeds, seeds }]) =>
      marketSeeds !== null && marketSeeds.length > 1
        ? { market, over: "markets" as const, pairs: marketSeeds.length }
        : { market, over: "seeds" as const, pairs: seeds === "market" ? 1 : seeds.length }
    );
}

/** The power of each tested market; differences in annual Sharpe ratio. */
export function plannedPower(registration: Registration): PlannedPower[] {
  const { evidence: { alpha, margin, spread, power }, tests } = registration, strict = alpha / tests;
  return testedPairs(registration).map(({ market, pairs }) => {
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
  });
}

/** One pair tells nothing. */
const NOTHING = {
  detectableAlone: Infinity,
  detectable: Infinity,
  powerAtMargin: 0,
  equivalencePower: 0,
  leastP: 1,
};
