import { type PopulationRunConfig, populationRunConfig, settingsSchema } from "../config.ts";

/** The configuration that probes run under: settings over defaults. */
export function probedConfig(settings: unknown = {}): PopulationRunConfig {
  return populationRunConfig(settingsSchema.parse(settings));
}
