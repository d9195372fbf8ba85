/** A prompt of the catalogue: who speaks, how far ahead, how boldly, and what is shown. */

/** Parts of an observation that a prompt may show; identity, bar length and cost of a round trip are always shown. */
export const SECTIONS: readonly Section[] = ["prices", "research", "derivatives", "market", "news"];
/** One of them. */
export type Section = "prices" | "research" | "derivatives" | "market" | "news";

/** How much is ventured. */
export type Aggressiveness = "cautious" | "balanced" | "bold";

/** One prompt. Its text never moves; traders learn how much they listen to it. */
export interface Prompt {
  /** Its name in genes, settings and tables. */
  readonly key: string;
  /** Who speaks: a sentence or two. */
  readonly persona: string;
  /** Bars ahead that are asked about. */
  readonly horizon: number;
  /** How much it ventures. */
  readonly aggressiveness: Aggressiveness;
  /** What of the observation it is shown. */
  readonly shows: readonly Section[];
}
