import type { RunResult, StrategyResult } from "../experiments/result.ts";
import type { RecordedEvent } from "../events/event.ts";
import { sortedStrategies } from "./strategy_axis.ts";
import { strategyLabel } from "./strategy_style.ts";
import { collapseText } from "./genealogy_table.ts";
import { decimal, percent, signedPercent } from "./format.ts";
import { plainText } from "./text.ts";

/** The headline strategy in one plain sentence, its uncertainty included. */
export function headlineText(result: RunResult): string {
  const strategy = headlineStrategy(result);
  const { sharpe, sharpeError, totalReturn, grossReturn, maxDrawdown } = strategy.metrics;
  const field = strategy.fieldPercentile === null
    ? ""
    : `; ${percent(strategy.fieldPercentile, 0)} of the field's pipelines have a lower Sharpe ratio`;
  const reach = 1.96 * (sharpeError ?? NaN); // no interval without an error
  const low = decimal(sharpe - reach), high = decimal(sharpe + reach);
  return `${strategyLabel(strategy)}: net return ${signedPercent(totalReturn)} (gross ${
    signedPercent(grossReturn)
  }), annual Sharpe ratio ` +
    `${decimal(sharpe)} with a standard error of ${decimal(sharpeError)} (95% interval ${low} to ${high}), ` +
    `maximum drawdown ${percent(maxDrawdown)}${field}.`;
}

/**
 * What one run says about its question, no more: the headline's interval, its place among the strategies that
 * nobody needed hindsight for, and the population that does not learn where it ran.
 */
export function answerText(result: RunResult): string {
  const strategy = headlineStrategy(result);
  const { sharpe, sharpeError } = strategy.metrics;
  const fair = sortedStrategies(
    result.strategies.filter((entry) => entry.kind !== "oracle"),
    (entry) => entry.metrics.sharpe,
  );
  const others = fair.filter((entry) => entry.name !== strategy.name);
  const clear = Math.abs(sharpe) > 1.96 * (sharpeError ?? Infinity);
  const sentences = [
    `${strategyLabel(strategy)} has an annual Sharpe ratio of ${estimate(strategy)}, which ${
      clear ? "differs" : "does not differ"
    } from 0 at the 5% level.`,
    ...(others.length > 0
      ? [
        `It is number ${
          fair.indexOf(strategy) + 1
        } of ${fair.length} strategies without hindsight; the best of the others is ` +
        `${strategyLabel(others[0]!)} with ${estimate(others[0]!)}.`,
      ]
      : []),
    ...others.filter((entry) => entry.name === "selectionOnly")
      .map((entry) => `Without transfer and mutation the population has ${estimate(entry)}.`),
    "One run is one market and one draw: a claim about learning needs many seeds, compared in pairs.",
  ];
  return sentences.join(" ");
}

function headlineStrategy(result: RunResult): StrategyResult {
  const strategy = result.strategies.find((entry) => entry.name === result.headline);
  if (!strategy) {
    throw new RangeError(
      `Cannot describe a run as its headline must be one of its strategies: current value is ${result.headline}`,
    );
  }
  return strategy;
}

function estimate({ metrics }: StrategyResult): string {
  return `${decimal(metrics.sharpe)} ± ${decimal(metrics.sharpeError)}`;
}

/** A warning a reader must see before any number. */
export interface Warning {
  readonly head: string;
  readonly text: string;
}

/** All warnings of a run: what it says itself, where the data come from if it does not say so, near clones. */
export function runWarnings(result: RunResult, events: readonly RecordedEvent[]): readonly Warning[] {
  const { source } = result;
  const said = result.warnings.map((text) => ({ head: "Warning", text: plainText(text) }));
  const unsaid = (word: RegExp) => !said.some(({ text }) => word.test(text));
  const clones = collapseText(events);
  return [
    ...said,
    ...(source.kind === "synthetic" && unsaid(/synthetic/i)
      ? [{ head: "Synthetic data", text: "No number here says anything about a real market." }]
      : []),
    ...(source.kind === "bybit" && source.unsealed && unsaid(/sealed/i)
      ? [{
        head: "Sealed data opened",
        text: "What is chosen after seeing this run is no longer out of sample.",
      }]
      : []),
    ...(clones === "" ? [] : [{ head: "Near clones", text: clones }]),
  ];
}
