import { BARS_PER_YEAR } from "../../core/universe.ts";
import { autocorrelations } from "../../stats/autocorrelation.ts";
import { calmar, growthCalmar } from "../../stats/calmar.ts";
import { isConstant } from "../../stats/constant.ts";
import { ulcerIndex } from "../../stats/drawdown.ts";
import { drawdownDuration } from "../../stats/drawdown_duration.ts";
import { annualGrowth } from "../../stats/growth.ts";
import { shape } from "../../stats/moments.ts";
import { annualSortino, profitFactor } from "../../stats/return_ratios.ts";
import { loSharpe } from "../../stats/sharpe.ts";
import { tailRatio } from "../../stats/tail_ratio.ts";
import {
  cornishFisherTail,
  gaussianTail,
  historicalTail,
  quantileValueAtRisk,
  type TailLoss,
} from "../../stats/value_at_risk.ts";
import { defined } from "./defined.ts";
import type { AccountMetrics } from "./schema.ts";

/** Bars of a day: the horizon over which Lo's ratio allows for autocorrelation. */
const DAY_BARS = 6;
const TAIL = 0.05, FAR_TAIL = 0.01;

/** What follows from the returns of bars alone. @param net Simple net returns, at least six. */
export function returnMetrics(net: Float64Array) {
  const still = isConstant(net);
  const ratio = loSharpe(net, DAY_BARS);
  const { skew, kurtosis } = shape(net);
  return {
    growth: annualGrowth(net),
    loSharpe: defined(ratio && ratio.sharpe * Math.sqrt(BARS_PER_YEAR / DAY_BARS)),
    autocorrelation: still ? null : defined(autocorrelations(net, 1)[1]!),
    sortino: still ? null : defined(annualSortino(net)),
    calmar: defined(calmar(net)),
    growthCalmar: defined(growthCalmar(net)),
    ulcer: ulcerIndex(net),
    drawdown: drawdownDuration(net)!,
    tails: tailsOf(net),
    tailRatio: defined(tailRatio(net)),
    skew: still ? null : defined(skew),
    kurtosis: still ? null : defined(kurtosis),
    profitFactor: defined(profitFactor(net)),
  };
}

function tailsOf(net: Float64Array): AccountMetrics["tails"] {
  return {
    historical5: plain(historicalTail(net, TAIL)),
    historical1: plain(historicalTail(net, FAR_TAIL)),
    interpolated5: quantileValueAtRisk(net, TAIL),
    normal5: plain(gaussianTail(net, TAIL)),
    cornishFisher5: plain(cornishFisherTail(net, TAIL)),
  };
}

/** Without a sign on a zero, which a stored number has not. */
function plain({ valueAtRisk, expectedShortfall }: TailLoss): TailLoss {
  return { valueAtRisk: valueAtRisk + 0, expectedShortfall: expectedShortfall + 0 };
}
