import type { ForecastQuality } from "../agents/evaluator.ts";
import type { Fill } from "../simulation/trace.ts";
import { assembleRun } from "./assemble.ts";
import type { PipelineRunConfig } from "./config.ts";
import { strategiesOnly } from "./jobs/job.ts";
import { createDesk } from "./market.ts";
import { configuredPipeline, pipelineStrategies } from "./pipeline_strategies.ts";
import type { RunOutcome } from "./ports/run_store.ts";
import { pipelineReadings } from "./readings/readings.ts";
import type { RunResult } from "./result.ts";
import type { RunPlan } from "./run_plan.ts";

/** What a run of one pipeline leaves. */
export interface PipelineRunOutcome extends RunOutcome {
  readonly findings: { readonly evaluation: ForecastQuality | null };
  readonly fills: readonly Fill[];
}

/**
 * Runs the configured pipeline beside its references.
 *
 * @param memoBytes Bytes of series that it may keep.
 */
export function runPipeline(
  command: Exclude<RunResult["command"], "population">,
  plan: RunPlan<PipelineRunConfig>,
  memoBytes: number,
): PipelineRunOutcome {
  const desk = createDesk(plan.panel, plan.config, memoBytes);
  const pipeline = configuredPipeline(plan.config);
  const { strategies, evaluation, forecasts, fills } = pipelineStrategies(desk, pipeline, plan.window);
  const readings = pipelineReadings(forecasts, plan.config.pipeline.researcher, plan.window.from);
  const job = { ...strategiesOnly(strategies), readings };
  return { ...assembleRun(command, plan, "pipeline", [job]), findings: { evaluation }, fills };
}
