/** The outcome of learning: what a population's places earned in rows that nobody had learned from yet. */
import type { IterationEvent } from "../events/iteration.ts";
import { mean } from "../stats/moments.ts";
import { annualSharpe } from "../stats/sharpe.ts";

/** What a population left besides its accounts. */
export interface PopulationPlaces {
  /** Name of the population: that of its job. */
  readonly name: string;
  /** Simple net returns of each place over the reported rows; [place][rows]. */
  readonly places: readonly Float64Array[];
  /** Mean score of the drawn teams (in sample), see `meanInSample`; null without iterations. */
  readonly inSample: number | null;
}

/** Simple net returns over the reported rows by population and place; each of shape [rows]. */
export type PlaceReturns = Readonly<Record<string, readonly Float64Array[]>>;

/** First of the last third of `count` things in a row: what the outcome of learning is read from. */
export function lastThirdFrom(count: number): number {
  return Math.floor(count * 2 / 3);
}

/** The annual Sharpe ratio of each place over the last third of its rows; 0 for one that never moved. */
export function placeSharpes(places: readonly Float64Array[]): number[] {
  return places.map((returns) => annualSharpe(returns.subarray(lastThirdFrom(returns.length))));
}

/**
 * The population mean: mean over the places of the annual Sharpe ratio of what each earned in the last third of the
 * reported rows, always by the genomes of the decision before (population/places.ts). The outcome of learning.
 */
export function populationMean(places: readonly Float64Array[]): number {
  return mean(placeSharpes(places));
}

/**
 * Mean over the last third of iterations of the mean score of the drawn teams, per bar. In sample: a score re-reads
 * all past rows with today's genomes, so it rises by selection alone. It describes learning and is no outcome.
 */
export function meanInSample(iterations: readonly IterationEvent[]): number | null {
  if (iterations.length === 0) return null;
  return mean(iterations.slice(lastThirdFrom(iterations.length)).map(({ meanScore }) => meanScore));
}
