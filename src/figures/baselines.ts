/** A population beside what it must beat: static best, single agents, passive references. */
import type { Baseline, Baselines } from "../experiments/baselines.ts";
import type { RunResult } from "../experiments/result.ts";
import { differenceRowsFigure, intervalText } from "./difference_rows.ts";
import { displayed } from "./displayed.ts";
import type { Figure } from "./figure.ts";
import { decimal, pText, signed } from "./format.ts";
import { runSubtitle } from "./run_subtitle.ts";
import type { Table } from "./table.ts";
import { plainText } from "./text.ts";
import type { FigureWidth } from "./theme.ts";

/** Differences of Sharpe ratios, the strategy less each of its baselines, the hardest to beat first. */
export function baselinesFigure(result: RunResult, compared: Baselines, size: FigureWidth = "page"): Figure {
  const rows = hardestFirst(compared).flatMap(({ strategy, comparison: { estimate } }) =>
    estimate === null ? [] : [{ label: strategy.label, hollow: strategy.kind === "oracle", ...estimate }]
  );
  return differenceRowsFigure(rows, {
    name: "baselines",
    title: `${plainText(compared.strategy.label)} less each baseline`,
    subtitle: runSubtitle(result),
    caption:
      "Annual net Sharpe ratio on the same bars, with the 95% interval of a studentised block bootstrap; right of the rule " +
      "the population earned more for its risk. Intervals are of one comparison each; the table corrects for all of them. Hollow: " +
      "oracles, which know what nobody could.",
    axis: "Difference of annual Sharpe ratios",
  }, size);
}

/** The same with what each earned, and p corrected for all that are tested. */
export function baselinesTable(result: RunResult, compared: Baselines): Table {
  return displayed({
    name: "baselines_table",
    title: `${plainText(compared.strategy.label)} beside its baselines`,
    caption: `Annual net Sharpe ratios; ${plainText(compared.strategy.label)} has ${
      decimal(compared.strategy.metrics.sharpe)
    }. p by a studentised block bootstrap, corrected by Holm over all that are tested; oracles are not. ${
      runSubtitle(result)
    }`,
    columns: [
      { label: "Baseline", align: "left", hint: "On the same bars, with all costs" },
      { label: "Kind", align: "left", hint: "learner, reference, or oracle" },
      { label: "Sharpe", align: "right", hint: "Its annual net Sharpe ratio" },
      { label: "Difference", align: "right", hint: "The population less it" },
      { label: "95% interval", align: "right", hint: "Of the difference" },
      { label: "p (Holm)", align: "right", hint: "Of no difference, corrected" },
    ],
    rows: hardestFirst(compared).map(({ strategy, comparison: { estimate }, holmP }) => ({
      strong: holmP !== null && holmP <= 0.05,
      cells: [
        plainText(strategy.label),
        strategy.kind,
        decimal(strategy.metrics.sharpe),
        ...(estimate === null
          ? ["–", "cannot be compared", "–"]
          : [signed(estimate.difference), intervalText(estimate)]),
        ...(estimate === null ? [] : [holmP === null ? "–" : pText(holmP)]),
      ],
    })),
  });
}

/** Which baselines the population beats, in words. */
export function baselinesAnswer(
  result: RunResult,
  { strategy, baselines }: Baselines,
): { readonly markdown: string } {
  const tested = baselines.filter(({ holmP }) => holmP !== null), name = plainText(strategy.label);
  const named = (some: readonly Baseline[]) =>
    some.map((one) => inList(plainText(one.strategy.label))).join(", ");
  const told = tested.filter(({ holmP }) => holmP! <= 0.05);
  const beaten = told.filter(({ comparison }) => comparison.estimate!.difference > 0);
  const lost = told.filter(({ comparison }) => comparison.estimate!.difference < 0);
  const above = tested.filter(({ comparison }) => comparison.estimate!.difference > 0).length;
  const short = told.length === 0 ? "On these rows it cannot be told apart from any of them." : [
    ...(beaten.length > 0 ? [`It beats ${named(beaten)}.`] : []),
    ...(lost.length > 0 ? [`It loses to ${named(lost)}.`] : []),
  ].join(" ");
  return displayed({
    markdown:
      `**Does ${name} beat what it must beat? ${short}** Its Sharpe ratio is above that of ${above} of ${tested.length} ` +
      "baselines, before any error is looked at. One run on one market: claims come from grids of markets " +
      `(\`05_ablations\`, \`configs/experiments/static_best.yaml\`).\n\n${runSubtitle(result)}`,
  });
}

/** A name as one of several: what follows its comma in parentheses, or it would read as two names. */
function inList(label: string): string {
  return label.replace(/^([^,]+), (.+)$/, "$1 ($2)");
}

/** The baseline with the highest Sharpe ratio first. */
function hardestFirst({ baselines }: Baselines): Baseline[] {
  return [...baselines].sort((a, b) => b.strategy.metrics.sharpe - a.strategy.metrics.sharpe);
}
