import { rng } from "../../../core/rng.ts";
import { coinSeries, columnOf, type MarketView } from "../../../features/market_view.ts";
import { anomalyScore, growForest, pathOf } from "../../models/isolation_forest.ts";
import { clipped, reading } from "./reading.ts";
import { standardisedMoves } from "./standardised_walk.ts";

/** Rows between two forests, rows that one is grown on, rows before the first. */
const EVERY = 126, WINDOW = 720, FIRST = 240;
const TREES = 48, SAMPLE = 128, WIDTH = 4;

/** Row by row what a bar is told by: size of its move and of the one before, its range and its volume, each over the usual. */
function tableOf(market: MarketView, coin: number): Float64Array {
  const moves = standardisedMoves(market, coin), range = columnOf(market, coin, "range", [1]);
  const usualRange = columnOf(market, coin, "range", [60]),
    volume = columnOf(market, coin, "volumeRatio", [60]);
  const out = new Float64Array(moves.length * WIDTH), finite = (x: number) => Number.isFinite(x) ? x : 1;
  for (let t = 0; t < moves.length; t++) {
    out[t * WIDTH] = Math.abs(moves[t]!);
    out[t * WIDTH + 1] = t === 0 ? 0 : Math.abs(moves[t - 1]!);
    out[t * WIDTH + 2] = finite(range[t]! / usualRange[t]!);
    out[t * WIDTH + 3] = finite(volume[t]!);
  }
  return out;
}

/** Anomaly scores by the forest that was grown last, .5 before the first: bar t reads rows <= t. */
export function anomalyScores(market: MarketView, coin: number): Float64Array {
  return coinSeries(market, coin, "anomaly", (whole) => {
    const { panel } = whole, table = tableOf(whole, coin), out = new Float64Array(panel.rows).fill(.5);
    let forest = null;
    for (let t = FIRST; t < panel.rows; t++) {
      const row = panel.firstRow + t;
      if (row % EVERY === 0) {
        const from = Math.max(60, t - WINDOW + 1); // ranges and volumes are over sixty rows
        const random = rng("isolation forest", panel.coins[coin]!.coin, row);
        forest = growForest(table.subarray(from * WIDTH, (t + 1) * WIDTH), WIDTH, TREES, SAMPLE, random);
      }
      if (forest) out[t] = anomalyScore(pathOf(forest, table, t * WIDTH), forest.sample);
    }
    return out;
  });
}

/** Scores from here on are anomalies, by the paper's reading of them; a tenth more is a full one. */
const USUAL = .5, FULL = .1;

/** The last move, faded where the bar was anomalous. */
export const anomaly = reading(
  "The last move, faded where an isolation forest finds the bar anomalous",
  "F. T. Liu, K. M. Ting, Z.-H. Zhou, ICDM (2008) 413",
  (market, coin) => {
    const scores = anomalyScores(market, coin), moves = standardisedMoves(market, coin);
    return clipped(market.panel.rows, (t) => -moves[t]! * Math.max(0, (scores[t]! - USUAL) / FULL));
  },
  { needs: ["turnover"], refitEvery: EVERY },
);
