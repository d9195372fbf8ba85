/** A champion in a model's words and rules: the form that it is asked for, and what the rules say at a close. */
import * as z from "zod";
import { type AnswerForm, answerForm } from "../../llm/answer_form.ts";
import { type Act, ACTS } from "./champion_actions.ts";
import { type DistilledFeature, FEATURE_NAMES } from "./distilled_features.ts";

/** Letters of a text that are kept, and rules that may be given. */
const MOST_TEXT = 1200, MOST_RULES = 5;

/** One rule. */
export interface DistilledRule {
  /** What is looked at. */
  readonly feature: DistilledFeature;
  /** On which side of the threshold the rule holds; equal is neither. */
  readonly comparison: "above" | "below";
  /** In the feature's unit. */
  readonly threshold: number;
  /** What is done where it holds. */
  readonly action: Act;
}

/** What a model answers. */
export interface Distilled {
  /** What the champion does, at most 120 words. */
  readonly text: string;
  /** At most five; the first that holds decides. */
  readonly rules: readonly DistilledRule[];
  /** What is done where none holds. */
  readonly otherwise: Act;
}

/** The form that models are held to. Strict decoders know no lengths: they are looked at when the reply is read. */
export const DISTILLATION_FORM: AnswerForm<Distilled> = answerForm(
  "distillation",
  1,
  z.strictObject({
    text: z.string().refine((text) => text.length > 0 && text.length <= MOST_TEXT, {
      error: `must have 1 to ${MOST_TEXT} characters`,
    }).describe("What the team does, in at most 120 words"),
    rules: z.array(z.strictObject({
      feature: z.enum(FEATURE_NAMES),
      comparison: z.enum(["above", "below"]),
      threshold: z.number(),
      action: z.enum(ACTS),
    })).refine((rules) => rules.length <= MOST_RULES, { error: `must hold at most ${MOST_RULES} rules` })
      .describe("Tried in this order: the first that holds decides"),
    otherwise: z.enum(ACTS).describe("What is done where no rule holds"),
  }),
);

/**
 * What rules say.
 *
 * @param valueOf A feature's value; a rule about one that is not known (NaN) does not hold.
 */
export function ruleAction(
  { rules, otherwise }: Pick<Distilled, "rules" | "otherwise">,
  valueOf: (feature: DistilledFeature) => number,
): Act {
  const holds = ({ feature, comparison, threshold }: DistilledRule) =>
    comparison === "above" ? valueOf(feature) > threshold : valueOf(feature) < threshold;
  return rules.find(holds)?.action ?? otherwise;
}
