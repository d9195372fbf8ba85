import { type Pipeline, pipelineKey } from "../agents/agent.ts";
import type { Role } from "../genome/role.ts";
import type { Rng } from "../core/rng.ts";
import { circularBootstrap } from "../stats/bootstrap.ts";
import { standardDeviation } from "../stats/moments.ts";
import type { CreditInput, Credits, CreditScheme } from "./credit.ts";
import { byRole } from "../genome/role.ts";
import { teamOf, teamPipeline } from "./members.ts";
import type { ScoreRule } from "./score.ts";
import { resampledScorer } from "./scorer.ts";

/** Rows of one bootstrap block: six days, the distance of two decisions. */
const BLOCK_ROWS = 36;

/** What the errors are computed from. */
export interface CreditErrorInput {
  readonly scheme: CreditScheme;
  readonly input: Omit<CreditInput, "value">;
  /** Simple returns of any pipeline's shadow account, by absolute row. */
  readonly returns: (pipeline: Pipeline) => Float64Array;
  readonly rule: ScoreRule;
  /** First and last scored row. */
  readonly from: number;
  readonly to: number;
  /** Bootstrap draws, an integer >= 2. */
  readonly draws: number;
  readonly random: Rng;
}

/**
 * Standard error of every agent's credit: bars are drawn in circular blocks, the same ones for every pipeline
 * and coalition, so that what they have in common cancels as it does in the credit itself; each draw is
 * scored and credited anew (protocol 4.4 A).
 */
export function creditErrors(request: CreditErrorInput): Credits {
  const { scheme, input, returns, rule, from, to } = request;
  const rows = Int32Array.from({ length: to - from + 1 });
  const stream = circularBootstrap(BLOCK_ROWS, request.random.uniform);
  const drawn = input.draws.map((draw) => teamPipeline(input.members, teamOf(draw)));
  const places = new Map<string, number>(), series: Float64Array[] = []; // of every pipeline met so far
  const credits = Array.from({ length: request.draws }, () => {
    stream(rows);
    const scoresOf = resampledScorer(rule, from, rows, () => drawn.values().map(returns));
    const scores = [...scoresOf(series)];
    const value = (pipeline: Pipeline): number => {
      const key = pipelineKey(pipeline);
      const known = places.get(key);
      if (known !== undefined) return scores[known]!;
      const original = returns(pipeline);
      places.set(key, series.length);
      series.push(original);
      scores.push(scoresOf([original])[0]!);
      return scores.at(-1)!;
    };
    return scheme({ ...input, value });
  });
  return byRole((role: Role) =>
    input.members[role].map((_, agent) => standardDeviation(credits.map((credit) => credit[role][agent]!)))
  );
}
