/** How much a language trader listens to each prompt: its genes, and which of them it asks. */
import { type Gene, type GeneValues, weight } from "../../../genome/gene.ts";
import { PROMPT_KEYS } from "./catalogue.ts";

/** The simplex of the choice probabilities. */
const GROUP = "prompts";

const geneName = (key: string) => `${key}Prompt`;

/** One choice probability a prompt, in the order of the catalogue: what language traders have in common. */
export const PROMPT_GENES: readonly Gene[] = PROMPT_KEYS.map((key) => weight(geneName(key), GROUP));

/** A prompt that is listened to, and its share; shares of all of them sum to 1. */
export interface Listening {
  readonly key: string;
  readonly share: number;
}

/**
 * Below this share of its largest probability a trader does not ask a prompt: the jitter of a start genome would have it
 * ask all twelve, each of which costs.
 */
const LEAST_OF_LARGEST = 0.25;

/** The prompts that a trader asks, in the order of the catalogue, at least one. */
export function listensTo(genes: GeneValues): readonly Listening[] {
  const all = PROMPT_KEYS.map((key) => ({ key, share: genes[geneName(key)]! }));
  const least = LEAST_OF_LARGEST * Math.max(...all.map(({ share }) => share));
  const asked = all.filter(({ share }) => share > 0 && share >= least);
  const total = asked.reduce((sum, { share }) => sum + share, 0);
  if (total === 0) return [{ key: PROMPT_KEYS[0]!, share: 1 }]; // a selective lesson may leave no weight at all
  return asked.map(({ key, share }) => ({ key, share: share / total }));
}

/** Genes by prompt, as a variant declares its start; prompts that are left out have none. */
export function promptShares(shares: Readonly<Record<string, number>>): GeneValues {
  return Object.fromEntries(PROMPT_KEYS.map((key) => [geneName(key), shares[key] ?? 0]));
}

/** The name under which the answers to a prompt stand among proposals; no variant's name holds a colon. */
export function promptAuthor(key: string): string {
  return `prompt:${key}`;
}
