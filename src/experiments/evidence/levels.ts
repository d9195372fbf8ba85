/** What each arm and strategy earned: levels, beside which differences are read. */
import { UserError } from "../../core/user_error.ts";
import { mean } from "../../stats/moments.ts";
import { pairedTest } from "../../stats/paired.ts";
import { unitsOf } from "./contrast_values.ts";
import type { EvidenceRecord } from "./evidence_record.ts";

/** What having chosen the best of many is worth. */
export interface Selection {
  /** Pipelines that it was chosen from. */
  readonly pipelines: number;
  /** Probability of backtest overfitting. */
  readonly overfitting: number;
  /** Deflated Sharpe ratio: probability that it beats the best of as many without skill. */
  readonly deflatedSharpe: number;
}

/** Strategies that are the best of many, chosen on the rows that they are reported on. */
export const CHOSEN_AFTERWARDS = ["hindsight"];

/** The level of an arm or a strategy on the markets of one name. */
export interface Level {
  /** Null for a strategy that runs beside the arms. */
  readonly arm: string | null;
  /** The outcome, or the name of a strategy. */
  readonly measure: string;
  /** Name of the markets. */
  readonly market: string;
  /** Markets; seeds where there is one. */
  readonly n: number;
  /** Annual Sharpe ratio. */
  readonly mean: number;
  /** Over markets; null for one. */
  readonly se: number | null;
  /** Beside the best of N pipelines, what having chosen it is worth: means over markets. Null for what nobody chose. */
  readonly selection: Selection | null;
  /** On each market; shape [n]. */
  readonly values: readonly number[];
}

/** Levels of the outcome and of what is described beside it, market by market. */
export function levelsOf(
  { cells, registration: { evidence, arms, markets } }: Pick<EvidenceRecord, "cells" | "registration">,
  outcome: string,
): Level[] {
  const measures = [...new Set([outcome, ...evidence.describe])];
  return Object.keys(markets).flatMap((market) =>
    measures.flatMap((measure) =>
      [...Object.keys(arms), null].flatMap((arm): Level[] => {
        const own = cells.filter((cell) =>
          cell.market === market && cell.arm === arm && measure in cell.measures
        );
        if (own.length === 0) return [];
        const { units, unitOf } = unitsOf(own);
        const valueOf = (found: typeof own) => mean(found.map((cell) => cell.measures[measure]!));
        const values = units.length === 0
          ? [valueOf(own)] // on one market, what no seed of a run enters
          : units.map((unit) => valueOf(own.filter((cell) => unitOf(cell) === unit)));
        const se = values.length < 2 ? null : pairedTest(values).se;
        const selection = CHOSEN_AFTERWARDS.includes(measure) ? selectionOf(own, measure) : null;
        return [{ arm, measure, market, n: values.length, mean: mean(values), se, selection, values }];
      })
    )
  );
}

/** @throws {UserError} If it was not measured what the choice is worth: the best of N is not shown without it. */
function selectionOf(cells: EvidenceRecord["cells"], measure: string): Selection {
  const found = cells.map(({ selection }) => selection);
  if (found.some((one) => one === null || one.overfitting === null || one.deflatedSharpe === null)) {
    throw new UserError(
      `Cannot show ${measure} as the best of many must stand beside its deflated Sharpe ratio and its probability of ` +
        "overfitting: a cell has none of them, as its rows are too few. Leave it out of evidence.describe, or take " +
        "longer markets.",
    );
  }
  return {
    pipelines: found[0]!.pipelines,
    overfitting: mean(found.map((one) => one!.overfitting!)),
    deflatedSharpe: mean(found.map((one) => one!.deflatedSharpe!)),
  };
}

/** Beside a level: "best of 625, DSR 0.12, PBO 0.40"; "" for what nobody chose. */
export function selectionText({ selection }: Pick<Level, "selection">): string {
  if (selection === null) return "";
  const { pipelines, deflatedSharpe, overfitting } = selection;
  return `best of ${pipelines}, DSR ${deflatedSharpe.toFixed(2)}, PBO ${overfitting.toFixed(2)}`;
}
