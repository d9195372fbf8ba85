import { decimal } from "../../figures/format.ts";
import type { Measure } from "../measure.ts";

/** Notional of the largest position over equity, at a close. A share of the gross would be 1 for any single position. */
export const concentration: Measure = () => (event) => {
  if (event.type !== "bar") return null;
  const sizes = event.positions.map(({ coin, quantity, mark }) => ({
    coin,
    size: Math.abs(quantity) * mark / event.equity,
  }));
  const largest = sizes.reduce((one, other) => other.size > one.size ? other : one, { coin: "", size: 0 });
  return { value: largest.size, text: `${largest.coin} alone is ${decimal(largest.size)} times equity` };
};
