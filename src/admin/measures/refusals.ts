import type { Measure } from "../measure.ts";

const DAY_MS = 86_400_000;

/** Orders that the guards refused in the last 24 hours of market time, a count; read at each refusal. */
export const refusals: Measure = () => {
  let times: number[] = [];
  return (event, now) => {
    if (event.type !== "order" || event.to !== "refused") return null;
    times = [...times.filter((time) => now - time < DAY_MS), now];
    return {
      value: times.length,
      text: `the guards refused ${times.length} order${
        times.length === 1 ? "" : "s"
      } in a day, last ${event.coin}: ${event.reason}`,
    };
  };
};
