/**
 * Mutants that a language model proposes: an optional slow loop. At each transfer step it is shown the genes of a role's
 * agents with their ranges and the credit they had, and may name other values. What it names is clamped to the ranges and
 * tested like any mutant (population/suggested_mutants.ts); it decides nothing.
 */
import * as z from "zod";
import { agentOf } from "../../agents/agent.ts";
import { geneSet } from "../../agents/variant.ts";
import { hashJson } from "../../core/hash.ts";
import { BAR_MS } from "../../core/universe.ts";
import type { Suggested, SuggestionEvent } from "../../events/suggestion.ts";
import { genesOf } from "../../genome/gene.ts";
import { decodeGenome } from "../../genome/genome.ts";
import { type Role, ROLES } from "../../genome/role.ts";
import { type AnswerForm, answerForm } from "../../llm/answer_form.ts";
import type { Message } from "../../llm/chat_call.ts";
import { PINNED } from "../../llm/ladder.ts";
import { decisionRow, type PopulationConfig } from "../../population/config.ts";
import type { Credits } from "../../population/credit.ts";
import type { RunContext } from "../../population/decide.ts";
import type { Genomes } from "../../population/members.ts";
import type { Ask, AskedModel, AskedState } from "./asker.ts";
import { spendingOf, unansweredOf } from "./thought.ts";

/** The role under which such calls are charged. */
const CHARGED = "mutation";

/** Mutants of other genes: what a model answers. */
export interface MutantsAnswer {
  readonly rationale: string;
  readonly mutants: readonly Suggested[];
}

/** The form of an answer. An empty list proposes nothing. */
export const MUTANTS_FORM: AnswerForm<MutantsAnswer> = answerForm(
  "mutants",
  1,
  z.strictObject({
    rationale: z.string().describe("Why, in at most 60 words"),
    mutants: z.array(z.strictObject({
      agent: z.int().describe("Its number"),
      changes: z.array(z.strictObject({ gene: z.string(), value: z.number() })).min(1),
    })).describe("At most one for each agent; none is an answer too"),
  }),
);

const TASK =
  "You propose mutations in a population of trading agents. You are shown the agents of one role as JSON: " +
  "number, what each does, its credit so far (higher is better, null if unknown) and its genes, each with value, least and " +
  "largest value. Name other values for genes of agents that may gain by it, at most one mutant an agent. Each is tested on " +
  "the past and kept only if its partners score higher with it; the best agent of a kind stays as it is. Answer with one " +
  "JSON object: rationale, mutants.";

/** What a suggestion reads of a population. */
export interface SuggestionState extends AskedState {
  readonly genomes: Genomes;
  readonly credit: Credits | null;
}

/** The question about a role: what was known when the last iteration ended, without coins and dates. */
export function suggestionMessages(
  role: Role,
  { genomes, credit }: Pick<SuggestionState, "genomes" | "credit">,
): readonly Message[] {
  const agents = genomes[role].map((genome, agent) => {
    const { variant } = agentOf(role, genome), set = geneSet(variant), values = decodeGenome(set, genome);
    const genes = genesOf(set).map(({ name, min, max }) => [name, { value: values[name], min, max }]);
    const own = credit?.[role][agent];
    return {
      agent,
      variant: variant.name,
      does: variant.summary,
      credit: own === undefined ? null : Number(own.toPrecision(3)),
      genes: Object.fromEntries(genes),
    };
  });
  return [{ role: "system", content: TASK }, { role: "user", content: JSON.stringify({ role, agents }) }];
}

/** An answer held to what there is: agents that play, genes that they have, values within their ranges. */
export function heldToRanges(
  { mutants }: MutantsAnswer,
  genomes: Genomes,
  role: Role,
): Pick<SuggestionEvent, "mutants" | "clamped" | "dropped"> {
  const kept: { agent: number; changes: { gene: string; value: number }[] }[] = [];
  let clamped = 0, dropped = 0;
  for (const { agent, changes } of mutants) {
    const genome = genomes[role][agent];
    if (genome === undefined || kept.some((one) => one.agent === agent)) {
      dropped += changes.length;
      continue;
    }
    const genes = genesOf(geneSet(agentOf(role, genome).variant)), own = new Map<string, number>();
    for (const { gene: name, value } of changes) {
      const gene = genes.find((one) => one.name === name);
      if (gene === undefined || own.has(name)) {
        dropped++;
        continue;
      }
      const within = Math.min(gene.max, Math.max(gene.min, value));
      if (within !== value) clamped++;
      own.set(name, within);
    }
    if (own.size > 0) kept.push({ agent, changes: Array.from(own, ([gene, value]) => ({ gene, value })) });
  }
  return { mutants: kept, clamped, dropped };
}

/** The roles for whose agents mutants are asked: those that are named and whose genes may move. */
export function suggestedRoles(
  { language, frozen }: Pick<PopulationConfig, "language" | "frozen">,
): readonly Role[] {
  return ROLES.filter((role) => language.mutants.includes(role) && !frozen.includes(role));
}

/** Asks for mutants too, after what is asked anyway; the calls of both count towards `mostCalls`. */
export function withSuggestions(
  ask: Ask,
  { desk, config, clock }: RunContext,
  { model, mostCalls }: AskedModel,
): Ask {
  const { language, transferEvery } = config, roles = suggestedRoles(config);
  return async (state) => {
    const prepared = await ask(state), { k } = state;
    if (roles.length === 0 || k === 0 || k % transferEvery > 0 || !isWhole(state)) return prepared;
    const before = [...prepared.thoughts, ...prepared.aside ?? []];
    const calls = before.reduce((sum, one) => sum + one.calls, state.told?.calls ?? 0);
    const affordable = Math.max(0, Math.floor((language.mostCalls - calls) / mostCalls));
    const row = decisionRow(k, clock);
    const suggestions = await Promise.all(roles.map(async (role, i): Promise<SuggestionEvent> => {
      const base = {
        type: "suggestion" as const,
        k,
        row,
        time: desk.market.panel.openTime[row]! + BAR_MS,
        role,
        model: language.model,
        version: hashJson([TASK, MUTANTS_FORM.version]).slice(0, 16),
      };
      const none = { mutants: [], clamped: 0, dropped: 0 };
      if (i >= affordable) {
        return {
          ...base,
          ...none,
          outcome: "unasked",
          reason: "mostCalls",
          repaired: false,
          ...spendingOf([]),
        };
      }
      const { outcome, calls: made } = await model.ask({
        model: language.model,
        messages: suggestionMessages(role, state),
        form: MUTANTS_FORM,
        parameters: { ...PINNED, maxTokens: language.maxTokens },
        sample: 0,
        role: CHARGED,
      });
      const spent = spendingOf(made);
      if (outcome.kind === "abstention") {
        const { reason } = outcome;
        return { ...base, ...none, outcome: unansweredOf(reason), reason, repaired: false, ...spent };
      }
      const held = heldToRanges(outcome.value, state.genomes, role);
      return {
        ...base,
        ...held,
        outcome: "answered",
        reason: null,
        repaired: outcome.repairs.length > 0,
        ...spent,
      };
    }));
    return { ...prepared, suggestions };
  };
}

/** True for a population; a single agent asks for its trader alone. */
function isWhole(state: AskedState): state is SuggestionState {
  return "analyst" in state.genomes;
}
