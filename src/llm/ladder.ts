/** The adapter ladder: the same question as each provider's API wants it, by what is known of the model. */
import type { AnswerForm, JsonObject } from "./answer_form.ts";
import type { ChatCall, Message, Rung } from "./chat_call.ts";
import type { ModelCard, Provider } from "./model_card.ts";

/** How a model is asked; null leaves a field to the provider. */
export interface Parameters {
  /** Most tokens of output, thoughts included. */
  readonly maxTokens: number;
  /** Cut to what the model takes. */
  readonly temperature: number | null;
  /** Share of probability that is drawn from, in (0, 1]. */
  readonly topP: number | null;
  /** Of the draw; providers honour it as best they can. Repetitions take the next ones. */
  readonly seed: number | null;
  /** One of the efforts that the model knows. */
  readonly reasoning: string | null;
}

/** Parameters of an experiment: as little chance as a model allows. */
export const PINNED: Parameters = { maxTokens: 400, temperature: 0, topP: 1, seed: 1, reasoning: null };

/** A model as the configuration names it. */
export interface ServedModel {
  /** Its name there. */
  readonly name: string;
  /** What is known of it. */
  readonly card: ModelCard;
  /** Who serves it. */
  readonly provider: Provider;
}

/** What makes up a call, before the ladder. */
export interface CallRequest {
  readonly messages: readonly Message[];
  readonly form: AnswerForm<unknown> | null;
  readonly parameters: Parameters;
  readonly sample: number;
}

/** The rungs that a model is asked on, in order. Free text needs none but the prompt. */
export function rungsOf({ card }: ServedModel, form: AnswerForm<unknown> | null): readonly Rung[] {
  return form === null ? ["plain"] : card.structured;
}

/**
 * A request as it is sent on a rung. Fields that the model refuses are left out.
 *
 * @throws {RangeError} If more output is asked for than the model gives, or an effort it does not know.
 */
export function chatCall(served: ServedModel, request: CallRequest, rung: Rung): ChatCall {
  const { card, provider } = served;
  const { form, parameters, sample } = request;
  requireWithin(served, parameters);
  const body: Record<string, unknown> = {
    model: card.id,
    messages: form === null ? request.messages : promptOn(rung, request.messages, form.jsonSchema),
    [card.limitField]: parameters.maxTokens,
  };
  if (card.temperature !== null && parameters.temperature !== null) {
    body.temperature = Math.min(parameters.temperature, card.temperature);
  }
  if (card.topP && parameters.topP !== null) body.top_p = parameters.topP;
  if (card.seed && parameters.seed !== null) body.seed = parameters.seed + sample;
  if (parameters.reasoning !== null) body.reasoning_effort = parameters.reasoning;
  if (form !== null) Object.assign(body, formatOn(rung, form));
  return {
    provider: card.provider,
    form: form && { name: form.name, version: form.version },
    rung,
    sample,
    body: { ...body, ...provider.extra, ...card.extra },
  };
}

function requireWithin({ name, card }: ServedModel, { maxTokens, reasoning }: Parameters): void {
  if (!Number.isInteger(maxTokens) || maxTokens < 1 || maxTokens > card.maxOutput) {
    throw new RangeError(
      `Cannot ask ${name} as maxTokens must be an integer from 1 to ${card.maxOutput}: current value is ${maxTokens}`,
    );
  }
  if (reasoning !== null && !card.reasoning.includes(reasoning)) {
    throw new RangeError(
      `Cannot ask ${name} as reasoning must be ${
        card.reasoning.join(", ") || "left out"
      }: current value is ${reasoning}`,
    );
  }
}

/** The fields that make a provider keep to a form. */
function formatOn(rung: Rung, { name, jsonSchema }: AnswerForm<unknown>): JsonObject {
  switch (rung) {
    case "jsonSchema":
      return {
        response_format: { type: "json_schema", json_schema: { name, strict: true, schema: jsonSchema } },
      };
    case "jsonObject":
      return { response_format: { type: "json_object" } };
    case "tool":
      return {
        tools: [{
          type: "function",
          function: { name, description: "Gives the answer.", parameters: jsonSchema },
        }],
        tool_choice: { type: "function", function: { name } },
      };
    case "plain":
      return {};
  }
}

/** The messages with the schema in words, where nothing else tells the model of it. */
function promptOn(rung: Rung, messages: readonly Message[], schema: JsonObject): readonly Message[] {
  if (rung === "jsonSchema" || rung === "tool") return messages;
  const text = `Answer with one JSON object and nothing else, no code fence. It must fit this JSON Schema:\n${
    JSON.stringify(schema)
  }`;
  const [first, ...rest] = messages;
  if (first?.role !== "system") return [{ role: "system", content: text }, ...messages];
  return [{ role: "system", content: `${first.content}\n\n${text}` }, ...rest];
}
