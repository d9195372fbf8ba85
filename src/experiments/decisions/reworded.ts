/** The same question in other words, another order or other units. What it means does not change. */
import type { Message } from "../../llm/chat_call.ts";
import type { Prompt } from "../../inventory/trader/prompts/prompt.ts";
import type { Observation } from "../language/observation.ts";
import { messagesOf, shownBy, systemText } from "../language/question.ts";

/** Sentences of the question, and what is said in their place. */
const PARAPHRASES: readonly (readonly [string, string])[] = [
  [
    "You decide on one perpetual future on 4-hour bars. You are shown, as JSON, what is known at the close of a bar:",
    "One perpetual future, traded in bars of four hours, needs a decision. Everything known when the bar closed is given as JSON:",
  ],
  [
    "You do not know what is held: say what should be held.",
    "Nobody tells you the current position; state the one that ought to be held.",
  ],
  ["Answer with one JSON object.", "Reply with a single JSON object."],
];

/** Percent in place of fractions, in the words and in the numbers. */
const FRACTIONS = "are fractions (0.01 is 1 %)", PERCENT = "are in percent (1 is 1 %)";
/** What the model is asked to answer in stays as it was. */
const ANSWER_UNITS = " The numbers of your answer are fractions all the same.";

/** The question with its instructions paraphrased. */
export function paraphrased(prompt: Prompt, observation: Observation): readonly Message[] {
  const system = PARAPHRASES.reduce((text, [from, to]) => replaced(text, from, to), systemText(prompt));
  return asked(system, prompt, observation, (shown) => shown);
}

/** The question with the fields of the observation in reverse order. */
export function reordered(prompt: Prompt, observation: Observation): readonly Message[] {
  return asked(systemText(prompt), prompt, observation, reversed);
}

/** The question with returns, means, sds, rates and costs in percent. */
export function inPercent(prompt: Prompt, observation: Observation): readonly Message[] {
  const { prices, research, derivatives } = observation;
  const shown: Observation = {
    ...observation,
    roundTripCost: hundredfold(observation.roundTripCost),
    prices: { ...prices, returns: hundredfolds(prices.returns) },
    research: {
      ...research,
      sdPerBar: hundredfold(research.sdPerBar),
      forecasts: research.forecasts.map((forecast) => ({
        ...forecast,
        mean: hundredfold(forecast.mean),
        sd: hundredfold(forecast.sd),
        quantiles: hundredfolds(forecast.quantiles),
      })),
    },
    derivatives: {
      ...derivatives,
      fundingRate: derivatives.fundingRate && hundredfold(derivatives.fundingRate),
      fundingMean: derivatives.fundingMean && hundredfold(derivatives.fundingMean),
      openInterestChange: derivatives.openInterestChange && hundredfold(derivatives.openInterestChange),
    },
  };
  return asked(
    replaced(systemText(prompt), FRACTIONS, PERCENT) + ANSWER_UNITS,
    prompt,
    shown,
    (same) => same,
  );
}

/** The messages with other instructions and the observation's JSON changed; what stands around it stays. */
function asked(
  system: string,
  prompt: Prompt,
  observation: Observation,
  change: (shown: unknown) => unknown,
): readonly Message[] {
  const shown = shownBy(prompt, observation), user = messagesOf(prompt, observation).at(-1)!;
  const content = replaced(user.content, JSON.stringify(shown), JSON.stringify(change(shown)));
  return [{ role: "system", content: system }, { ...user, content }];
}

/** @throws {RangeError} If the sentence is not there: the probe would ask the plain question under another name. */
function replaced(text: string, from: string, to: string): string {
  if (text.includes(from)) return text.replace(from, () => to);
  throw new RangeError(`Cannot reword a question as it must hold the sentence "${from}"`);
}

function reversed(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).reverse().map(([name, one]) => [name, reversed(one)]));
}

function hundredfold(fraction: number): number {
  return Number((100 * fraction).toPrecision(4));
}

function hundredfolds(fractions: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(fractions).map(([name, one]) => [name, hundredfold(one)]));
}
