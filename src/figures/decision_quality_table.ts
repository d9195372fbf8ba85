import type { ModelComparison } from "../experiments/decisions/compare_models.ts";
import { decisionTable, shareText } from "./decision_rows.ts";
import { count, decimal, pText, signed } from "./format.ts";
import type { Table } from "./table.ts";

/** How good stated probabilities and quantiles were. */
export function decisionQualityTable(comparison: ModelComparison): Table {
  return decisionTable(comparison, {
    name: "decision_quality",
    title: "Decision quality",
    caption:
      "Of answered decisions; lower is better but for direction. A share stands with its 95% interval (Wilson). " +
      "Fewer than a hundred decisions say next to nothing.",
  }, [
    {
      label: "Answered",
      hint: "Decisions answered, of those asked",
      cell: ({ quality }) => `${count(quality.answered)}/${count(quality.asked)}`,
    },
    {
      label: "Direction",
      hint: "Probabilities other than 1/2 on the right side",
      cell: ({ quality }) => shareText(quality.direction),
    },
    {
      label: "Bias",
      hint: "Mean probability of a rise less the share of rises",
      cell: ({ quality }) => signed(quality.bias),
    },
    {
      label: "Overconf.",
      hint: "Mean of max(p, 1 - p) less the share of right directions",
      cell: ({ quality }) => signed(quality.overconfidence),
    },
    {
      label: "Slope",
      hint: "What stated log odds are worth: 1 if calibrated, below 1 if overconfident",
      cell: ({ quality }) => decimal(quality.line?.slope ?? null),
    },
    {
      label: "Brier",
      hint: "Mean squared error of the probability; 0.25 for always 1/2",
      cell: ({ quality }) => decimal(quality.brier, 4),
    },
    {
      label: "ECE (p)",
      hint: "Expected calibration error in ten bins; p: calibrated forecasts show as much by chance",
      cell: ({ quality: { calibration } }) =>
        calibration === null ? "–" : `${decimal(calibration.ece, 3)} (${pText(calibration.p)})`,
    },
    {
      label: "CRPS, bp",
      hint: "Of the five stated quantiles, in hundredths of a percent",
      cell: ({ quality: { crps } }) => decimal(crps === null ? null : 1e4 * crps, 1),
    },
  ]);
}
