/** What calls that are known beforehand will cost: counted from the first call of each, before anything is sent. */
import { cassettesIn } from "../adapters/llm/cassettes.ts";
import { readModels, servedModel } from "../adapters/llm/models_file.ts";
import { estimator, tokenBound } from "../adapters/llm/token_count.ts";
import { callHash } from "../llm/chat_call.ts";
import { type CallRequest, chatCall, rungsOf, type ServedModel } from "../llm/ladder.ts";
import type { Caps } from "../llm/model_card.ts";
import { type CallPlan, type ForeseenCall, planCalls } from "../llm/plan.ts";

/** Where models and cassettes are looked up. */
export interface PlannedWith {
  readonly models: string;
  readonly model: string;
  readonly cassetteFolder: string;
}

/** The plan of some requests, as text or as JSON. @throws {UserError} If the table of models has none of that name. */
export async function callPlanText(
  requests: readonly CallRequest[],
  { models: path, model, cassetteFolder }: PlannedWith,
  json: boolean,
): Promise<string> {
  const models = await readModels(path), served = servedModel(models, model);
  const isKept = await cassettesIn(cassetteFolder);
  const plan = planCalls(await foreseenCalls(served, requests), isKept, served.card.price);
  return json ? JSON.stringify(plan) : planWords(plan, served.name, models.budget);
}

/** Each request as the first call that it makes. */
export async function foreseenCalls(
  served: ServedModel,
  requests: readonly CallRequest[],
): Promise<readonly ForeseenCall[]> {
  const { tokenizer } = served.card;
  const estimate = await estimator(tokenizer), bound = await tokenBound(tokenizer);
  return requests.map((request): ForeseenCall => {
    const call = chatCall(served, request, rungsOf(served, request.form)[0]!),
      sent = JSON.stringify(call.body);
    return {
      hash: callHash(call),
      inputTokens: estimate(sent),
      inputBound: bound(sent) + served.provider.hiddenTokens,
      outputTokens: request.parameters.maxTokens,
    };
  });
}

function planWords(plan: CallPlan, model: string, { run }: Caps): string {
  const { calls, hits, toSend, inputTokens, dollars, mostDollars } = plan;
  const counted = `${model}: ${calls} calls, ${hits} from cassettes, ${toSend} to send`;
  if (dollars === null || mostDollars === null) {
    return `${counted}. Its price is not stated, so none would be sent: state it in the table of models.`;
  }
  const costs = `about ${inputTokens} tokens to it; about ${dollars.toFixed(4)} USD, at most ${
    mostDollars.toFixed(4)
  }`;
  const cap = run.dollars === undefined ? "" : ` A run may spend ${run.dollars} USD.`;
  return `${counted}; ${costs}.${cap}`;
}
