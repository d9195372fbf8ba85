import type { StrategyResult } from "../experiments/result.ts";
import { count } from "./format.ts";
import { plainText } from "./text.ts";
import { cycle, LEARNER, ORACLE, REFERENCE, STRONG } from "./theme.ts";

/** How a strategy is drawn, the same in every figure. */
export interface StrategyStyle {
  readonly colour: string;
  /** Line width in px. */
  readonly width: number;
  /** Dash pattern in px; "none" is solid. Oracles alone are dashed. */
  readonly dash: string;
  /** Order of drawing: higher lies on top. */
  readonly layer: number;
}

const KINDS = {
  population: { palette: STRONG, width: 2.4, dash: "none", layer: 3 },
  learner: { palette: LEARNER, width: 1.3, dash: "none", layer: 2 },
  reference: { palette: REFERENCE, width: 1, dash: "none", layer: 0 },
  oracle: { palette: ORACLE, width: 1.3, dash: "5,3", layer: 1 },
} as const;

/**
 * Styles by strategy name. Strategies of a kind take its colours in the order in which they are listed; the headline is
 * drawn as a population is, whatever its kind.
 */
export function strategyStyles(
  strategies: readonly StrategyResult[],
  headline: string,
): ReadonlyMap<string, StrategyStyle> {
  const seen = { population: 0, learner: 0, reference: 0, oracle: 0 };
  return new Map(strategies.map((strategy) => {
    const kind = strategy.name === headline ? "population" : strategy.kind;
    const { palette, ...style } = KINDS[kind];
    return [strategy.name, { ...style, colour: cycle(palette, seen[kind]++) }];
  }));
}

/** The strategy's label; an oracle's always says that it is one, a mean's of how many accounts. */
export function strategyLabel(strategy: StrategyResult): string {
  const mean = strategy.accounts > 1 ? ` (mean of ${count(strategy.accounts)})` : "";
  const label = `${plainText(strategy.label)}${mean}`, mark = oracleMark(strategy);
  return mark === "" ? label : `${label}, ${mark}`;
}

/**
 * What has to be added to an oracle's label where that does not say so itself: what it knows, as its note
 * begins ("oracle (hindsight): ..."); "" for every other strategy.
 */
export function oracleMark(strategy: StrategyResult): string {
  if (strategy.kind !== "oracle" || /oracle/i.test(strategy.label)) return "";
  const known = /^oracle \([^)]{1,40}\)/i.exec(strategy.note);
  return known ? plainText(known[0]) : "oracle";
}
