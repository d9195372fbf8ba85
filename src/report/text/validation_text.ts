/** Validation as text: one line a market, the comparisons and the thresholds. */
import type { StrategyName } from "../../experiments/strategies.ts";
import { STRATEGIES } from "../../experiments/strategies.ts";
import {
  compareStrategies,
  type MarketOutcome,
  NULL_STRATEGIES,
  testNull,
  type ThresholdCheck,
} from "../../experiments/validation.ts";
import { decimal } from "../../figures/format.ts";
import { paragraph } from "./paragraph.ts";
import { type PlainColumn, plainTable } from "./plain_table.ts";

/** Pairs that are compared in planted markets; those that a market has no strategy for are left out. */
export const COMPARED: readonly (readonly [StrategyName, StrategyName])[] = [
  ["champion", "random"],
  ["committee", "random"],
  ["mirrored", "random"],
  ["champion", "staticShort"],
  ["champion", "staticLong"],
  ["committee", "staticLong"],
  ["committee", "ensemble"],
  ["committee", "wholeCommittee"],
  ["mirrored", "fieldMirroredEqual"],
  ["mirrored", "fieldMirroredEqualOverSd"],
  ["hindsight", "plantedOracle"],
];
const SHOWN: readonly StrategyName[] = [
  "champion",
  "committee",
  "random",
  "ensemble",
  "staticShort",
  "hindsight",
];

/** Strategies of the table of null markets. */
export const TESTED: readonly StrategyName[] = [
  "random",
  ...NULL_STRATEGIES,
  "ensemble",
  "staticShort",
  "hindsight",
];

/** A market as it is done. */
export function marketLine({ marketSeed, strategies }: MarketOutcome): string {
  const parts = SHOWN.map((name) =>
    `${name} ${strategies[name]!.sharpe.toFixed(2)} (gross t ${decimal(strategies[name]!.grossT, 1)})`
  );
  return paragraph(`market ${marketSeed}: ${parts.join(", ")}`, "", "  ");
}

/** A threshold in one line, its verdict first. */
export function checkText({ rule, measured, holds }: ThresholdCheck): string {
  return holds === null
    ? `too few markets to judge: ${rule}: ${measured}`
    : `${holds ? "holds" : "FAILS"}: ${rule}: ${measured}`;
}

/** The markets, the comparisons and the thresholds as text. */
export function validationText(
  world: "planted" | "null",
  outcomes: readonly MarketOutcome[],
  checks: readonly ThresholdCheck[],
): string {
  const right = (label: string): PlainColumn => [label, "right"];
  const left = (label: string): PlainColumn => [label, "left"];
  const markets = plainTable(
    [left("Market"), ...SHOWN.map((name) => right(STRATEGIES[name].label))],
    outcomes.map(({ marketSeed, strategies }) => [
      `${marketSeed}`,
      ...SHOWN.map((name) =>
        world === "planted"
          ? strategies[name]!.sharpe.toFixed(2)
          : `${strategies[name]!.grossSharpe.toFixed(2)} (${decimal(strategies[name]!.grossT, 1)})`
      ),
    ]),
  );
  const comparison = world === "planted"
    ? plainTable(
      [left("Difference in net Sharpe ratio"), right("Mean"), right("SE"), right("Wins")],
      COMPARED.filter((pair) => pair.every((name) => outcomes[0]!.strategies[name])).map(([a, b]) => {
        const { difference, error, wins, markets } = compareStrategies(outcomes, a, b);
        return [
          `${STRATEGIES[a].label} - ${STRATEGIES[b].label}`,
          difference.toFixed(2),
          error.toFixed(2),
          `${wins}/${markets}`,
        ];
      }),
    )
    : plainTable(
      [
        left("Strategy"),
        right("Rejections at 5 %"),
        right("Mean gross Sharpe"),
        right("SE"),
        right("Mean net Sharpe"),
      ],
      TESTED.map((name) => {
        const { rejections, markets, meanGrossSharpe, error, meanNetSharpe } = testNull(outcomes, name);
        return [
          STRATEGIES[name].label,
          `${rejections}/${markets}`,
          meanGrossSharpe.toFixed(2),
          error.toFixed(2),
          meanNetSharpe.toFixed(2),
        ];
      }),
    );
  return [
    paragraph(
      `!! SYNTHETIC DATA (${world} markets). ${
        world === "planted" ? "Net annual Sharpe ratios" : "Gross annual Sharpe ratios (Newey-West t)"
      } by market:`,
    ),
    markets,
    "",
    comparison,
    "",
    ...checks.map((check) => paragraph(checkText(check), "", "  ")),
  ].join("\n");
}
