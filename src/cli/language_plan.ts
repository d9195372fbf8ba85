/** What a run's language traders would ask, in words and numbers. */
import { cassettesIn } from "../adapters/llm/cassettes.ts";
import { readModels, servedModel } from "../adapters/llm/models_file.ts";
import { estimator, tokenBound } from "../adapters/llm/token_count.ts";
import type { PopulationRunConfig } from "../experiments/config.ts";
import { learnerContext } from "../experiments/jobs/job.ts";
import { questionOf } from "../experiments/language/asker.ts";
import { playsLanguage } from "../experiments/language/plays.ts";
import { plannedQuestions } from "../experiments/language/question_plan.ts";
import { createDesk } from "../experiments/market.ts";
import type { LanguageRequest } from "../experiments/ports/jobs.ts";
import type { RunPlan } from "../experiments/run_plan.ts";
import { callHash } from "../llm/chat_call.ts";
import { chatCall, rungsOf } from "../llm/ladder.ts";
import { type ForeseenCall, planCalls } from "../llm/plan.ts";

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
  const { prompts, questions } = plannedQuestions(
    learnerContext({ plan, desk }),
    plan.config.references,
  );
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
  const { hits, toSend, inputTokens, dollars, mostDollars } = planCalls(
    calls,
    await cassettesIn(folder),
    served.card.price,
  );
  const { iterations } = plan.window, { length: coins } = desk.tradable.filter(Boolean);
  const usd = (amount: number | null) =>
    amount === null ? "unknown: its price is not stated" : amount.toFixed(4);
  const cut = calls.length > language.mostCalls
    ? `\npopulation.language.mostCalls is ${language.mostCalls}: after so many calls nothing more is asked.`
    : "";
  return [
    `${language.model} would be asked ${calls.length} questions: ${prompts.length} prompts (${
      prompts.join(", ")
    }), ` +
    `${coins} coins, every ${language.every} rows over ${iterations} iterations.`,
    `${hits} are recorded in ${folder}, ${toSend} would be sent: about ${inputTokens} tokens to it and at most ` +
    `${toSend * language.maxTokens} from it.`,
    `USD: about ${usd(dollars)}, at most ${usd(mostDollars)} with a repair turn each; a run may spend ${
      models.budget.run.dollars ?? "any amount"
    }.` + cut,
    ...(language.mutants.length === 0 ? [] : [
      `Beside them it would be asked ${
        language.mutants.length * Math.floor((iterations - 1) / population.transferEvery)
      } ` +
      `times for mutants (${
        language.mutants.join(", ")
      }), once a role and transfer step; they are not in these sums.`,
    ]),
    "Lessons and mutations may bring further prompts into play; each is asked from then on.",
  ].join("\n");
}
