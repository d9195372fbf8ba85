/** Which agents are told something from outside, and by whom. */
import { listensTo, promptAuthor } from "../inventory/trader/prompts/listening.ts";
import type { Agent } from "./agent.ts";
import { needsOf, type Variant } from "./variant.ts";

/** True for traders that ask prompts. */
export function asksPrompts(variant: Variant): boolean {
  return variant.role === "trader" && needsOf(variant).includes("answers");
}

const known = new WeakMap<Agent, readonly string[]>();

/** Under which names that stands what an agent is told: its variant's, or those of the prompts that it listens to. */
export function authorsOf(agent: Agent): readonly string[] {
  const before = known.get(agent);
  if (before !== undefined) return before;
  const needs = needsOf(agent.variant);
  const authors = [
    ...(needs.includes("proposals") ? [agent.variant.name] : []),
    ...(needs.includes("answers") ? listensTo(agent.genes).map(({ key }) => promptAuthor(key)) : []),
  ];
  known.set(agent, authors);
  return authors;
}
