import { WORTH } from "../../core/memo.ts";
import type { Analysis } from "../contracts.ts";
import { collectOutputs, type Outputs } from "../outputs.ts";
import type { RoleRecord } from "../role_record.ts";
import { analyse, learnedByAnalyst } from "./analyse.ts";
import { defaultAnalysis } from "./default.ts";

/** The analyst: from the market to a trend, one bar's sd, regimes and features of every coin. */
export const analystRole: RoleRecord<"analyst"> = {
  run: (agent, { market }) => agent ? analyse(agent, market) : defaultAnalysis(market),
  learned: (agent, { market }, row) => learnedByAnalyst(agent, market, row),
  defaultReadsUpstream: false,
  shared: (analysis) => analysis,
  worth: WORTH.series,
  packed: null,
  bytes: ({ coins, rows, width }) => coins.length * rows * (6 + 2 * width) * 8, // with the design that researchers make of it
  slice: sliceAnalysis,
  outputs: analysisOutputs,
  decision: (values, at) => [values[at + 2]!, values[at + 3]!, values[at + 4]!], // over regimes
};

/** Per state: trend, ln sd, and the three regime probabilities. */
function analysisOutputs({ coins }: Analysis, from: number, rows: number): Outputs {
  return collectOutputs(coins.length, rows, 5, (row, coin, put) => {
    const t = from + row;
    const { trend, sd, regimes } = coins[coin]!;
    put(0, trend[t]!);
    put(1, Math.log(sd[t]!));
    for (let i = 0; i < 3; i++) put(2 + i, regimes[3 * t + i]!);
  });
}

function sliceAnalysis(analysis: Analysis, from: number, to: number): Analysis {
  return {
    rows: to - from,
    width: analysis.width,
    coins: analysis.coins.map(({ trend, sd, regimes, features }) => ({
      trend: trend.subarray(from, to),
      sd: sd.subarray(from, to),
      regimes: regimes.subarray(3 * from, 3 * to),
      features: features.subarray(analysis.width * from, analysis.width * to),
    })),
  };
}
