/** What the methods of each pool are asked on a market: the inputs that they have in a pipeline of declared agents. */
import type { Pipeline } from "../agents/agent.ts";
import { analysisOf, type Desk, planOf, statedForecast } from "../agents/desk.ts";
import { sortedLookbacks } from "../agents/analyst/analyse.ts";
import { forecastTask } from "../agents/researcher/research.ts";
import { expectedMoves } from "../agents/trader/trade.ts";
import { returnsOf } from "../features/market_view.ts";
import type { Method } from "../inventory/method.ts";
import { methodNamed, type PoolName, type Pools } from "../inventory/pools.ts";
import { standardisedLabels } from "../inventory/researcher/labels.ts";

/** The input of a pool's methods. */
export type InputOf<Name extends PoolName> = Pools[Name][string] extends Method<infer Input, unknown> ? Input
  : never;

/** Makes the input of each pool's methods, for one coin where a method sees one. */
export function methodInputs(
  desk: Desk,
  pipeline: Pipeline,
  coin: number,
): { readonly [Name in PoolName]: () => InputOf<Name> } {
  const { market } = desk, { panel } = market;
  const analyst = pipeline.analyst!, researcher = pipeline.researcher!, trader = pipeline.trader!;
  const lookbacks = sortedLookbacks(analyst.genes), { readings: keys } = analyst.variant.identity;
  const weights = keys.map(() => 1 / keys.length);
  const task = () => forecastTask(researcher, market, analysisOf(desk, pipeline), "inventory");
  const stance = () =>
    methodNamed("trader.stances", trader.variant.identity.stance).run({ market, direction: 1 }, trader.genes);
  return {
    "analyst.features": () => ({ market, coin, lookbacks }),
    "analyst.trends": () => ({
      market,
      readings: panel.coins.map((_, index) =>
        keys.map((key) =>
          methodNamed("analyst.features", key).run({ market, coin: index, lookbacks }, analyst.genes)
        )
      ),
      weights,
    }),
    "analyst.volatility": () => ({ market, coin, lookbacks, weights }),
    "analyst.regimes": () => ({
      market,
      coin,
      lookback: lookbacks[2],
      threshold: analyst.genes.regimeThreshold!,
    }),
    "researcher.forecasting": () => {
      const asked = task(), calibration = methodNamed("researcher.calibration", "rollingErrors");
      const sampler = methodNamed("researcher.uncertainty", "blockBootstrap");
      return {
        task: asked,
        calibrate: (input) => calibration.run(input, calibration.start),
        sample: sampler.run(asked, sampler.start),
      };
    },
    "researcher.uncertainty": task,
    "researcher.calibration": () => {
      const asked = task(), label = standardisedLabels(asked).clipped[1]!;
      const centre = asked.returns.map((returns) => new Float64Array(returns.length));
      return { task: asked, horizon: 1, centre, spread: null, label, shape: asked.widths[1]! };
    },
    "researcher.probabilities": () => {
      const { coins } = statedForecast(desk, pipeline), [horizon] = statedForecast(desk, pipeline).horizons;
      const rose = panel.coins.map(({ close }) =>
        close.map((value, t) => t + horizon < close.length ? Number(close[t + horizon]! > value) : NaN)
      );
      return { horizon, firstRow: panel.firstRow, said: coins.map(({ pUp }) => pUp[0]!), rose };
    },
    "trader.views": () => {
      const { coins, horizons, rows } = statedForecast(desk, pipeline);
      return { forecast: coins[coin]!, horizons, rows };
    },
    "trader.stances": () => ({ market, direction: 1 }),
    "trader.styles": () => {
      const forecast = statedForecast(desk, pipeline), held = stance();
      return {
        forecast,
        coins: panel.coins.map((bars) => bars.coin),
        expected: expectedMoves(trader, market, forecast, held),
        stance: held,
        fullEdge: trader.variant.identity.fullEdge,
        returns: panel.coins.map((_, index) => returnsOf(market, index)),
        sized: null,
        takerFee: desk.arena.takerFee,
        targetStretch: desk.targetStretch,
        genes: trader.genes,
        firstRow: panel.firstRow,
        proposals: [],
        answers: {},
      };
    },
    "trader.sizing": () => {
      const forecast = statedForecast(desk, pipeline);
      return { forecast, expected: expectedMoves(trader, market, forecast, stance()), genes: trader.genes };
    },
    "risk.checks": () => ({ plan: planOf(desk, pipeline), market, genes: pipeline.risk!.genes }),
  };
}
