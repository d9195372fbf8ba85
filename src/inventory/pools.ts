/** Every method by pool and key: the table of contents of the inventory. Adding one is a file and a line here. */
import { anomaly } from "./analyst/features/anomaly.ts";
import { atrBreakout } from "./analyst/features/atr_breakout.ts";
import { bandBreakout } from "./analyst/features/band_breakout.ts";
import { bollinger } from "./analyst/features/bollinger.ts";
import { calm } from "./analyst/features/calm.ts";
import { directional } from "./analyst/features/directional.ts";
import { kalmanLevel } from "./analyst/features/kalman_level.ts";
import { kalmanTrend } from "./analyst/features/kalman_trend.ts";
import { macd } from "./analyst/features/macd.ts";
import { momentum } from "./analyst/features/momentum.ts";
import { priceOscillator } from "./analyst/features/price_oscillator.ts";
import { rangeBreakout } from "./analyst/features/range_breakout.ts";
import { rateOfChange } from "./analyst/features/rate_of_change.ts";
import type { ReadingMethod } from "./analyst/features/reading.ts";
import { rsi } from "./analyst/features/rsi.ts";
import { sdBreakout } from "./analyst/features/sd_breakout.ts";
import { seasonalTrend } from "./analyst/features/seasonal_trend.ts";
import { serialCorrelation } from "./analyst/features/serial_correlation.ts";
import { skewness } from "./analyst/features/skewness.ts";
import { slowEnergy } from "./analyst/features/slow_energy.ts";
import { tailReversal } from "./analyst/features/tail_reversal.ts";
import { timeOfDay } from "./analyst/features/time_of_day.ts";
import { trendSlope } from "./analyst/features/trend_slope.ts";
import { trix } from "./analyst/features/trix.ts";
import { volumeConfirmation } from "./analyst/features/volume_confirmation.ts";
import { hiddenMarkov } from "./analyst/regimes/hidden_markov.ts";
import { type RegimeMethod, standardisedMove } from "./analyst/regimes/standardised_move.ts";
import { earned } from "./analyst/trends/earned.ts";
import { fixed as fixedMixture } from "./analyst/trends/fixed.ts";
import type { TrendMethod } from "./analyst/trends/mixture.ts";
import type { VolatilityMethod } from "./analyst/volatility/bar_sd.ts";
import { ewma } from "./analyst/volatility/ewma.ts";
import { garch } from "./analyst/volatility/garch.ts";
import { hiddenMarkovVolatility } from "./analyst/volatility/hidden_markov.ts";
import { measures } from "./analyst/volatility/measures.ts";
import { returns } from "./analyst/volatility/returns.ts";
import { selected as selectedReading } from "./selection/selected_reading.ts";
import { adaptiveConformal } from "./researcher/calibration/adaptive_conformal.ts";
import type { CalibrationMethod } from "./researcher/calibration/calibration.ts";
import { conformalPid } from "./researcher/calibration/conformal_pid.ts";
import { rollingErrors } from "./researcher/calibration/rolling_errors.ts";
import { splitConformal } from "./researcher/calibration/split_conformal.ts";
import { trackedErrors } from "./researcher/calibration/tracked_errors.ts";
import { adaptive } from "./researcher/forecasting/adaptive.ts";
import { arimax, arimaxLive } from "./researcher/forecasting/arimax.ts";
import { arimaxSelected } from "./researcher/forecasting/arimax_selected.ts";
import { bayesian } from "./researcher/forecasting/bayesian.ts";
import { bootstrapEnsemble } from "./researcher/forecasting/bootstrap_ensemble.ts";
import { ensemble } from "./researcher/forecasting/ensemble.ts";
import { exponentialSmoothing } from "./researcher/forecasting/exponential_smoothing.ts";
import { expandingMean } from "./researcher/forecasting/expanding_mean.ts";
import type { ForecastingMethod } from "./researcher/forecasting/forecasting.ts";
import { garch as garchForecast } from "./researcher/forecasting/garch.ts";
import { quantileLines } from "./researcher/forecasting/quantile_lines.ts";
import { quantileRegression } from "./researcher/forecasting/quantile_regression.ts";
import { recursive } from "./researcher/forecasting/recursive.ts";
import { ridge } from "./researcher/forecasting/ridge.ts";
import { stacking } from "./researcher/forecasting/stacking.ts";
import { temporalFusion } from "./researcher/forecasting/temporal_fusion.ts";
import { trees } from "./researcher/forecasting/trees.ts";
import { isotonic } from "./researcher/probabilities/isotonic.ts";
import { platt } from "./researcher/probabilities/platt.ts";
import type { ProbabilityMethod } from "./researcher/probabilities/probability.ts";
import { stated } from "./researcher/probabilities/stated.ts";
import { temperature } from "./researcher/probabilities/temperature.ts";
import { blockBootstrap } from "./researcher/uncertainty/block_bootstrap.ts";
import { pastSums } from "./researcher/uncertainty/past_sums.ts";
import type { UncertaintyMethod } from "./researcher/uncertainty/sampler.ts";
import { stationaryBootstrap } from "./researcher/uncertainty/stationary_bootstrap.ts";
import type { CheckMethod } from "./risk/checks/check.ts";
import { drawdown } from "./risk/checks/drawdown.ts";
import { dynamic } from "./risk/checks/dynamic.ts";
import { fixed as fixedLimits } from "./risk/checks/fixed.ts";
import { concentration } from "./risk/checks/concentration.ts";
import { dailyLoss } from "./risk/checks/daily_loss.ts";
import { expectedShortfall } from "./risk/checks/expected_shortfall.ts";
import { exposureLimits } from "./risk/checks/exposure_limits.ts";
import { liquidationSafety } from "./risk/checks/liquidation_safety.ts";
import { marginCall } from "./risk/checks/margin_call.ts";
import { portfolioVar } from "./risk/checks/portfolio_var.ts";
import { regimeLimits } from "./risk/checks/regime_limits.ts";
import { tailBand } from "./risk/checks/tail_band.ts";
import { trailingStop } from "./risk/checks/trailing_stop.ts";
import { valueAtRisk } from "./risk/checks/value_at_risk.ts";
import { cappedKelly } from "./trader/sizing/capped_kelly.ts";
import { fixedFraction } from "./trader/sizing/fixed_fraction.ts";
import type { SizingMethod } from "./trader/sizing/sizing.ts";
import { volatilityTarget } from "./trader/sizing/volatility_target.ts";
import { contextual } from "./trader/stances/contextual.ts";
import type { StanceMethod } from "./trader/stances/stance.ts";
import { steady } from "./trader/stances/steady.ts";
import { answered } from "./trader/styles/answered.ts";
import { ladder } from "./trader/styles/ladder.ts";
import { market } from "./trader/styles/market.ts";
import { proposed } from "./trader/styles/proposed.ts";
import type { StyleMethod } from "./trader/styles/style.ts";
import { twap } from "./trader/styles/twap.ts";
import { agreed } from "./trader/views/agreed.ts";
import { middle } from "./trader/views/middle.ts";
import { strongest } from "./trader/views/strongest.ts";
import type { ViewMethod } from "./trader/views/view.ts";

/** The methods of each pool, by key. */
export interface Pools {
  /** Indicators read for a rise or a fall. */
  readonly "analyst.features": Readonly<Record<string, ReadingMethod>>;
  /** How readings are mixed into one trend. */
  readonly "analyst.trends": Readonly<Record<string, TrendMethod>>;
  /** How one bar's standard deviation is measured. */
  readonly "analyst.volatility": Readonly<Record<string, VolatilityMethod>>;
  /** How regimes are told. */
  readonly "analyst.regimes": Readonly<Record<string, RegimeMethod>>;
  /** How returns are forecast. */
  readonly "researcher.forecasting": Readonly<Record<string, ForecastingMethod>>;
  /** What turns residuals into draws. */
  readonly "researcher.uncertainty": Readonly<Record<string, UncertaintyMethod>>;
  /** What turns predictions into distributions. */
  readonly "researcher.calibration": Readonly<Record<string, CalibrationMethod>>;
  /** What moves the probability of a rise by what came of earlier ones. */
  readonly "researcher.probabilities": Readonly<Record<string, ProbabilityMethod>>;
  /** What a trader reads in a forecast. */
  readonly "trader.views": Readonly<Record<string, ViewMethod>>;
  /** What it brings along when it looks at the market. */
  readonly "trader.stances": Readonly<Record<string, StanceMethod>>;
  /** How expectation becomes orders. */
  readonly "trader.styles": Readonly<Record<string, StyleMethod>>;
  /** How large positions are. */
  readonly "trader.sizing": Readonly<Record<string, SizingMethod>>;
  /** How limits are set. */
  readonly "risk.checks": Readonly<Record<string, CheckMethod>>;
}
/** Name of a pool. */
export type PoolName = keyof Pools;

const pools: Pools = {
  "analyst.features": {
    rsi,
    macd,
    bollinger,
    directional,
    serialCorrelation,
    calm,
    skewness,
    tailReversal,
    rateOfChange,
    momentum,
    trix,
    priceOscillator,
    atrBreakout,
    sdBreakout,
    rangeBreakout,
    bandBreakout,
    trendSlope,
    volumeConfirmation,
    seasonalTrend,
    timeOfDay,
    kalmanLevel,
    kalmanTrend,
    slowEnergy,
    anomaly,
  },
  "analyst.trends": { fixed: fixedMixture, earned, selected: selectedReading },
  "analyst.volatility": { returns, measures, ewma, garch, hiddenMarkov: hiddenMarkovVolatility },
  "analyst.regimes": { standardisedMove, hiddenMarkov },
  "researcher.forecasting": {
    arimax,
    ensemble,
    bayesian,
    quantileRegression,
    adaptive,
    expandingMean,
    arimaxLive,
    arimaxSelected,
    exponentialSmoothing,
    garch: garchForecast,
    ridge,
    recursive,
    quantileLines,
    bootstrapEnsemble,
    stacking,
    trees,
    temporalFusion,
  },
  "researcher.uncertainty": { blockBootstrap, stationaryBootstrap, pastSums },
  "researcher.calibration": { rollingErrors, trackedErrors, splitConformal, adaptiveConformal, conformalPid },
  "researcher.probabilities": { stated, temperature, platt, isotonic },
  "trader.views": { middle, strongest, agreed },
  "trader.stances": { steady, contextual },
  "trader.styles": { market, proposed, answered, ladder, twap },
  "trader.sizing": { fixedFraction, volatilityTarget, cappedKelly },
  "risk.checks": {
    fixed: fixedLimits,
    dynamic,
    valueAtRisk,
    drawdown,
    expectedShortfall,
    tailBand,
    exposureLimits,
    concentration,
    liquidationSafety,
    marginCall,
    portfolioVar,
    dailyLoss,
    trailingStop,
    regimeLimits,
  },
};

/** All pools. */
export const POOLS: Pools = pools;

/** The method of a pool by key. @throws {RangeError} If the pool has none of that name. */
export function methodNamed<Name extends PoolName>(pool: Name, key: string): Pools[Name][string] {
  const methods: Pools[Name] = pools[pool];
  if (!Object.hasOwn(methods, key)) {
    throw new RangeError(
      `Cannot find a method in ${pool} as its name must be one of ${Object.keys(methods).join(", ")}: ` +
        `current value is ${key}`,
    );
  }
  return methods[key] as Pools[Name][string];
}

/**
 * Puts a method of one's own into a pool, before anything runs; the same one again changes nothing.
 *
 * @throws {RangeError} If the pool has another method of that name.
 */
export function declareMethod<Name extends PoolName>(
  pool: Name,
  key: string,
  method: Pools[Name][string],
): void {
  const methods = pools[pool] as Record<string, Pools[Name][string]>;
  if (Object.hasOwn(methods, key) && methods[key] !== method) {
    throw new RangeError(
      `Cannot declare a method in ${pool} as its name must be new: current value is ${key}`,
    );
  }
  methods[key] = method;
}

/** Takes a method back, so that another one may have its name. */
export function withdrawMethod(pool: PoolName, key: string): void {
  delete (pools[pool] as Record<string, unknown>)[key];
}
