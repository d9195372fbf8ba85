/** A run's champion in a model's words, in a cell. */
import type { OpenLanguageModel } from "../adapters/llm/open_language_model.ts";
import { withSummary } from "../adapters/notebook/cell_summary.ts";
import type { StoredRun } from "../adapters/runs/run_files.ts";
import { requireKeys } from "../core/known_names.ts";
import { shown } from "../core/shown.ts";
import type { DistillationEvent } from "../events/distillation.ts";
import { distil, distilledIteration } from "../experiments/language/distillation.ts";
import { PINNED } from "../llm/ladder.ts";
import { distillationText } from "../report/text/distillation_text.ts";
import { requireStoredRun } from "./explain_stored.ts";
import { inNotebookWords } from "./said_in_notebook.ts";
import { opened, PLACES, type StoredPlaces } from "./stored_places.ts";

/** Who is asked about which champion. */
export interface DistilRequest extends StoredPlaces {
  /** The opened models; replayed from cassettes unless they were opened otherwise. */
  readonly language: OpenLanguageModel;
  /** A model of the table. */
  readonly model: string;
  /** Whose champion; the last iteration with two months after it, or the first where none has, if left out. */
  readonly iteration?: number;
  /** Most tokens of the answer: part of what a recorded call is found by; 400 where left out. */
  readonly maxTokens?: number;
}

const KEYS = [...PLACES, "language", "model", "iteration", "maxTokens"];
const EXAMPLE = 'distilChampion(run, { language: await openLanguageModel(), model: "gpt-4.1" })';

/**
 * Has a model say what the champion of a stored population does, and holds its rules against the champion on the rows
 * after the decision. The run stays as it is.
 *
 * @throws {RangeError} If the run is none, or no opened models are given.
 * @throws {UserError} If the run is no population, has no such iteration, or its rows are not at hand.
 */
export async function distilChampion(run: StoredRun, request: DistilRequest): Promise<DistillationEvent> {
  requireStoredRun(run, "distil", EXAMPLE);
  requireKeys(`Cannot distil, ${EXAMPLE}, as the request`, request, KEYS);
  const { language, model, iteration, maxTokens = PINNED.maxTokens } = request;
  if (typeof language?.ask !== "function") {
    throw new RangeError(
      `Cannot distil, ${EXAMPLE}, as language must be what openLanguageModel gives: current value is ${
        shown(language)
      }`,
    );
  }
  return await inNotebookWords(async () => {
    const population = await opened(run, request, "distil", EXAMPLE);
    const event = distilledIteration(population, iteration);
    const written = await distil(population.desk, event, { model, maxTokens }, language);
    return withSummary(written, (one) => [distillationText(one)]);
  });
}
