import { chargesOf } from "../../population/thoughts.ts";
import { heardIn } from "../language/references.ts";
import { rowsInUse } from "../../population/rows_in_use.ts";
import { createSwitching, randomSwitchingSeries } from "../references/random_switching.ts";
import { declareJob, outcomeOf, strategiesOnly } from "./job.ts";

/** The placebo for the champion rule; it needs the population's iterations. */
export const randomSwitching = declareJob({
  strategies: {
    randomSwitching: {
      label: "Random switching",
      kind: "reference",
      note:
        "Placebo for the champion rule: a team drawn at every decision; of 20 streams the one with the median result.",
    },
  },
  followsPopulation: true,
  follower: ({ plan: { config, window }, desk }) => {
    const { advance, series } = createSwitching(
      desk.arena.coins,
      desk.startingEquity,
      config.seed,
      window.history,
    );
    return { advance, outcomes: () => [outcomeOf("randomSwitching", series())] };
  },
  run: ({ plan, desk: bare, iterations, proposals, heard = [], onProgress }) => {
    const { config, window } = plan;
    const desk = { ...bare, proposals };
    const until = (k: number) => rowsInUse(k, config.population, config.clock);
    const charges = (k: number) => chargesOf(heardIn(iterations[k]!, heard));
    const { seed } = config, { history } = window;
    const series = randomSwitchingSeries(desk, iterations, seed, history, onProgress, until, charges);
    return Promise.resolve(strategiesOnly([outcomeOf("randomSwitching", series)]));
  },
});
