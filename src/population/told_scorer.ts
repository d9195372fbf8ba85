/** Scores of pipelines, each on the rows that are its own. */
import { type Desk, shadowReturns } from "../agents/desk.ts";
import type { Pipeline } from "../agents/agent.ts";
import { once, onceBy } from "../core/once.ts";
import type { PopulationConfig } from "./config.ts";
import { scorerAt } from "./scorer.ts";
import { ownSince, type Told } from "./thoughts.ts";

/** What scores are taken from. */
export interface ToldScoring {
  readonly desk: Desk;
  readonly config: PopulationConfig;
  /** Row t_k, the last that a score reads. */
  readonly row: number;
  /** The pipelines of the iteration's draw, by whom a blend is standardised. */
  readonly drawn: () => readonly Pipeline[];
  readonly told: Told | undefined;
}

/** The score of a pipeline, of whose shadow account the returns are given once they are needed. */
export type ScoreOfPipeline = (pipeline: Pipeline, returns: () => Float64Array) => number;

/**
 * Scores at a row. A pipeline whose trader asks prompts is scored on the rows since they came into play, and of n such
 * rows n / (n + shrinkRows) of what sets it apart from the others drawn is believed.
 */
export function toldScorer({ desk, config, row, drawn, told }: ToldScoring): ScoreOfPipeline {
  const { shrinkRows } = config.language;
  const scoreOn = onceBy((from: number) =>
    scorerAt(config, from, row, () => drawn().values().map((one) => shadowReturns(desk, one)))
  );
  const others = once(() => {
    const untold = drawn().filter(({ trader }) => ownSince(trader, told) === -1);
    const values = (untold.length > 0 ? untold : drawn()).map((one) =>
      scoreOn(desk.from)(shadowReturns(desk, one))
    );
    return values.reduce((sum, x) => sum + x, 0) / values.length;
  });
  return (pipeline, returns) => {
    const since = ownSince(pipeline.trader, told);
    if (since === -1) return scoreOn(desk.from)(returns());
    if (since === null || since >= row) return others();
    const own = scoreOn(Math.max(desk.from, since + 1))(returns());
    return others() + (own - others()) * (row - since) / (row - since + shrinkRows);
  };
}
