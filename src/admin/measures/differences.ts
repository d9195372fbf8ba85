import type { Measure } from "../measure.ts";

/** Differences between the books and the exchange at a close, a count. */
export const differences: Measure = () => (event) => {
  if (event.type !== "reconciliation") return null;
  const [first] = event.differences;
  return {
    value: event.differences.length,
    text: first === undefined
      ? "books and exchange agree"
      : `books and exchange differ in ${event.differences.length}, first ${first.what} ${first.name}: booked ` +
        `${first.booked}, exchange ${first.exchange}`,
  };
};
