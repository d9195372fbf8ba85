/** The control of learning on null markets as text. */
import {
  controlChecks,
  type ControlMarket,
  type LearningControl,
  learningMinusNone,
} from "../../experiments/learning_control.ts";
import { pairedTest } from "../../stats/paired.ts";
import { paragraph } from "./paragraph.ts";
import { plainTable } from "./plain_table.ts";
import { checkText } from "./validation_text.ts";

/** The measures of the control, and what they are called. */
const MEASURES = [
  ["outOfSample", "Population mean (out of sample)"],
  ["inSample", "Mean score of drawn teams (in sample)"],
  ["inSampleRise", "Its rise since the first lesson"],
] as const;

/** The control as text. */
export function learningControlText({ markets }: LearningControl): string {
  const level = (arm: "learning" | "none", measure: (typeof MEASURES)[number][0]) => {
    const { mean, se } = pairedTest(markets.map((market) => market[arm][measure]));
    return `${mean.toFixed(3)} (${se.toFixed(3)})`;
  };
  const rows = MEASURES.map(([measure, label]) => {
    const { mean, se, p } = learningMinusNone(markets, measure);
    return [
      label,
      level("learning", measure),
      level("none", measure),
      mean.toFixed(3),
      se.toFixed(3),
      p.toFixed(3),
    ];
  });
  const sum = (of: (mutations: ControlMarket["mutations"]) => number) =>
    markets.reduce((total, { mutations }) => total + of(mutations), 0);
  return [
    `!! SYNTHETIC DATA (null markets). Annual Sharpe ratios without costs, mean (SE) of ${markets.length} markets:`,
    plainTable([
      ["Measure", "left"],
      ...["Learning", "None", "Difference", "SE", "p"].map((label) => [label, "right"] as const),
    ], rows),
    "",
    `Mutants of the learning populations: ${sum(({ kept }) => kept)} kept, ${
      sum(({ refused }) => refused)
    } refused, ${sum(({ untested }) => untested)} untested.`,
    "",
    ...controlChecks(markets).map((check) => paragraph(checkText(check), "", "  ")),
  ].join("\n");
}
