import { hashJson } from "../core/hash.ts";
import { hashedConfig } from "./hashed_config.ts";
import type { RunIdentity } from "./ports/run_store.ts";

/**
 * A run is named by its command and seed, and by a hash of all that its bytes follow from: the settings it reads,
 * in one form, and its rows with where they came from.
 */
export function runId({ command, plan: { config, panel } }: RunIdentity): string {
  const read = hashJson({ config: hashedConfig(config), rows: panel.hash, source: panel.source });
  return `${command}-s${config.seed}-${read.slice(0, 10)}`;
}
