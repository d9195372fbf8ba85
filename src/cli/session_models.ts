/** How a paper session's language traders come by answers, from flags. */
import { type OpenAsking, openAsking } from "../adapters/llm/open_asking.ts";
import type { PopulationRunConfig } from "../experiments/config.ts";
import { cassetteMode } from "./llm_flags.ts";

/** The flags that say so. */
export interface SessionModelFlags {
  readonly cassettes: string;
  readonly cassetteFolder: string;
  readonly models: string;
}

/** What the flag --cassettes means to a session. */
export const SESSION_CASSETTES =
  "what language traders do: offline (what is recorded), record and live (task paper-language)";

/** Opens what a session's language traders ask. @throws {UserError} If a flag or the model's name is wrong. */
export async function sessionModels(
  config: PopulationRunConfig,
  id: string,
  { cassettes, cassetteFolder: folder, models }: SessionModelFlags,
): Promise<OpenAsking> {
  return await openAsking(config, id, { cassettes: cassetteMode(cassettes), folder, models });
}
