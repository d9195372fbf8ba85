import { decimal } from "../../figures/format.ts";
import { annualSharpe } from "../../stats/sharpe.ts";
import type { Measure } from "../measure.ts";

/** Bars that it is taken over: 30 days, whose ratio has a standard error of 3.5. */
const BARS = 180;

/** Annual Sharpe ratio of the last 180 bars; nothing is said before there are so many. */
export const recentSharpe: Measure = () => {
  let before: number | null = null, returns: number[] = [];
  return (event) => {
    if (event.type !== "bar") return null;
    if (before !== null) returns = [...returns.slice(1 - BARS), event.equity / before - 1];
    before = event.equity;
    if (returns.length < BARS) return null;
    const value = annualSharpe(returns);
    return { value, text: `Sharpe ratio ${decimal(value)} a year over the last ${BARS} bars` };
  };
};
