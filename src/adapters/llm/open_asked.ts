/** The model that a run's language traders ask. */
import type { PopulationRunConfig } from "../../experiments/config.ts";
import { hashJson } from "../../core/hash.ts";
import { hashedConfig } from "../../experiments/hashed_config.ts";
import type { AskedModel } from "../../experiments/language/asker.ts";
import type { LanguageRequest } from "../../experiments/ports/jobs.ts";
import type { RunPlan } from "../../experiments/run_plan.ts";
import { MODELS_FILE, servedModel } from "./models_file.ts";
import { LLM_PLACES, openLanguageModel } from "./open_language_model.ts";

/** Nothing is sent, and what nobody recorded is not asked: a run works without any key. */
export const OFFLINE: LanguageRequest = {
  cassettes: "offline",
  folder: LLM_PLACES.cassettes,
  models: MODELS_FILE,
};

/** Opens the model that a plan names. @throws {UserError} If the table of models has none of that name. */
export async function openAsked(
  { config, panel }: RunPlan<PopulationRunConfig>,
  request: LanguageRequest = OFFLINE,
): Promise<AskedModel & { readonly close: () => void }> {
  const run = `population ${hashJson([hashedConfig(config), panel.hash]).slice(0, 16)}`;
  return await openModelOf(run, config.population.language.model, request);
}

/** Opens a model of the table. @param run The name under which its calls are charged. @throws {UserError} As `openAsked`. */
export async function openModelOf(
  run: string,
  name: string,
  { cassettes, folder, models }: LanguageRequest,
): Promise<AskedModel & { readonly close: () => void }> {
  const model = await openLanguageModel({ cassettes, folder, models, run });
  const { structured } = servedModel(model.models, name).card;
  return {
    model,
    mostCalls: structured.length + 1, // every rung but one refused, an answer, a repair turn
    close: () => model[Symbol.dispose](),
  };
}
