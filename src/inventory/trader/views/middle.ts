import { view } from "./view.ts";

/** The forecast of the middle horizon as it stands. */
export const middle = view(
  "The mean of the middle horizon as it stands",
  ({ mean }) => {
    const series = mean[1]!;
    return (row) => series[row]!;
  },
);
