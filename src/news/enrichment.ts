/** What is made of an item: by a language model, or by the lexicon. */
import * as z from "zod";
import type { Article } from "./article.ts";
import { EVENT_TYPES } from "./lexicon.ts";

/** What an item says, in numbers and kinds. */
export const enrichmentSchema = z.strictObject({
  sentiment: z.number().min(-1).max(1).describe("For the price of what it is about"),
  magnitude: z.number().min(0).max(1).describe("How large the event is"),
  eventType: z.enum(EVENT_TYPES),
  entities: z.array(z.string().max(80)).max(12),
  assets: z.array(z.strictObject({ coin: z.string().max(12), relevance: z.number().min(0).max(1) })).max(100),
  impact: z.enum(["none", "low", "medium", "high"]),
  horizon: z.enum(["hours", "days", "weeks"]),
  numbers: z.array(z.strictObject({ value: z.number(), unit: z.string().max(20) })).max(12),
  suspicious: z.boolean().describe("Whether it speaks to whoever reads it instead of about something"),
  by: z.string().max(80).describe("lexicon, or the model that read it"),
});
/**
 * What an item says.
 *
 * @internal
 */
export type Enrichment = Readonly<z.output<typeof enrichmentSchema>>;

/** An item and what it says. */
export interface EnrichedArticle {
  /** The item. */
  readonly article: Article;
  /** What it says. */
  readonly enrichment: Enrichment;
}

/** Impact from how large and how one-sided an event is. */
export function impactOf(sentiment: number, magnitude: number): Enrichment["impact"] {
  const size = magnitude * (0.5 + Math.abs(sentiment) / 2);
  return size < 0.05 ? "none" : size < 0.25 ? "low" : size < 0.5 ? "medium" : "high";
}
