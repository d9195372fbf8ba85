/**
 * What drawdown scaling alone does to the test of a Sharpe ratio: a game without an edge, its stakes scaled by an account's
 * own rule. Returns are independent and normal with mean 0, so that nobody can earn anything.
 *
 *   deno run -P=run tools/fair_game.ts
 */
import { rng } from "../src/core/rng.ts";
import { BARS_PER_YEAR } from "../src/core/universe.ts";
import { ACCOUNT, createAccount } from "../src/simulation/account.ts";
import { scaleExposure } from "../src/simulation/drawdown_scale.ts";
import { LIMITS, LIMITS_WIDTH } from "../src/simulation/limits.ts";
import { mean, standardDeviation } from "../src/stats/moments.ts";
import { neweyWest } from "../src/stats/newey_west.ts";
import { annualSharpe } from "../src/stats/sharpe.ts";

/** How the game is played. */
export interface FairGame {
  /** Maximum drawdown towards which stakes shrink; 1 never. */
  readonly limit: number;
  /** Annual volatility at full stakes. */
  readonly volatility: number;
  readonly rows: number;
  readonly paths: number;
}

/** What came of it. */
export interface FairOutcome {
  /** Mean annual Sharpe ratio over paths, and its standard deviation, 1 / sqrt(years) without a rule. */
  readonly sharpe: number;
  readonly spread: number;
  /** Mean over paths of the sum of simple returns: 0 but for chance, as nothing can be earned. */
  readonly earned: number;
  /** Its standard error. */
  readonly earnedError: number;
  /** Shares of paths told from zero at 5 %, two-sided, as a loss and as a gain. */
  readonly losses: number;
  readonly gains: number;
}

/** Lag of the Newey-West test, and where it tells: as for gross returns in validation. */
const LAG = 5, TOLD = 1.96;

/** Plays it. */
export function playFairGame({ limit, volatility, rows, paths }: FairGame): FairOutcome {
  const limits = new Float64Array(LIMITS_WIDTH), step = volatility / Math.sqrt(BARS_PER_YEAR);
  limits[LIMITS.maxDrawdown] = limit;
  const sharpes: number[] = [], earned: number[] = [];
  let losses = 0, gains = 0;
  for (let path = 0; path < paths; path++) {
    const random = rng("a game without an edge", path), account = createAccount(1, 1);
    const returns = Float64Array.from({ length: rows }, () => {
      const stake = account[ACCOUNT.drawdownFactor]! * account[ACCOUNT.volatilityCap]!;
      const won = stake * step * random.normal();
      account[ACCOUNT.equity]! *= 1 + won;
      scaleExposure(account, limits, 0);
      return won;
    });
    const { t } = neweyWest(returns, LAG);
    if (t < -TOLD) losses++;
    if (t > TOLD) gains++;
    sharpes.push(annualSharpe(returns));
    earned.push(returns.reduce((sum, value) => sum + value, 0));
  }
  return {
    sharpe: mean(sharpes),
    spread: standardDeviation(sharpes),
    earned: mean(earned),
    earnedError: standardDeviation(earned) / Math.sqrt(paths),
    losses: losses / paths,
    gains: gains / paths,
  };
}

if (import.meta.main) {
  console.log(
    "| limit | volatility at full stakes | mean Sharpe ratio | its sd | earned, % (SE) | told as a loss | as a gain |",
  );
  for (const limit of [1, 0.2, 0.1]) {
    for (const volatility of limit === 1 ? [0.2] : [limit, 2 * limit, 4 * limit]) {
      const found = playFairGame({ limit, volatility, rows: 3 * BARS_PER_YEAR, paths: 4000 });
      console.log(
        `| ${limit === 1 ? "none" : limit} | ${volatility} | ${found.sharpe.toFixed(2)} | ${
          found.spread.toFixed(2)
        } | ${(100 * found.earned).toFixed(1)} (${(100 * found.earnedError).toFixed(1)}) | ${
          (100 * found.losses).toFixed(1)
        } % | ${(100 * found.gains).toFixed(1)} % |`,
      );
    }
  }
}
