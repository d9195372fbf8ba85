/** The models that a session's language traders ask. */
import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "../../core/user_error.ts";
import type { PopulationRunConfig } from "../../experiments/config.ts";
import { playsLanguage } from "../../experiments/language/plays.ts";
import type { LanguageRequest } from "../../experiments/ports/jobs.ts";
import { type Asking, askingModels } from "../../live/asking.ts";
import { OFFLINE, openModelOf } from "./open_asked.ts";

/** How a session asks, until it is closed; null where nobody who plays asks. */
export interface OpenAsking {
  readonly asking: Asking | null;
  readonly close: () => void;
}

/**
 * Opens the model that a session's traders ask. Of its history it hears what is recorded; whatever the mode, nothing is
 * sent about that.
 *
 * @param id Of the session: what it spends counts under its name, so that a restart goes on spending its bound.
 * @throws {UserError} If the table of models has none of that name, or a missing cassette were to end the session.
 */
export async function openAsking(
  { population }: PopulationRunConfig,
  id: string,
  request: LanguageRequest = OFFLINE,
): Promise<OpenAsking> {
  if (!playsLanguage(population)) return { asking: null, close: () => {} };
  if (request.cassettes === "replay") {
    throw new UserError(
      "Cannot trade with the cassettes in replay as a missing answer must not end a session: use offline, in which nobody is " +
        "asked what is not recorded",
    );
  }
  const { model } = population.language, run = `paper ${id}`;
  const past = await openModelOf(run, model, { ...request, cassettes: "offline" });
  const present = await openModelOf(run, model, request);
  return {
    asking: askingModels(past, present, (ms, signal) => sleep(ms, null, { signal })),
    close: () => {
      past.close();
      present.close();
    },
  };
}
