/** Who traded when in a stored run, so that its account can be traded anew. */
import { type Pipeline, pipelineKey, pipelineOf } from "../../agents/agent.ts";
import { needsOf } from "../../agents/variant.ts";
import { UserError } from "../../core/user_error.ts";
import { eventsOfType, type RecordedEvent } from "../../events/event.ts";
import { byRole, ROLES } from "../../genome/role.ts";
import type { RunPlan } from "../run_plan.ts";
import type { PipelineRunConfig } from "../config.ts";
import { configuredPipeline } from "../pipeline_strategies.ts";

/** Rows from..to-1 that one team trades. */
export interface TeamWindow {
  readonly from: number;
  readonly to: number;
  readonly pipeline: Pipeline;
  /** True if another team traded before. */
  readonly adopts: boolean;
}

/** The windows of a population's champion, from what was recorded of each iteration. */
export function championWindows(events: readonly RecordedEvent[]): TeamWindow[] {
  let before = "";
  return eventsOfType(events, "iteration").map(({ row, lastRow, agents, champion }) => {
    const pipeline = pipelineOf(byRole((role) => {
      const { variant, genome } = agents[role]![champion[role]!]!;
      return { variant, coordinates: genome };
    }));
    for (const role of ROLES) {
      const variant = pipeline[role]!.variant;
      if (!needsOf(variant).includes("proposals")) continue;
      throw new UserError(
        `Cannot explain this run as its agents must have decided from rows alone: ${variant.name} was told from outside, ` +
          "and what it was told is not kept",
      );
    }
    const key = pipelineKey(pipeline);
    const adopts = key !== before;
    before = key;
    return { from: row + 1, to: lastRow + 1, pipeline, adopts };
  });
}

/** The one window of a run of one pipeline. */
export function pipelineWindows({ config, window: { from, to } }: RunPlan<PipelineRunConfig>): TeamWindow[] {
  return [{ from, to: to + 1, pipeline: configuredPipeline(config), adopts: false }];
}
