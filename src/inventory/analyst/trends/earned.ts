import { returnsOf, volatilityOf } from "../../../features/market_view.ts";
import { plainMethod } from "../../method.ts";
import type { MixtureInput, TrendMethod } from "./mixture.ts";

/** Memory (rows) and sharpness of earned weights. */
const EARNED_MEMORY = 360;
const EARNED_GAIN = 8;

/**
 * Weights that follow what each reading has foretold: the genes' weights times exp(gain x discounted mean of
 * reading(t-1) x standardised return(t)), over all coins, normalised.
 */
export const earned: TrendMethod = plainMethod(
  "Weights follow what each reading has foretold",
  ({ market, readings, weights: start }: MixtureInput) => {
    const rows = market.panel.rows;
    const kinds = start.length;
    const out = new Float64Array(rows * kinds);
    const merit = new Float64Array(kinds);
    const returns = readings.map((_, coin) => returnsOf(market, coin));
    const sds = readings.map((_, coin) => volatilityOf(market, coin));
    for (let t = 0; t < rows; t++) {
      let total = 0;
      for (let i = 0; i < kinds; i++) {
        if (t > 0) {
          let foretold = 0;
          for (let coin = 0; coin < readings.length; coin++) {
            foretold += readings[coin]![i]![t - 1]! * returns[coin]![t]! / sds[coin]![t - 1]!;
          }
          merit[i]! += (foretold / readings.length - merit[i]!) / EARNED_MEMORY;
        }
        const share = start[i]! * Math.exp(EARNED_GAIN * merit[i]!);
        out[t * kinds + i] = share;
        total += share;
      }
      for (let i = 0; i < kinds; i++) out[t * kinds + i]! /= total;
    }
    return out;
  },
  { source: "Y. Freund, R. Schapire, JCSS 55 (1997) 119" },
);
