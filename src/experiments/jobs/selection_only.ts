import type { PopulationConfig } from "../../population/config.ts";
import { askingFor } from "./asking.ts";
import { declareJob, learnerContext, strategiesOnly } from "./job.ts";
import { followPopulation } from "./population.ts";

/** The floor for every claim about learning: the same population without transfer and mutation. */
export const selectionOnly = declareJob({
  hears: true,
  cost: { work: 0.28, first: 0.33, growth: 1, learns: false },
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
    selectionOnlyMirrored: {
      label: "Selection only (mirrored)",
      kind: "learner",
      note: "The mirrored committee of the population without transfer and mutation.",
    },
  },
  run: async (input) => {
    const context = learnerContext(input);
    const names = {
      champion: "selectionOnly",
      committee: "selectionOnlyCommittee",
      mirrored: "selectionOnlyMirrored",
    };
    const learner = { ...context, config: selectionOnlyConfig(context.config) };
    const { ask, close } = await askingFor(input, learner);
    try {
      const followed = await followPopulation("selectionOnly", learner, input, names, { ask });
      return { ...strategiesOnly(followed.strategies), population: followed.population };
    } finally {
      close();
    }
  },
});

/** Without transfer and mutation; of mirrored accounts the first alone. */
export function selectionOnlyConfig(config: PopulationConfig): PopulationConfig {
  const mirror = { ...config.mirror, rules: config.mirror.rules.slice(0, 1) };
  return { ...config, mirror, transfer: "none", mutation: "off", learning: "teaching" };
}
