import { displayed } from "./displayed.ts";
import type { RunResult } from "../experiments/result.ts";
import { count, decimal, percent, signedPercent } from "./format.ts";
import type { Table } from "./table.ts";
import { plainText } from "./text.ts";
import { requireResult } from "./run_parts.ts";

/** How good every researcher's forecasts were, each number beside what it is to be judged by. */
export function researcherQualityTable(result: RunResult): Table {
  requireResult(result, "researcherQuality");
  const { researcherQuality } = result;
  return displayed({
    name: "researcher_quality",
    title: "How good each researcher's forecasts were",
    caption:
      "Over the middle horizon, of outcomes that share no bar of a coin; in a population behind the champion's analyst, " +
      "by the genes that were settled before. Brier: a coin flip has 0.25. ECE: calibration error, and what calibrated " +
      "forecasts stay below in 95% of draws if outcomes were independent. CRPS skill: of the forecast's quantiles at 21 " +
      "levels against those of each coin's own past returns; below 0 it is worse than those.",
    columns: [
      { label: "Researcher", align: "left", hint: "Variant at the last decision" },
      { label: "Bars", align: "right", hint: "Horizon, least to most, as learning moved it" },
      { label: "Outcomes", align: "right", hint: "How many were judged" },
      { label: "Brier", align: "right", hint: "Of the probability of a rise" },
      { label: "ECE", align: "right", hint: "Expected calibration error over ten bins" },
      { label: "(null 95%)", align: "right", hint: "95% quantile of the error of calibrated forecasts" },
      { label: "CRPS skill", align: "right", hint: "1 - CRPS / CRPS of the coin's past returns" },
      { label: "Inside 90%", align: "right", hint: "Share of outcomes inside the central 90% interval" },
      { label: "Width", align: "right", hint: "Mean width of that interval, share of price" },
    ],
    rows: researcherQuality.map((one) => ({
      cells: [
        plainText(one.variant),
        one.horizon.least === one.horizon.most
          ? `${one.horizon.least}`
          : `${one.horizon.least}-${one.horizon.most}`,
        count(one.count),
        decimal(one.brier, 4),
        decimal(one.ece, 4),
        decimal(one.eceNull95, 4),
        signedPercent(one.crpsSkill),
        percent(one.covered, 0),
        percent(one.width),
      ],
      strong: false,
    })),
  });
}
