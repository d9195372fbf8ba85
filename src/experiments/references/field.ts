import type { Pipeline } from "../../agents/agent.ts";
import { type Desk, deskUntil, passingMandatesOf, shadowReturns } from "../../agents/desk.ts";
import { createCommittee } from "../../population/committee.ts";
import { type Draw, grid } from "../../population/design.ts";
import { type Genomes, membersOf, teamOf, teamPipeline } from "../../population/members.ts";
import { argmax } from "../../population/score.ts";
import { ROLES } from "../../genome/role.ts";
import { type Charges, NO_CHARGES } from "../../simulation/trade_rows.ts";
import { annualSharpe } from "../../stats/sharpe.ts";
import { type AccountSeries, barReturns, createMixture } from "../account_series.ts";
import { strategyMetrics } from "../metrics.ts";
import type { StrategyMetrics } from "../result.ts";
import { tradeMandate, tradeTogether } from "./trade.ts";

/** What asking models costs an account that trades some pipelines. */
export type ChargesFor = (pipelines: readonly Pipeline[]) => Charges;

/** The field: every pipeline of declared genomes, each in an account of its own over the reported rows. */
export interface Field {
  readonly draws: readonly Draw[];
  readonly pipelines: readonly Pipeline[];
  readonly metrics: readonly StrategyMetrics[];
  /** Net returns per bar; [pipeline][reported rows]. */
  readonly returns: readonly Float64Array[];
  /** Equal weight of all, capital split anew at each bar free of cost. */
  readonly ensemble: AccountSeries;
  /** The mean target of all pipelines in one account, with real costs. */
  readonly committee: AccountSeries;
  /** Sharpe ratios of all pipelines over desk.from .. row-1, by the rows asked for; see `pastSharpe`. */
  readonly past: ReadonlyMap<number, readonly number[]>;
}

/**
 * Trades the whole field of a population's declared genomes from row `from` on, each pipeline once: whatever is asked of
 * it is answered while its plan is at hand. `onProgress` is told how many pipelines are done.
 *
 * @param scoredBefore Rows before which the pipelines' past is scored.
 * @param chargesFor What asking models costs an account that trades some pipelines.
 */
export function tradeField(
  desk: Desk,
  genomes: Genomes,
  from: number,
  onProgress: (done: number, total: number) => void,
  scoredBefore: readonly number[] = [],
  chargesFor: ChargesFor = () => NO_CHARGES,
): Field {
  const members = membersOf(genomes);
  const draws = grid(ROLES.map((role) => members[role].length));
  const pipelines = draws.map((draw) => teamPipeline(members, teamOf(draw)));
  const { rows, coins } = desk.market.panel;
  const mixture = createMixture(rows - from, desk.startingEquity);
  const committee = createCommittee(rows, coins.length, pipelines.length, from - 1, rows - 1);
  const past = new Map(scoredBefore.map((row) => [row, [] as number[]]));
  const metrics: StrategyMetrics[] = [];
  const returns: Float64Array[] = [];
  const alike = members.risk.length; // so many pipelines in a row differ in their risk agent alone
  for (let first = 0; first < pipelines.length; first += alike) {
    const group = pipelines.slice(first, first + alike);
    const { plan, limits } = passingMandatesOf(desk, group);
    const together = tradeTogether(desk, plan, limits, from, chargesFor(group.slice(0, 1)));
    limits.forEach((granted) => committee.add({ plan, limits: granted }));
    together.forEach((series) => {
      mixture.add(series);
      metrics.push(strategyMetrics(series));
      returns.push(barReturns(series, "net"));
    });
    for (const [row, sharpes] of past) sharpes.push(...pastSharpe(desk, group, row)); // last: it asks for other plans
    onProgress(first + group.length, pipelines.length);
  }
  return {
    draws,
    pipelines,
    metrics,
    returns,
    ensemble: mixture.series(),
    committee: tradeMandate(desk, committee.mandate(), from, true, chargesFor(pipelines)),
    past,
  };
}

/** Index of the pipeline with the highest Sharpe ratio over the rows that were traded: known only in hindsight. */
export function hindsightBest(field: Field): number {
  return argmax(field.metrics.map((metrics) => metrics.sharpe));
}

/** How the pipelines of the field scored before row `to`: their Sharpe ratio over desk.from .. to-1, undiscounted. */
export function pastSharpe(desk: Desk, pipelines: readonly Pipeline[], to: number): number[] {
  const until = deskUntil(desk, to);
  return pipelines.map((pipeline) => annualSharpe(shadowReturns(until, pipeline).subarray(desk.from, to)));
}

/** Index of the pipeline whose agents have the highest mean past scores over all their partners, role by role. */
export function additiveBest(field: Pick<Field, "draws">, scores: readonly number[]): number {
  const best = ROLES.map((_, role) => {
    const sums = new Array<number>(1 + Math.max(...field.draws.map((draw) => draw[role]!))).fill(0);
    field.draws.forEach((draw, i) => sums[draw[role]!]! += scores[i]!);
    return argmax(sums);
  });
  return field.draws.findIndex((draw) => draw.every((agent, role) => agent === best[role]));
}
