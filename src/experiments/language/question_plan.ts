/** Which questions a run would put, before anything is asked: those of the start genomes, as lessons are not known yet. */
import type { RunContext } from "../../population/decide.ts";
import { startState } from "../../population/state.ts";
import { type Asked, askedRows, promptsInPlay, questionsAt, researchFor } from "./asker.ts";

/** The questions of a run whose traders listened to their first prompts all the time. */
export interface PlannedQuestions {
  readonly prompts: readonly string[];
  readonly questions: readonly Asked[];
}

/** What a run would ask; `mostCalls` is not looked at. */
export function plannedQuestions(context: RunContext): PlannedQuestions {
  const { desk, config, seed, iterations } = context;
  const prompts = promptsInPlay(startState(config, seed, desk.arena.coins, desk.startingEquity));
  const research = researchFor(context);
  const rows = Array.from({ length: iterations }, (_, k) => askedRows(k, context)).flat();
  return {
    prompts: prompts.map(({ key }) => key),
    questions: rows.flatMap((row) => questionsAt(row, prompts, research, config.language)),
  };
}
