import type { PopulationConfig } from "../../population/config.ts";
import { declareJob, learnerContext, strategiesOnly } from "./job.ts";
import { followPopulation } from "./population.ts";

/** The floor for every claim about learning: the same population without transfer and mutation. */
export const selectionOnly = declareJob({
  cost: { work: 0.25, first: 0.5, growth: 1 },
  strategies: {
    selectionOnly: {
      label: "Selection only (champion)",
      kind: "learner",
      note: "The population without transfer and mutation: the floor for every claim about learning.",
    },
    selectionOnlyCommittee: {
      label: "Selection only (committee)",
      kind: "learner",
      note: "The committee of the population without transfer and mutation.",
    },
  },
  run: async (input) => {
    const context = learnerContext(input);
    const names = { champion: "selectionOnly", committee: "selectionOnlyCommittee" };
    const learner = { ...context, config: selectionOnlyConfig(context.config) };
    const { strategies, population } = await followPopulation("selectionOnly", learner, input, names);
    return { ...strategiesOnly(strategies), population };
  },
});

export function selectionOnlyConfig(config: PopulationConfig): PopulationConfig {
  return { ...config, transfer: "none", mutation: "off", learning: "teaching" };
}
