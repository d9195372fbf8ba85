/** What calls cost, in whole picodollars (1e-12 USD), so that sums are exact. */
import type { Price } from "./model_card.ts";
import type { Usage } from "./usage.ts";

/** Picodollars of a dollar. */
export const DOLLAR = 1e12;

/** Picodollars of one token at a price per million of them. */
function perToken(dollarsPerMillion: number): number {
  return Math.round(dollarsPerMillion * 1e6); // the schema allows six decimals, so nothing is rounded away
}

/** What a usage costs. A provider that says what it charges is believed where that is more. */
export function costOf({ input, cachedInput, output, reportedDollars }: Usage, price: Price): number {
  const cached = cachedInput * perToken(price.cachedInput ?? price.input);
  const computed = (input - cachedInput) * perToken(price.input) + cached + output * perToken(price.output);
  return Math.max(computed, Math.ceil((reportedDollars ?? 0) * DOLLAR));
}

/** The most that a call can cost. */
export function mostCost(inputTokens: number, outputTokens: number, price: Price): number {
  const input = Math.max(price.input, price.cachedInput ?? 0);
  return inputTokens * perToken(input) + outputTokens * perToken(price.output);
}
