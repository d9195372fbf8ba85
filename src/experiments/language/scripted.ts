/**
 * Scripted models: they answer in the form, by a rule that is known, so that what a population makes of its answers can be
 * checked. They are no language models, and everything that shows their answers says so by their names.
 */
import type { Desk } from "../../agents/desk.ts";
import { BAR_MS } from "../../core/universe.ts";
import { ask } from "../../llm/ask.ts";
import type { ChatCall } from "../../llm/chat_call.ts";
import type { ServedModel } from "../../llm/ladder.ts";
import type { LanguageModel } from "../../llm/language_model.ts";
import type { Panel } from "../../market/panel.ts";
import type { SyntheticTruth } from "../../market/synthetic/synthetic_market.ts";
import { wantedShare } from "../../population/committee.ts";
import { type Plan, planIndex } from "../../simulation/plan.ts";
import { syntheticTruth } from "../market.ts";
import { plantedMandate } from "../references/planted_oracle.ts";
import type { TraderAnswer } from "./answer.ts";
import { type Observation, observationSchema } from "./observation.ts";
import { short, statedQuantiles } from "./stated.ts";

/** What a script says: `truth` half of what the oracle of planted markets holds (references/planted_oracle.ts), `lie` the contrary. */
export const SCRIPTS = ["scripted-truth", "scripted-lie"] as const;
/** One of them: the name of its model. */
export type Script = (typeof SCRIPTS)[number];

/** What a script looks its answers up in. */
export interface ScriptMarket {
  readonly panel: Panel;
  readonly truth: SyntheticTruth;
  /** What the oracle wants to hold. */
  readonly oracle: Plan;
}

/** A planted market as scripts know it. @throws {RangeError} If it is not synthetic. */
export function scriptMarket(desk: Desk): ScriptMarket {
  const { panel } = desk.market, truth = syntheticTruth(panel);
  return { panel, truth, oracle: plantedMandate(desk, truth).plan };
}

/** Bars over which a script states its probability and quantiles. */
const AHEAD = 6;
/** Size and leverage of its answers, and the oracle's signed notional over equity at which it is sure. */
const SIZE = 0.1, LEVERAGE = 2, SURE = 0.4;
/** Below this share of equity it wants nothing. */
const LEAST = 0.004;

/** What a script answers. It must be told coin and date: it looks its market's truth up by them. */
export function scriptedAnswer(
  script: Script,
  { panel, truth, oracle }: ScriptMarket,
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
  const wanted = sign * wantedShare(oracle.values, planIndex(oracle.coins, row - 1, coin));
  const mean = sign * AHEAD * (truth.m[coin]![row]! + truth.drift[coin]![row]!);
  const sd = truth.predictableSd[coin]![row]! * Math.sqrt(AHEAD);
  return {
    rationale: `${script}: a script, no model, wants ${short(wanted)} of equity`,
    action: Math.abs(wanted) < LEAST ? "flat" : wanted > 0 ? "long" : "short",
    size: SIZE,
    leverage: LEVERAGE,
    stop: 0,
    target: 0,
    confidence: short(Math.min(1, Math.abs(wanted) / SURE)),
    pUp: short(1 / (1 + Math.exp(-1.6 * mean / sd))),
    quantiles: statedQuantiles(mean, sd),
  };
}

const shownSchema = observationSchema.pick({ asset: true, closedAt: true, roundTripCost: true }).loose();

/** The completion that a script sends back to a request, as a compatible server would. */
export function scriptedCompletion(
  script: Script,
  market: ScriptMarket,
  body: Readonly<Record<string, unknown>>,
): string {
  const messages = body.messages as readonly { readonly role: string; readonly content: string }[];
  const user = messages.find(({ role }) => role === "user")!.content;
  const observation = shownSchema.parse(JSON.parse(user.split("\n")[0]!));
  return completionOf(script, messages, scriptedAnswer(script, market, observation));
}

/** An answer as a compatible server sends it; four letters are counted as a token. */
export function completionOf(name: string, messages: readonly unknown[], answer: TraderAnswer): string {
  const content = JSON.stringify(answer);
  const tokens = (text: string) => Math.ceil(text.length / 4);
  return JSON.stringify({
    id: "scripted",
    object: "chat.completion",
    created: 0,
    model: name,
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
export function scriptedModelCard(script: string): ServedModel {
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
      simulated: true,
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
  market: ScriptMarket,
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
