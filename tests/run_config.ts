import {
  type PipelineRunConfig,
  pipelineRunConfig,
  type PopulationRunConfig,
  populationRunConfig,
  settingsSchema,
} from "popagent/experiments/config.ts";

/** The configuration of a population run: settings over defaults. */
export function populationConfig(settings: unknown = {}): PopulationRunConfig {
  return populationRunConfig(settingsSchema.parse(settings));
}

/** The configuration of a run of one pipeline. */
export function pipelineConfig(settings: unknown = {}): PipelineRunConfig {
  return pipelineRunConfig(settingsSchema.parse(settings));
}
