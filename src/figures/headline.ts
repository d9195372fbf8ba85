import type { RunResult } from "../experiments/result.ts";
import type { RecordedEvent } from "../events/event.ts";
import { headlineStrategy } from "./headline_strategy.ts";
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
