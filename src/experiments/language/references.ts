/**
 * What references of a run with language traders hear. They send nothing: the population asks what they listen to
 * beside what it listens to itself, and hands the answers on.
 */
import type { Pipeline } from "../../agents/agent.ts";
import { authorsOf } from "../../agents/told.ts";
import type { IterationEvent } from "../../events/iteration.ts";
import type { ThoughtEvent } from "../../events/thought.ts";
import { PROMPTS } from "../../inventory/trader/prompts/catalogue.ts";
import { promptAuthor } from "../../inventory/trader/prompts/listening.ts";
import type { Prompt } from "../../inventory/trader/prompts/prompt.ts";
import type { Proposals } from "../../inventory/trader/proposal.ts";
import type { PopulationConfig } from "../../population/config.ts";
import { declaredGenomes, type Genomes, startGenomes } from "../../population/members.ts";
import { chargesOf, withAnswers } from "../../population/thoughts.ts";
import { type Charges, NO_CHARGES } from "../../simulation/trade_rows.ts";
import { type Ask, promptsInPlay } from "./asker.ts";

/**
 * Prompts that references listen to at the start, in the order of the catalogue: those of the declared traders, of the
 * population before its first lesson, and of its homogeneous copies. They are asked as long as the run lasts; what a
 * reference comes to listen to beside them it hears only while the population listens to it too.
 */
export function referencePrompts(config: PopulationConfig, seed: number): readonly Prompt[] {
  const starts: readonly { readonly genomes: Genomes }[] = [
    { genomes: declaredGenomes(config.size, config.agents) },
    { genomes: startGenomes(config, seed) },
    { genomes: startGenomes({ ...config, variants: "homogeneous" }, seed) },
  ];
  const heard = new Set(starts.flatMap(promptsInPlay));
  return PROMPTS.filter((prompt) => heard.has(prompt));
}

/** Answers that a population was given, as another learner of the same run hears them: its own prompts' alone. */
export function echo(heard: readonly ThoughtEvent[]): Ask {
  const byIteration = Map.groupBy(heard, ({ k }) => k);
  return (state) => {
    const own = new Set(promptsInPlay(state).map(({ key }) => key));
    const thoughts = (byIteration.get(state.k) ?? []).filter(({ prompt }) => own.has(prompt));
    return Promise.resolve({ proposals: {}, thoughts: thoughts.map((one) => ({ ...one, verdict: null })) });
  };
}

/** What a population was answered in an iteration, without what was asked for its references. */
export function heardIn({ k, agents }: IterationEvent, heard: readonly ThoughtEvent[]): ThoughtEvent[] {
  const trader = agents.trader.map(({ variant, genome }) => ({ variant, coordinates: genome }));
  const own = new Set(promptsInPlay({ genomes: { trader } }).map(({ key }) => key));
  return heard.filter((one) => one.k === k && own.has(one.prompt));
}

/** What stands of all answers of a run, for pipelines that never learn. */
export function answersIn(heard: readonly ThoughtEvent[], validRows: number): Proposals {
  return withAnswers({}, heard.toSorted((a, b) => a.row - b.row), validRows);
}

/** What asking costs an account that trades some pipelines: the calls of the prompts that any of them listens to. */
export function chargesFor(pipelines: readonly Pipeline[], heard: readonly ThoughtEvent[]): Charges {
  if (heard.length === 0) return NO_CHARGES;
  const authors = new Set(pipelines.flatMap(({ trader }) => trader ? authorsOf(trader) : []));
  return chargesOf(heard.filter(({ prompt }) => authors.has(promptAuthor(prompt))));
}
