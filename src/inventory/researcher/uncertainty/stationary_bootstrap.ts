import { rng } from "../../../core/rng.ts";
import { log } from "../../../genome/gene.ts";
import { pooledSums } from "./pooled_sums.ts";
import type { UncertaintyMethod } from "./sampler.ts";

/** Bootstrap draws. */
const DRAWS = 400;

/** Sums of residuals over blocks whose lengths are themselves drawn, of a mean length. */
export const stationaryBootstrap: UncertaintyMethod = {
  summary:
    "Stationary bootstrap of the residuals of the calibration window: blocks of random length, coins pooled",
  genes: [log("meanBlock", 1, 30)], // rows
  start: { meanBlock: 6 },
  warmUp: 0,
  refitEvery: 1,
  needs: [],
  source: "D. Politis, J. Romano, JASA 89 (1994) 1303",
  run: (task, genes) => {
    // Where blocks begin is drawn once, as for the circular one: two refits differ by their residuals alone.
    const random = rng("stationary bootstrap", task.seedLabel), longest = Math.max(...task.horizons);
    const draws = () => new Float64Array(DRAWS * longest).map(() => random.uniform());
    const places = draws(), ends = draws(), restart = 1 / genes.meanBlock!;
    return {
      draws: DRAWS,
      sums: (residuals, last, window, horizon, out) =>
        pooledSums(residuals, task.sd, last, window, horizon, out, (draw, step, before) => {
          const at = draw * longest + step;
          if (step === 0 || ends[at]! < restart) return Math.floor(places[at]! * window);
          return before + 1 === window ? 0 : before + 1;
        }),
    };
  },
};
