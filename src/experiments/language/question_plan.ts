/** Which questions a run would put, before anything is asked: those of the start genomes, as lessons are not known yet. */
import type { RunContext } from "../../population/decide.ts";
import { startState } from "../../population/state.ts";
import { referencePrompts } from "./references.ts";
import { type Asked, askedRows, promptsInPlay, questionsAt, researchFor } from "./asker.ts";

/** The questions of a run whose traders listened to their first prompts all the time. */
export interface PlannedQuestions {
  readonly prompts: readonly string[];
  readonly questions: readonly Asked[];
}

/** What a run would ask, for its references too if it has any; `mostCalls` is not looked at. */
export function plannedQuestions(context: RunContext, references = false): PlannedQuestions {
  const { desk, config, seed, iterations } = context;
  const inPlay = promptsInPlay(startState(config, seed, desk.arena.coins, desk.startingEquity));
  const further = references ? referencePrompts(config, seed).filter((one) => !inPlay.includes(one)) : [];
  const prompts = [...inPlay, ...further];
  const research = researchFor(context);
  const rows = Array.from({ length: iterations }, (_, k) => askedRows(k, context)).flat();
  return {
    prompts: prompts.map(({ key }) => key),
    questions: rows.flatMap((row) => questionsAt(row, prompts, research, config.language)),
  };
}
