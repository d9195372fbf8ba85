/** The ways in which a decision is asked for: plainly, and changed in one respect at a time. */
import type { Prompt } from "../../inventory/trader/prompts/prompt.ts";
import type { Message } from "../../llm/chat_call.ts";
import type { Observation } from "../language/observation.ts";
import { messagesOf } from "../language/question.ts";
import type { DecisionPoint } from "./benchmark.ts";
import { mirrored } from "./mirror.ts";
import { inPercent, paraphrased, reordered } from "./reworded.ts";

/** What each probe changes; all but `named` and `recall` keep coin and date from the model. */
export const PROBES = {
  plain: "the decision as it is",
  paraphrase: "instructions in other words",
  fieldOrder: "fields of the observation in reverse order",
  units: "percent in place of fractions",
  mirrored: "every price of the past mirrored",
  named: "coin and date shown beside the observation",
  recall: "coin and date alone, no features: memory",
  prior: "control: neither features nor coin nor date",
} as const;
/**
 * One of them: plain, paraphrase, fieldOrder, units, mirrored, named, recall, prior.
 *
 * @internal
 */
export type Probe = keyof typeof PROBES;
/** All, the plain one first. */
export const PROBE_NAMES = Object.keys(PROBES) as readonly Probe[];

/** A question of the benchmark. */
export interface ProbeQuestion {
  readonly point: DecisionPoint;
  readonly probe: Probe;
  readonly messages: readonly Message[];
  /** What the model is shown, whose numbers it may cite; null where it is shown none. */
  readonly shown: Observation | null;
}

/**
 * Every question, the plain ones first: each point plainly, and its first `probed` points in every other way. The
 * prior is asked once, since nothing in it depends on the point.
 */
export function probeQuestions(
  points: readonly DecisionPoint[],
  probed: number,
  prompt: Prompt,
): readonly ProbeQuestion[] {
  const plain = points.map((point) => question(point, "plain", prompt));
  const further = points.slice(0, probed).flatMap((point, i) =>
    PROBE_NAMES.filter((probe) => probe !== "plain" && (probe !== "prior" || i === 0))
      .map((probe) => question(point, probe, prompt))
  );
  return [...plain, ...further];
}

function question(
  point: DecisionPoint,
  probe: Probe,
  prompt: Prompt,
): ProbeQuestion {
  const named = point.observation, masked = maskedOf(named), nothing: Prompt = { ...prompt, shows: [] };
  const one = (messages: readonly Message[], shown: Observation | null) => ({
    point,
    probe,
    messages,
    shown,
  });
  switch (probe) {
    case "plain":
      return one(messagesOf(prompt, masked), masked);
    case "paraphrase":
      return one(paraphrased(prompt, masked), masked);
    case "fieldOrder":
      return one(reordered(prompt, masked), masked);
    case "units":
      return one(inPercent(prompt, masked), masked);
    case "mirrored":
      return one(messagesOf(prompt, mirrored(masked)), mirrored(masked));
    case "named":
      return one(messagesOf(prompt, named), named);
    case "recall":
      return one(messagesOf(nothing, named), null);
    case "prior":
      return one(messagesOf(nothing, masked), null);
  }
}

/** The observation without coin and date. */
function maskedOf(observation: Observation): Observation {
  return { ...observation, asset: "an asset", closedAt: null };
}
