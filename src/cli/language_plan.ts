/** What a run's language traders would ask, in words and numbers. */
import { cassettesIn } from "../adapters/llm/cassettes.ts";
import { readModels, servedModel } from "../adapters/llm/models_file.ts";
import { estimator, tokenBound } from "../adapters/llm/token_count.ts";
import type { PopulationRunConfig } from "../experiments/config.ts";
import { learnerContext } from "../experiments/jobs/job.ts";
import { questionOf } from "../experiments/language/asker.ts";
import { playsLanguage } from "../experiments/language/plays.ts";
import { plannedQuestions } from "../experiments/language/question_plan.ts";
import { foreseenLoops } from "../experiments/language/slow_loops_plan.ts";
import { createDesk } from "../experiments/market.ts";
import type { LanguageRequest } from "../experiments/ports/jobs.ts";
import type { RunPlan } from "../experiments/run_plan.ts";
import { callHash } from "../llm/chat_call.ts";
import { chatCall, rungsOf } from "../llm/ladder.ts";
import { type CallPlan, type ForeseenCall, planCalls } from "../llm/plan.ts";
import { loopPlans } from "./loop_plans.ts";

/** Bytes of series that the desk may keep. */
const MEMO_BYTES = 256 * 2 ** 20;
/** Calls whose tokens are counted; the others are taken to be as long, character for character. */
const COUNTED = 40;

/** @throws {UserError} If the table of models has none of the run's name. */
export async function languagePlanText(
  plan: RunPlan<PopulationRunConfig>,
  { models: path, folder }: LanguageRequest,
): Promise<string> {
  const { population } = plan.config, { language } = population;
  if (!playsLanguage(population)) {
    return "No trader of this run asks a language model: nothing is sent, and nothing is spent.";
  }
  const models = await readModels(path), served = servedModel(models, language.model);
  const desk = createDesk(plan.panel, plan.config, MEMO_BYTES);
  const context = learnerContext({ plan, desk });
  const { prompts, questions } = plannedQuestions(context, plan.config.references);
  const { tokenizer } = served.card;
  const estimate = await estimator(tokenizer), bound = await tokenBound(tokenizer);
  let letters = 0, tokens = 0, most = 0; // most: bound on the tokens of a character
  const calls = questions.map((question, i): ForeseenCall => {
    const asked = questionOf(question, language);
    const call = chatCall(served, asked, rungsOf(served, asked.form)[0]!);
    const sent = JSON.stringify(call.body);
    if (i < COUNTED) {
      letters += sent.length;
      tokens += estimate(sent);
      most = Math.max(most, bound(sent) / sent.length);
    }
    return {
      hash: callHash(call),
      inputTokens: Math.ceil(sent.length * tokens / letters),
      inputBound: Math.ceil(most * sent.length) + served.provider.hiddenTokens,
      outputTokens: language.maxTokens,
    };
  });
  const traders = planCalls(calls, await cassettesIn(folder), served.card.price);
  const { iterations } = plan.window, { length: coins } = desk.tradable.filter(Boolean);
  const loops = await loopPlans(foreseenLoops(context), served, folder);
  const counted = calls.length +
    loops.reduce((sum, { loop, plan: one }) => sum + (loop.counted ? one.calls : 0), 0);
  return [
    `${language.model} would be asked ${calls.length} questions: ${prompts.length} prompts (${
      prompts.join(", ")
    }), ` +
    `${coins} coins, every ${language.every} rows over ${iterations} iterations.`,
    `${traders.hits} are recorded in ${folder}, ${sentText(traders, language.maxTokens)}`,
    `${costText(traders)}; a run may spend ${models.budget.run.dollars ?? "any amount"}.`,
    ...(counted > language.mostCalls
      ? [`population.language.mostCalls is ${language.mostCalls}: after so many calls nothing more is asked.`]
      : []),
    ...loops.flatMap(({ loop, plan: one, recorded }) => [
      `${loop.loop}: it would be asked at most ${one.calls} questions: ${loop.when}.`,
      `At most ${recorded} are recorded in ${folder}, as what they show depends on the run: at most ${
        sentText(one, language.maxTokens)
      }`,
      `${costText(one)}${loop.counted ? "" : "; charged to no account, and no part of mostCalls"}.`,
    ]),
    ...(loops.length === 0
      ? []
      : [`All together: ${costText(sumOf([traders, ...loops.map(({ plan }) => plan)]))}.`]),
    "Lessons and mutations may bring further prompts into play; each is asked from then on.",
  ].join("\n");
}

function sentText({ toSend, inputTokens }: CallPlan, maxTokens: number): string {
  return `${toSend} would be sent: about ${inputTokens} tokens to it and at most ${
    toSend * maxTokens
  } from it.`;
}

function costText({ dollars, mostDollars }: Pick<CallPlan, "dollars" | "mostDollars">): string {
  const usd = (amount: number | null) =>
    amount === null ? "unknown: its price is not stated" : amount.toFixed(4);
  return `USD: about ${usd(dollars)}, at most ${usd(mostDollars)} with a repair turn each`;
}

function sumOf(plans: readonly CallPlan[]): Pick<CallPlan, "dollars" | "mostDollars"> {
  const sum = (of: (plan: CallPlan) => number | null) =>
    plans.reduce((total: number | null, plan) => {
      const one = of(plan);
      return total === null || one === null ? null : total + one;
    }, 0);
  return { dollars: sum(({ dollars }) => dollars), mostDollars: sum(({ mostDollars }) => mostDollars) };
}
