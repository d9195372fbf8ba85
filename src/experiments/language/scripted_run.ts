/** A population that asks a script in the place of a language model, on bars in hand; nothing of it is stored. */
import type { LanguageModel } from "../../llm/language_model.ts";
import type { Panel } from "../../market/panel.ts";
import type { PopulationRunConfig } from "../config.ts";
import { population } from "../jobs/population.ts";
import { createDesk } from "../market.ts";
import { noCheckpoints } from "../ports/checkpoints.ts";
import { planRun } from "../run_plan.ts";

/** Runs it. @param model Made where somebody asks. */
export async function scriptedRun(
  config: PopulationRunConfig,
  panel: Panel,
  memoBytes: number,
  model: () => LanguageModel,
) {
  const plan = planRun(config, panel);
  return await population.run({
    plan,
    desk: createDesk(plan.panel, plan.config, memoBytes),
    checkpoints: noCheckpoints,
    iterations: [],
    proposals: {},
    onProgress: () => {},
    openModel: () => Promise.resolve({ model: model(), mostCalls: 2, close: () => {} }),
  });
}
