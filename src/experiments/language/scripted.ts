/**
 * Scripted models: they answer in the form, by a rule that is known, so that what a population makes of its answers can be
 * checked. They are no language models, and everything that shows their answers says so by their names.
 */
import { BAR_MS } from "../../core/universe.ts";
import { ask } from "../../llm/ask.ts";
import type { ChatCall } from "../../llm/chat_call.ts";
import type { ServedModel } from "../../llm/ladder.ts";
import type { LanguageModel } from "../../llm/language_model.ts";
import type { Panel } from "../../market/panel.ts";
import type { SyntheticTruth } from "../../market/synthetic/synthetic_market.ts";
import type { TraderAnswer } from "./answer.ts";
import { type Observation, observationSchema } from "./observation.ts";

/** What a script knows: `truth` the synthetic market's own mean of the next bar, `lie` says the contrary of it. */
export const SCRIPTS = ["scripted-truth", "scripted-lie"] as const;
/** One of them: the name of its model. */
export type Script = (typeof SCRIPTS)[number];

/** Bars over which a mean of the next bar is taken to last, and rows between two questions by default. */
const LASTS = 6;
/** Expected move over them, in its sd, at which a script is sure. */
const SURE = 0.5;
/** Codes of the generator's hidden states: no trend, low volatility. There the edge is gone after one bar. */
const SIDEWAYS = 2, LOW_VOLATILITY = 0;

/** What a script answers. It must be told coin and date: it looks its market's truth up by them. */
export function scriptedAnswer(
  script: Script,
  { panel, truth }: { readonly panel: Panel; readonly truth: SyntheticTruth },
  observation: Pick<Observation, "asset" | "closedAt" | "roundTripCost">,
): TraderAnswer {
  const coin = panel.coins.findIndex((bars) => bars.coin === observation.asset);
  const row = (Date.parse(observation.closedAt ?? "") - panel.openTime[0]!) / BAR_MS; // the row that opens now
  if (coin < 0 || !(row >= 1 && row < panel.rows)) {
    throw new RangeError(
      "Cannot answer by script as the observation must name a coin and a close of its market: current value is " +
        `${observation.asset}, ${observation.closedAt}; switch population.language.mask off`,
    );
  }
  const sign = script === "scripted-lie" ? -1 : 1;
  const fleeting = truth.trend[row] === SIDEWAYS && truth.vol[row] === LOW_VOLATILITY;
  const mean = sign * (truth.m[coin]![row]! * (fleeting ? 1 : LASTS) + truth.drift[coin]![row]! * LASTS);
  const sd = truth.predictableSd[coin]![row]! * Math.sqrt(LASTS);
  const pays = Math.abs(mean) > observation.roundTripCost;
  const edge = Math.min(1, Math.abs(mean) / sd / SURE);
  const short = (x: number) => Number(x.toPrecision(4));
  const quantile = (z: number) => short(Math.max(-1, mean + z * sd));
  return {
    rationale: `${script}: a script, no model, expects ${short(mean)} over ${LASTS} bars`,
    action: pays ? (mean > 0 ? "long" : "short") : "flat",
    size: 0.1,
    leverage: 2,
    stop: 0,
    target: 0,
    confidence: short(pays ? Math.max(0.2, edge) : 0.5),
    pUp: short(1 / (1 + Math.exp(-1.6 * mean / sd))),
    quantiles: {
      p05: quantile(-1.645),
      p25: quantile(-0.6745),
      p50: quantile(0),
      p75: quantile(0.6745),
      p95: quantile(1.645),
    },
  };
}

const shownSchema = observationSchema.pick({ asset: true, closedAt: true, roundTripCost: true }).loose();

/** The completion that a script sends back to a request, as a compatible server would. */
export function scriptedCompletion(
  script: Script,
  market: { readonly panel: Panel; readonly truth: SyntheticTruth },
  body: Readonly<Record<string, unknown>>,
): string {
  const messages = body.messages as readonly { readonly role: string; readonly content: string }[];
  const user = messages.find(({ role }) => role === "user")!.content;
  const observation = shownSchema.parse(JSON.parse(user.split("\n")[0]!));
  const content = JSON.stringify(scriptedAnswer(script, market, observation));
  const tokens = (text: string) => Math.ceil(text.length / 4);
  return JSON.stringify({
    id: "scripted",
    object: "chat.completion",
    created: 0,
    model: script,
    system_fingerprint: "scripted: no language model",
    choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content, refusal: null } }],
    usage: {
      prompt_tokens: tokens(JSON.stringify(messages)),
      completion_tokens: tokens(content),
      total_tokens: tokens(JSON.stringify(messages)) + tokens(content),
    },
  });
}

/** What is known of a script as of a model. */
export function scriptedModelCard(script: Script): ServedModel {
  return {
    name: script,
    card: {
      provider: "scripted",
      id: script,
      structured: ["jsonSchema"],
      temperature: 2,
      topP: true,
      seed: true,
      reasoning: [],
      limitField: "max_tokens",
      context: 32_768,
      maxOutput: 4096,
      tokenizer: null,
      price: { input: 0.1, output: 0.4, date: "2026-11-26", source: "made up, so that there is a cost" },
      cutoff: null,
      extra: {},
    },
    provider: {
      baseUrl: "http://127.0.0.1:8182/v1",
      key: null,
      atOnce: 8,
      timeoutSeconds: 60,
      hiddenTokens: 0,
      extra: {},
    },
  };
}

/** A script asked in this process: the same calls, read by the same ladder, and no network. */
export function scriptedModel(
  script: Script,
  market: { readonly panel: Panel; readonly truth: SyntheticTruth },
): LanguageModel {
  const served = scriptedModelCard(script);
  const caller = (call: ChatCall) => {
    const text = scriptedCompletion(script, market, call.body);
    const dollars = 0.0001;
    return Promise.resolve({
      reply: { kind: "body" as const, text },
      source: "provider" as const,
      attempts: 1,
      latencyMs: 0,
      dollars,
    });
  };
  return { ask: (question) => ask(question, served, caller) };
}
