import type { PopulationConfig } from "../../population/config.ts";
import { askingFor } from "./asking.ts";
import { declareJob, learnerContext, strategiesOnly } from "./job.ts";
import { followPopulation } from "./population.ts";

/**
 * Homogeneous PBT: jittered copies of one variant per role; at every transfer step the worst copies the best and
 * explores.
 */
export const homogeneousPbt = declareJob({
  hears: true,
  cost: { work: 0.42, first: 0.11, growth: 2, learns: true },
  strategies: {
    homogeneousPbt: {
      label: "Homogeneous PBT (champion)",
      kind: "learner",
      note: "Copies of one drawn variant per role; the worst copies the best and explores.",
    },
  },
  run: async (input) => {
    const context = learnerContext(input);
    const learner = { ...context, config: homogeneousPbtConfig(context.config) };
    const names = { champion: "homogeneousPbt" };
    const { ask, close } = await askingFor(input, learner);
    try {
      const followed = await followPopulation("homogeneousPbt", learner, input, names, { ask });
      return { ...strategiesOnly(followed.strategies), population: followed.population };
    } finally {
      close();
    }
  },
});

export function homogeneousPbtConfig(config: PopulationConfig): PopulationConfig {
  const mirror = { ...config.mirror, rules: [] }; // its champion is what is reported
  return { ...config, mirror, variants: "homogeneous", learning: "pbt", frozen: [] }; // a lesion is the population's
}
