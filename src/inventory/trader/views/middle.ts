import { view } from "./view.ts";

/** The forecast of the middle horizon as it stands. */
export const middle = view(
  "The mean of the middle horizon as it stands",
  (forecast, _horizons, row) => forecast.mean[1]![row]!,
);
