/** Which deciders are told apart, in words. */
import type { ModelComparison } from "../experiments/decisions/compare_models.ts";
import type { Pair } from "../experiments/decisions/pairs.ts";
import { benchmarkText, deciderName } from "./decision_rows.ts";
import { displayed } from "./displayed.ts";
import { decimal, pText, signed } from "./format.ts";

/** Level of the corrected p below which two deciders are told apart. */
const ALPHA = 0.05;

/**
 * Who is told from whom by p after Holm, measure by measure; of models where there are any, else of simulated ones. The intervals
 * of the tables are not corrected and decide nothing.
 */
export function decisionAnswer(comparison: ModelComparison): { readonly markdown: string } {
  const { deciders, pairs } = comparison;
  const hasModel = deciders.some(({ simulated, control }) => !simulated && !control);
  const names = new Map(deciders.map((one) => [one.name, deciderName(one)]));
  const own = pairs.filter(({ simulated }) => simulated !== hasModel);
  const told = (measure: string, better: (pair: Pair) => string | null) => {
    const found = own.flatMap((pair) => better(pair) ?? []);
    return found.length === 0 ? [] : [`- By ${measure}: ${found.join("; ")}.`];
  };
  const worse = ({ first, second }: Pair, difference: number, size: string, p: number) => {
    const [better, other] = difference < 0 ? [first, second] : [second, first];
    return p < ALPHA ? `${names.get(better)} better than ${names.get(other)} (${size}, p ${pText(p)})` : null;
  };
  const lines = [
    ...told("Brier score", (pair) =>
      pair.brier &&
      worse(pair, pair.brier.difference, signed(Math.abs(pair.brier.difference), 3), pair.brier.holmP)),
    ...told("quantiles (CRPS)", (pair) =>
      pair.crps && worse(
        pair,
        pair.crps.difference,
        `${decimal(1e4 * Math.abs(pair.crps.difference), 0)} bp`,
        pair.crps.holmP,
      )),
    ...told("direction", ({ direction, ...pair }) =>
      direction && worse(
        { direction, ...pair },
        direction.onlySecond - direction.onlyFirst,
        `${Math.max(direction.onlyFirst, direction.onlySecond)} to ${
          Math.min(direction.onlyFirst, direction.onlySecond)
        } where one alone was right`,
        direction.holmP,
      )),
  ];
  const silent = deciders.filter(({ simulated, control, loss }) => !simulated && !control && loss === null);
  return displayed({
    markdown: [
      `**${
        lines.length === 0 ? "No two deciders are told apart" : "Told apart"
      }** (p after Holm below ${ALPHA}).`,
      "",
      ...lines,
      ...(silent.length === 0
        ? []
        : [`- ${silent.map((one) => deciderName(one)).join(", ")} answered nothing and cannot be judged.`]),
      "",
      benchmarkText(comparison),
    ].join("\n"),
  });
}
