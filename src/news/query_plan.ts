/** Which questions are put to news providers: about the market as a whole, and about each coin. */
import * as z from "zod";
import type { Coin } from "../core/universe.ts";
import { type AnswerForm, answerForm } from "../llm/answer_form.ts";
import type { Message } from "../llm/chat_call.ts";
import { namesOf } from "./assets.ts";

/** A question of a plan; `coin` is null for the market as a whole. */
export interface PlannedQuery {
  readonly coin: Coin | null;
  readonly text: string;
}

/** What a plan is made of by rule: configs/news.yaml. */
export interface QueryTemplates {
  /** Asked as they are. */
  readonly macro: readonly string[];
  /** Asked of every coin: {name} and {coin} stand for its name and its ticker. */
  readonly micro: readonly string[];
}

/** The plan by rule. */
export function ruleBasedPlan({ macro, micro }: QueryTemplates, coins: readonly Coin[]): PlannedQuery[] {
  return [
    ...macro.map((text) => ({ coin: null, text })),
    ...coins.flatMap((coin) =>
      micro.map((template) => ({
        coin,
        text: template.replaceAll("{name}", namesOf(coin)[0]!).replaceAll("{coin}", coin),
      }))
    ),
  ];
}

/** A text that every provider takes: words, digits and quotes, no operators that would widen the time. */
const queryText = z.string().min(3).max(80).regex(/^[\p{L}\p{N} "'&.-]+$/u);

/** A plan as a model gives it. */
export const queryPlanForm: AnswerForm<{
  readonly queries: readonly { readonly coin: string | null; readonly text: string }[];
}> = answerForm(
  "query_plan",
  1,
  z.strictObject({
    queries: z.array(z.strictObject({ coin: z.string().max(12).nullable(), text: queryText })).min(1).max(40),
  }),
);

/** What a model is asked for a plan. It is told no date: what happened is not for it to remember. */
export function queryPlanMessages(coins: readonly Coin[], most: number): Message[] {
  return [
    {
      role: "system",
      content: "You plan searches of news for a desk that trades crypto perpetuals. Answer with JSON alone.",
    },
    {
      role: "user",
      content: [
        `Coins: ${coins.map((coin) => `${coin} (${namesOf(coin)[0]})`).join(", ")}.`,
        `Give at most ${most} search queries: some about the market as a whole (coin null: policy, rates, regulation,`,
        "flows), and some about each coin. A query is 2 to 8 plain words, without operators, names of sites, or dates.",
      ].join("\n"),
    },
  ];
}

/** A model's plan as far as it is about these coins, each text once, at most `most`; null if nothing is left. */
export function plannedQueries(
  said: readonly { readonly coin: string | null; readonly text: string }[],
  coins: readonly Coin[],
  most: number,
): PlannedQuery[] | null {
  const known = new Set<string>();
  const plan = said.filter(({ coin, text }) => {
    const key = text.toLowerCase().trim();
    if ((coin !== null && !coins.includes(coin)) || known.has(key)) return false;
    known.add(key);
    return true;
  }).slice(0, most);
  return plan.length === 0 ? null : plan.map(({ coin, text }) => ({ coin, text: text.trim() }));
}
