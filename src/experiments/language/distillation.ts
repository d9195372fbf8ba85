/**
 * What a model writes of a champion, and how faithful it is. An account for people: nothing in a run reads it, its text
 * moves no gene and its rules never trade. It is asked when a run is over, about what was known at the decision.
 */
import { type Pipeline, pipelineOf } from "../../agents/agent.ts";
import type { Desk } from "../../agents/desk.ts";
import { hashJson } from "../../core/hash.ts";
import { printable } from "../../core/printable.ts";
import { BAR_MS } from "../../core/universe.ts";
import { UserError } from "../../core/user_error.ts";
import type { DistillationEvent } from "../../events/distillation.ts";
import type { RecordedEvent } from "../../events/event.ts";
import type { IterationEvent } from "../../events/iteration.ts";
import { byRole } from "../../genome/role.ts";
import { PINNED } from "../../llm/ladder.ts";
import type { LanguageModel, Question } from "../../llm/language_model.ts";
import type { LanguageConfig } from "../../population/config.ts";
import { teamGenomes } from "../../population/decide.ts";
import { groundingOf } from "../decisions/grounding.ts";
import { genomesOf } from "../final_credit.ts";
import type { StoredPopulation } from "../genealogy/stored_population.ts";
import { actionsOf, tradableCoins } from "./champion_actions.ts";
import { DISTILLATION_WORDS, distillationMessages, type DistilledFacts, factsAt } from "./distilled_facts.ts";
import { featureReader } from "./distilled_features.ts";
import { DISTILLATION_FORM, type Distilled } from "./distilled_rules.ts";
import { fidelityOf } from "./fidelity.ts";
import { spendingOf, unansweredOf } from "./thought.ts";

/** Later rows on which rules are held against the champion: two months, or as many as there are. */
export const LATER_ROWS = 360;

/** The role under which such calls are charged. */
const CHARGED = "distillation";

/** Which model, and how long its answer may be. */
export type DistillationSettings = Pick<LanguageConfig, "model" | "maxTokens">;

/** The question about what is shown of a champion. */
export function distillationQuestion(
  facts: DistilledFacts,
  { model, maxTokens }: DistillationSettings,
): Question<Distilled> {
  return {
    model,
    messages: distillationMessages(facts),
    form: DISTILLATION_FORM,
    parameters: { ...PINNED, maxTokens },
    sample: 0,
    role: CHARGED,
  };
}

/**
 * The iteration whose champion is asked about.
 *
 * @param k Its number; the last with two months after it if left out, or the first where none has.
 * @throws {UserError} If the run has no such iteration.
 */
export function distilledIteration(
  { iterations, desk }: Pick<StoredPopulation, "iterations" | "desk">,
  k?: number,
): IterationEvent {
  const last = desk.market.panel.rows - 1;
  if (k === undefined) return iterations.findLast(({ row }) => row + LATER_ROWS <= last) ?? iterations[0]!;
  const event = iterations.find((one) => one.k === k);
  if (event) return event;
  throw new UserError(
    `Cannot distil iteration ${k} as the run must have it: its iterations are 0 to ${iterations.at(-1)!.k}`,
  );
}

/** The team of the best agent of each role in an iteration. */
export function championOf(event: IterationEvent): Pipeline {
  return pipelineOf(teamGenomes(genomesOf(event), event.champion));
}

/**
 * Asks about the champion of an iteration and scores the rules on the rows after it.
 *
 * @param desk The desk of the whole run, with what its traders were told.
 */
export async function distil(
  desk: Desk,
  event: IterationEvent,
  settings: DistillationSettings,
  model: LanguageModel,
): Promise<DistillationEvent> {
  const { k, row } = event, { panel } = desk.market, champion = championOf(event);
  const facts = factsAt(desk, champion, row);
  const { outcome, calls } = await model.ask(distillationQuestion(facts, settings));
  const base = {
    type: "distillation" as const,
    k,
    row,
    time: panel.openTime[row]! + BAR_MS,
    team: byRole((role) => champion[role]!.variant.name),
    model: settings.model,
    version: hashJson([...DISTILLATION_WORDS, DISTILLATION_FORM.version]).slice(0, 16),
    ...spendingOf(calls),
  };
  if (outcome.kind === "abstention") {
    const { reason } = outcome;
    return { ...base, ...NOTHING_SAID, outcome: unansweredOf(reason), reason, repaired: false };
  }
  const { text, rules, otherwise } = outcome.value, { numbers, matched } = groundingOf(text, facts, {});
  return {
    ...base,
    outcome: "answered",
    reason: null,
    repaired: outcome.repairs.length > 0,
    text: printable(text),
    numbers,
    matched,
    rules,
    otherwise,
    fidelity: fidelityAfter(desk, champion, row, { rules, otherwise }),
  };
}

const NOTHING_SAID = {
  text: null,
  numbers: 0,
  matched: 0,
  rules: [],
  otherwise: null,
  fidelity: null,
} as const;

/** How often rules do what a champion would on the rows after a decision. */
function fidelityAfter(
  desk: Desk,
  champion: Pipeline,
  row: number,
  rules: Pick<Distilled, "rules" | "otherwise">,
): DistillationEvent["fidelity"] {
  const last = Math.min(row + LATER_ROWS, desk.market.panel.rows - 1);
  return fidelityOf({
    rules,
    read: featureReader(desk, champion),
    from: row + 1,
    actions: actionsOf(desk, champion, row, last).slice(1), // from the row before on, whose wish may still stand
    coins: tradableCoins(desk),
  });
}

/** The events of a run with what is written of its champions at some iterations, each after its iteration. */
export async function withDistillations(
  events: readonly RecordedEvent[],
  at: readonly number[],
  write: (event: IterationEvent) => Promise<DistillationEvent>,
): Promise<readonly RecordedEvent[]> {
  const all: RecordedEvent[] = [];
  for (const event of events) {
    all.push(event);
    if (event.type === "iteration" && at.includes(event.k)) all.push(await write(event)); // one after another: the budget's order
  }
  return all;
}
