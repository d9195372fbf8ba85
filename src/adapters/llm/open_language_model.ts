/** A language model in hand: the table of models, cassettes, the budget and the providers, wired. */
import { join } from "node:path";
import { ask, type Caller } from "../../llm/ask.ts";
import type { LanguageModel } from "../../llm/language_model.ts";
import type { Caps, Models } from "../../llm/model_card.ts";
import { PROJECT } from "../files/project.ts";
import { type CassetteMode, withCassettes } from "./cassettes.ts";
import { readModels, servedModel } from "./models_file.ts";
import type { CallPorts } from "./provider_calls.ts";

/** Where cassettes and the journal of spending are kept unless told otherwise. */
export const LLM_PLACES = {
  cassettes: join(PROJECT, "data", "llm", "cassettes"),
  spending: join(PROJECT, "data", "llm", "spending.sqlite"),
} as const;

/** How models are used; what is left out is the default. */
export interface LanguageModelRequest {
  /** `replay` (default), `record` or `live`. */
  readonly cassettes?: CassetteMode;
  /** The folder of cassettes. */
  readonly folder?: string;
  /** The table of models: a file's path, or the table itself. */
  readonly models?: string | Models;
  /** The name under which calls are charged: what is opened with it again goes on spending its bound. */
  readonly run?: string;
  /** Bounds on spending; the table's unless stated. */
  readonly budget?: Caps;
  /** The journal of spending. */
  readonly spending?: string;
  /** Parts of the world that a test puts in the place of the real ones. */
  readonly ports?: Partial<CallPorts>;
}

/** A language model that must be closed when it is no longer asked. */
export interface OpenLanguageModel extends LanguageModel, Disposable {
  /** The table of models. */
  readonly models: Models;
}

/**
 * Opens the language models of the table. In a replay nothing of a provider is loaded, and no network touched.
 *
 * @throws {UserError} If the table cannot be read.
 */
export async function openLanguageModel(request: LanguageModelRequest = {}): Promise<OpenLanguageModel> {
  const { cassettes = "replay", folder = LLM_PLACES.cassettes } = request;
  const { run = `notebook ${new Date().toISOString()}` } = request;
  const models = typeof request.models === "object" ? request.models : await readModels(request.models);
  let provider: Promise<Caller> | null = null;
  let close = () => {};
  const caller = withCassettes(cassettes, folder, () =>
    provider ??= (async () => {
      const { providerCalls } = await import("./provider_calls.ts");
      const { ports, journal } = await worldly(request);
      close = journal;
      return providerCalls(run, request.budget ?? models.budget, ports);
    })());
  return {
    models,
    ask: (question) => ask(question, servedModel(models, question.model), caller),
    [Symbol.dispose]: () => close(),
  };
}

/** The world, with what a test puts in its place. */
async function worldly({ ports = {}, spending = LLM_PLACES.spending }: LanguageModelRequest) {
  const { openaiTransport } = await import("./transport.ts");
  const { openSpending } = await import("./spending.ts");
  const environment = ports.environment ?? ((name: string) => Deno.env.get(name));
  const journal = ports.spending ?? openSpending(spending);
  const all: CallPorts = {
    now: Date.now,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    chance: Math.random,
    transport: openaiTransport(environment),
    ...ports,
    environment,
    spending: journal,
  };
  return { ports: all, journal: () => journal.close() };
}
