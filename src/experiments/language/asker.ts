/** What a population asks before an iteration: every prompt that a trader listens to, about every coin, row by row. */
import { agentOf, type Pipeline } from "../../agents/agent.ts";
import { variantNamed } from "../../agents/catalogue.ts";
import { asksPrompts } from "../../agents/told.ts";
import { startGenome } from "../../agents/variant.ts";
import { BAR_MS } from "../../core/universe.ts";
import type { ThoughtEvent } from "../../events/thought.ts";
import { PROMPT_KEYS, promptNamed } from "../../inventory/trader/prompts/catalogue.ts";
import { listensTo } from "../../inventory/trader/prompts/listening.ts";
import type { Prompt } from "../../inventory/trader/prompts/prompt.ts";
import { PINNED } from "../../llm/ladder.ts";
import type { LanguageModel, Question } from "../../llm/language_model.ts";
import type { Panel } from "../../market/panel.ts";
import { decisionRow, type LanguageConfig, lastTradedRow } from "../../population/config.ts";
import type { RunContext } from "../../population/decide.ts";
import type { Genomes } from "../../population/members.ts";
import type { Prepared, Told } from "../../population/thoughts.ts";
import { ANSWER_FORM, type TraderAnswer } from "./answer.ts";
import type { Observation } from "./observation.ts";
import { observe, type Research, researchOf } from "./observe.ts";
import { messagesOf, observationHash, promptVersion } from "./question.ts";
import { thoughtOf, unaskedThought } from "./thought.ts";

/** Asks for an iteration. */
export type Ask = (state: AskedState) => Promise<Prepared>;

/** What asking reads of a learner's state. */
export interface AskedState {
  /** The iteration to come. */
  readonly k: number;
  readonly genomes: Pick<Genomes, "trader">;
  readonly told?: Told;
}

/** A model that may be asked, and how many calls one question may take: every rung that is refused, and a repair turn. */
export interface AskedModel {
  readonly model: LanguageModel;
  readonly mostCalls: number;
}

/** One question of a population: a prompt about a coin at a row. */
export interface Asked {
  readonly row: number;
  readonly coin: number;
  readonly prompt: Prompt;
  readonly observation: Observation;
}

/** The pipeline whose research is shown: declared agents, which no lesson changes. */
function researchPipeline({ research }: LanguageConfig): Pipeline {
  const agent = <Kind extends "analyst" | "researcher">(role: Kind) =>
    agentOf(role, startGenome(variantNamed(role, research[role])));
  return { analyst: agent("analyst"), researcher: agent("researcher"), trader: null, risk: null };
}

/** What a run's questions are cut from; computed once. */
export function researchFor({ desk, config }: Pick<RunContext, "desk" | "config">): Research {
  return researchOf(desk, researchPipeline(config.language));
}

/** The prompts that somebody of a population listens to, in the order of the catalogue. */
export function promptsInPlay({ genomes }: Pick<AskedState, "genomes">): readonly Prompt[] {
  const heard = new Set(
    genomes.trader.flatMap((genome) => {
      const { variant, genes } = agentOf("trader", genome);
      return asksPrompts(variant) ? listensTo(genes).map(({ key }) => key) : [];
    }),
  );
  return PROMPT_KEYS.filter((key) => heard.has(key)).map(promptNamed);
}

/** The rows of an iteration at which prompts are asked: those of the run's cadence whose orders can still be filled. */
export function askedRows(k: number, { desk, clock, config }: RunContext): number[] {
  const from = decisionRow(k, clock), to = lastTradedRow(from, clock, desk.market.panel.rows);
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i)
    .filter((row) => isAskedAt(row, { clock, config }));
}

/** The questions at a row: of coins that may be traded and are worth a question, each prompt. */
export function questionsAt(
  row: number,
  prompts: readonly Prompt[],
  research: Research,
  { signal, mask, every }: Pick<LanguageConfig, "signal" | "mask" | "every">,
): readonly Asked[] {
  const { desk, forecast } = research;
  return desk.tradable.flatMap((tradable, coin) => {
    if (!tradable) return [];
    const observation = observe(research, row, coin, mask);
    const expected = Math.abs(forecast.coins[coin]!.mean[1]![row]!);
    if (expected < signal * observation.roundTripCost && !hasNews(desk.market.panel, row, coin, every)) {
      return [];
    }
    return prompts.map((prompt) => ({ row, coin, prompt, observation }));
  });
}

/** True if a story of a coin came in within the last rows. */
function hasNews({ news }: Panel, row: number, coin: number, rows: number): boolean {
  return news !== null && news.coins[coin]!.age[row]! < rows;
}

/** A question as a model is asked it. */
export function questionOf(
  { prompt, observation }: Pick<Asked, "prompt" | "observation">,
  { model, maxTokens }: LanguageConfig,
): Question<TraderAnswer> {
  return {
    model,
    messages: messagesOf(prompt, observation),
    form: ANSWER_FORM,
    parameters: { ...PINNED, maxTokens },
    sample: 0,
    role: "trader",
  };
}

/** Asks about one row. @param calls Of the run so far. */
export type AskRow = (
  state: Pick<AskedState, "k" | "genomes">,
  row: number,
  calls: number,
) => Promise<readonly ThoughtEvent[]>;

/**
 * Asks about a row what the prompts in play and those beside them are to be asked, all at once; what could lead beyond
 * `mostCalls` calls of the run stays unasked, whatever the order in which replies come. It reads rows up to that one.
 */
export function rowAsker(
  context: Pick<RunContext, "desk" | "config">,
  { model, mostCalls }: AskedModel,
  beside: readonly Prompt[] = [],
): AskRow {
  const { desk, config: { language } } = context;
  const { panel } = desk.market;
  let research: Research | null = null;

  return async (state, row, calls) => {
    research ??= researchFor(context);
    const asked = questionsAt(row, promptsOf(state, beside), research, language);
    const affordable = Math.max(0, Math.floor((language.mostCalls - calls) / mostCalls));
    const base = ({ coin, prompt, observation }: Asked) => ({
      type: "thought" as const,
      k: state.k,
      row,
      time: panel.openTime[row]! + BAR_MS,
      coin: panel.coins[coin]!.coin,
      model: language.model,
      prompt: prompt.key,
      version: promptVersion(prompt),
      observation: observationHash(observation),
      verdict: null,
    });
    const answers = await Promise.all(
      asked.slice(0, affordable).map((one) => model.ask(questionOf(one, language))),
    );
    return [
      ...answers.map((answer, i): ThoughtEvent => ({ ...base(asked[i]!), ...thoughtOf(answer) })),
      ...asked.slice(affordable).map((one): ThoughtEvent => ({
        ...base(one),
        ...unaskedThought("mostCalls"),
      })),
    ];
  };
}

function promptsOf(state: Pick<AskedState, "genomes">, beside: readonly Prompt[]): readonly Prompt[] {
  const inPlay = promptsInPlay(state);
  return [...inPlay, ...beside.filter((one) => !inPlay.includes(one))];
}

/**
 * Asks for every iteration of a run: prompts in play, and those that its references listen to. Rows follow one another.
 *
 * @param beside Prompts that are asked at every row for the references, in play or not (references.ts).
 */
export function asker(context: RunContext, asked: AskedModel, beside: readonly Prompt[] = []): Ask {
  const askRow = rowAsker(context, asked, beside);

  return async (state) => {
    const thoughts: ThoughtEvent[] = [];
    let calls = state.told?.calls ?? 0;
    for (const row of askedRows(state.k, context)) {
      const said = await askRow(state, row, calls);
      calls += said.reduce((sum, one) => sum + one.calls, 0);
      thoughts.push(...said);
    }
    const heard = new Set(promptsInPlay(state).map(({ key }) => key));
    if (promptsOf(state, beside).length === heard.size) return { proposals: {}, thoughts };
    const { play = [], aside = [] } = Object.groupBy(
      thoughts,
      ({ prompt }) => heard.has(prompt) ? "play" : "aside",
    );
    return { proposals: {}, thoughts: play, aside };
  };
}

/** True if prompts are asked at the close of a row. */
export function isAskedAt(row: number, { clock, config }: Pick<RunContext, "clock" | "config">): boolean {
  return (row - clock.firstDecision) % config.language.every === 0;
}
