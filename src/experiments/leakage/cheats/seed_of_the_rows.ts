import type { RunContext } from "../../../population/decide.ts";
import { type PopulationLearner, populationLearner } from "../../learners/population.ts";
import { type MakeLearner, populationOutputs } from "../run_outputs.ts";
import type { PlantedCheat } from "./planted_cheat.ts";
import { probedConfig } from "../probed_config.ts";

/** A population whose random draws are seeded with the hash of all rows; every draw so knows the last one. */
function seededByRows(context: RunContext): PopulationLearner {
  const seed = parseInt(context.desk.market.panel.hash.slice(0, 8), 16);
  return populationLearner("population", { ...context, seed });
}

const config = probedConfig({
  seed: 16,
  clock: { firstDecision: 431 },
  population: { size: 3, transferEvery: 2, committeeShare: 3 / 81 },
});

const run = (makeLearner?: MakeLearner): PlantedCheat["cheat"] => (panel, t) =>
  populationOutputs(panel, t, config, 2, makeLearner);

/** CHEAT: a learner's state that was drawn by the hash of the rows. Honest: drawn by the seed of the run. */
export const seedOfTheRows: PlantedCheat = { cheat: run(seededByRows), honest: run() };
