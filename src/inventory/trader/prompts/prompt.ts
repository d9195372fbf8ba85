/** A prompt of the catalogue: who speaks, how far ahead, how boldly, and what is shown. */

/** Parts of an observation that a prompt may show; identity, bar length and cost of a round trip are always shown. */
export const SECTIONS = ["prices", "research", "derivatives", "market", "news"] as const;
/** One of them. */
export type Section = (typeof SECTIONS)[number];

/** How much is ventured. */
export const AGGRESSIVENESS = ["cautious", "balanced", "bold"] as const;
/** One of them. */
export type Aggressiveness = (typeof AGGRESSIVENESS)[number];

/** One prompt. Its text never moves; traders learn how much they listen to it. */
export interface Prompt {
  /** Its name in genes, settings and tables. */
  readonly key: string;
  /** Who speaks: a sentence or two. */
  readonly persona: string;
  /** Bars ahead that are asked about. */
  readonly horizon: number;
  readonly aggressiveness: Aggressiveness;
  readonly shows: readonly Section[];
}
