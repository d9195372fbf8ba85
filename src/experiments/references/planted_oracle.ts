import { isPlanted } from "../../market/synthetic/worlds.ts";
import type { Desk } from "../../agents/desk.ts";
import { solveCholesky } from "../../core/linear.ts";
import { logClosesOf } from "../../features/market_view.ts";
import type { SyntheticTruth } from "../../market/synthetic/synthetic_market.ts";
import { wantShare } from "../../population/mirror/mandate.ts";
import type { Mandate } from "../../simulation/mandate.ts";
import { createPlan } from "../../simulation/plan.ts";
import type { AccountSeries } from "../account_series.ts";
import { syntheticTruth } from "../market.ts";
import type { StrategyDescription } from "../strategy.ts";
import { openLimits } from "./passive.ts";
import { tradeMandate } from "./trade.ts";

/** Codes of the generator's hidden states: no trend, low volatility. There the edge is gone after one bar. */
const SIDEWAYS = 2, LOW_VOLATILITY = 0;
/** Rows over which a mean persists: the last move's, that of momentum and funding, that of the hidden trend. */
const PERSISTENCE = { fleeting: 1, planted: 18, trend: 230 } as const;
/** Share of the way to its aim that the oracle trades at a row. */
const PACE = 0.3;
/** Risk aversion: a volatility of 10 to 20 % a year, at which no coin's capacity is met. */
const AVERSION = 60;
/** Decay of the correlations of standardised moves, what of them is believed, and what is added to each variance. */
const DECAY = 0.995, BELIEVED = 0.95, RIDGE = 0.02;
/** What positions are posted at: no more, or a bar's extreme would liquidate what its close would not. */
const LEVERAGE = 2;

/**
 * The oracle of planted markets: it knows the mean and the sd of every coin's next bar and trades all coins at once, as
 * nothing that learns can. Aim: correlations^-1 mean / (aversion x sd) coin by coin, a mean counting the more the longer
 * it lasts, since getting there costs; then a part of the way to it at each row (Garleanu and Pedersen 2013, J. Finance
 * 68: aim in front of the target, trade partially towards it). Correlations are those of the rows so far.
 */
export function plantedMandate(desk: Desk, truth: SyntheticTruth): Mandate {
  const { rows } = desk.market.panel, coins = desk.tradable.flatMap((may, coin) => may ? [coin] : []);
  const n = coins.length, plan = createPlan(rows, desk.arena.coins);
  const closes = coins.map((coin) => logClosesOf(desk.market, coin));
  const products = new Float64Array(n * n), moves = new Float64Array(n), held = new Float64Array(n);
  const correlations = new Float64Array(n * n), aims = new Float64Array(n);
  let weight = 0;
  for (let t = 1; t + 1 < rows; t++) {
    coins.forEach((coin, i) =>
      moves[i] = (closes[i]![t]! - closes[i]![t - 1]!) / truth.predictableSd[coin]![t]!
    );
    weight = weight * DECAY + 1;
    coins.forEach((coin, i) => {
      for (let j = 0; j < n; j++) {
        const at = i * n + j;
        products[at] = products[at]! * DECAY + moves[i]! * moves[j]!;
        correlations[at] = products[at]! / weight * (i === j ? 1 : BELIEVED);
      }
      correlations[i * n + i]! += RIDGE + 1 / weight;
      aims[i] = lastingMean(truth, coin, t + 1) / truth.predictableSd[coin]![t + 1]!;
    });
    solveCholesky(correlations, aims);
    coins.forEach((coin, i) => {
      const aim = aims[i]! / (AVERSION * truth.predictableSd[coin]![t + 1]!);
      held[i]! += PACE * (aim - held[i]!);
      wantShare(plan, t, coin, held[i]!, LEVERAGE);
    });
  }
  return { plan, limits: openLimits(rows) };
}

/** The expected return of a bar, each part of it by how long it lasts beside the time that getting there takes. */
function lastingMean({ m, drift, trend, vol }: SyntheticTruth, coin: number, row: number): number {
  const worth = (persistence: number) => 1 / (1 + 1 / (persistence * PACE));
  const fleeting = trend[row] === SIDEWAYS && vol[row] === LOW_VOLATILITY;
  return m[coin]![row]! * worth(fleeting ? PERSISTENCE.fleeting : PERSISTENCE.planted) +
    drift[coin]![row]! * worth(PERSISTENCE.trend);
}

/** What a reader is told of the oracle. */
export const plantedOracle = {
  label: "Planted truth",
  kind: "oracle",
  note:
    "oracle (knows the truth): trades the synthetic market's own mean and sd of each next bar, all coins at once, cost-aware.",
} as const satisfies StrategyDescription;

/** The oracle in a fresh account from row `from` to the end; null on a market without a planted edge. */
export function plantedOracleSeries(desk: Desk, from: number): AccountSeries | null {
  const { panel } = desk.market;
  if (panel.source.kind !== "synthetic" || !isPlanted(panel.source.mode)) return null;
  return tradeMandate(desk, plantedMandate(desk, syntheticTruth(panel)), from);
}
