/** What came of a run's questions, counted: answers, holds, abstentions, failed calls and what was never asked apart. */
import type { DistillationEvent } from "../../events/distillation.ts";
import type { SuggestionEvent } from "../../events/suggestion.ts";
import { THOUGHT_OUTCOMES, type ThoughtEvent } from "../../events/thought.ts";

/** Counts of some thoughts. */
export interface ThoughtCounts {
  /** All of them. */
  readonly questions: number;
  /** How many came to what. */
  readonly outcomes: Readonly<Record<ThoughtEvent["outcome"], number>>;
  /** Why there is no answer, by reason. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Answers that had to be mended or asked for again. */
  readonly repaired: number;
  /** Calls that were made. */
  readonly calls: number;
  /** Tokens that the model read. */
  readonly inputTokens: number;
  /** Tokens that it wrote. */
  readonly outputTokens: number;
  /** USD when the calls were made. */
  readonly dollars: number;
}

/** Counts what came of questions. */
export function countThoughts(thoughts: readonly ThoughtEvent[]): ThoughtCounts {
  const sum = (of: (thought: ThoughtEvent) => number) => thoughts.reduce((total, one) => total + of(one), 0);
  const reasons: Record<string, number> = {};
  for (const { reason } of thoughts) if (reason !== null) reasons[reason] = (reasons[reason] ?? 0) + 1;
  return {
    questions: thoughts.length,
    outcomes: Object.fromEntries(
      THOUGHT_OUTCOMES.map((name) => [name, sum(({ outcome }) => Number(outcome === name))]),
    ) as ThoughtCounts["outcomes"],
    reasons,
    repaired: sum(({ repaired }) => Number(repaired)),
    calls: sum(({ calls }) => calls),
    inputTokens: sum(({ inputTokens }) => inputTokens),
    outputTokens: sum(({ outputTokens }) => outputTokens),
    dollars: sum(({ dollars }) => dollars),
  };
}

/** True for a script in the place of a model, by its name: whatever shows its answers says so. */
export function isScripted(model: string): boolean {
  return model.startsWith("scripted");
}

function asideNote(aside: readonly ThoughtEvent[]): string {
  if (aside.length === 0) return "";
  const { questions, dollars } = countThoughts(aside);
  return ` ${questions} further questions were put for references whose traders listen to other prompts; they cost ${
    dollars.toFixed(4)
  } USD, charged to those.`;
}

function suggestionsNote(suggestions: readonly SuggestionEvent[]): string {
  if (suggestions.length === 0) return "";
  const sum = (of: (one: SuggestionEvent) => number) =>
    suggestions.reduce((total, one) => total + of(one), 0);
  const answered = sum(({ outcome }) => Number(outcome === "answered"));
  return ` It was also asked ${suggestions.length} times for mutants: ${answered} answers named ${
    sum(({ mutants }) => mutants.length)
  }, each tested before it was kept (${
    sum(({ clamped }) => clamped)
  } values brought back into their range, ` +
    `${sum(({ dropped }) => dropped)} left out); ${
      sum(({ dollars }) => dollars).toFixed(4)
    } USD, charged likewise.`;
}

function distillationsNote(distillations: readonly DistillationEvent[]): string {
  if (distillations.length === 0) return "";
  const answered = distillations.filter(({ outcome }) => outcome === "answered").length;
  const dollars = distillations.reduce((total, one) => total + one.dollars, 0);
  return ` When the run was over it was asked ${distillations.length} times to say what the champion does: ${answered} answers; ` +
    `${dollars.toFixed(4)} USD, charged to no account, as nothing reads them.`;
}

/** Why nothing was asked, and what helps, by reason. */
const REMEDIES: Readonly<Record<string, string>> = {
  notRecorded: "no cassette holds them; deno task language asks and records",
  keyMissing: "the provider's key is not set in the environment",
  priceUnknown: "the model's price is not stated in configs/models.yaml",
  budget: "the budget was spent",
  mostCalls: "population.language.mostCalls was reached",
  tooLong: "they are longer than the model's context",
};

/**
 * What a reader must know of a run's questions, said once; nothing where nobody asked.
 *
 * @param aside What was asked for references alone.
 * @param suggestions What was asked for mutants.
 * @param distillations What was asked of champions when the run was over.
 */
export function languageNotes(
  thoughts: readonly ThoughtEvent[],
  aside: readonly ThoughtEvent[] = [],
  suggestions: readonly SuggestionEvent[] = [],
  distillations: readonly DistillationEvent[] = [],
): string[] {
  if (thoughts.length === 0) return [];
  const { questions, outcomes: { answered, held, abstained, failed, unasked }, reasons, dollars } =
    countThoughts(
      thoughts,
    );
  const models = [...new Set(thoughts.map(({ model }) => model))].join(", ");
  const cap = thoughts.findLast((thought) => thought.cap !== undefined)?.cap;
  const why = Object.entries(REMEDIES).flatMap(([reason, remedy]) =>
    reasons[reason] === undefined
      ? []
      : [`${reasons[reason]}: ${remedy}${reason === "budget" && cap ? `: ${cap}` : ""}`]
  );
  const simulated = isScripted(models) ? " (scripted: no language model)" : "";
  return [
    `${models}${simulated}: of ${questions} questions ${answered} were answered, ${held} held, ${abstained} abstained, ` +
    `${failed} failed, ${unasked} not asked${why.length === 0 ? "" : ` (${why.join("; ")})`}; ` +
    `calls cost ${dollars.toFixed(4)} USD, charged to every deployed account.` +
    (answered + held === 0 ? " Its traders proposed nothing and stayed flat." : "") +
    asideNote(aside) + suggestionsNote(suggestions) + distillationsNote(distillations),
  ];
}
