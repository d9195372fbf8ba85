/**
 * What a language model writes about a finished run: on its analysts, on its researchers, and on what its champion does.
 * A slow loop beside the run: nothing in a run reads it, and no number depends on it.
 */
import * as z from "zod";
import { variantNamed } from "../../agents/catalogue.ts";
import type { Role } from "../../genome/role.ts";
import { type AnswerForm, answerForm } from "../../llm/answer_form.ts";
import type { Message } from "../../llm/chat_call.ts";
import type { RunResult } from "../result.ts";

/** Letters of a comment that are kept. */
const MOST_COMMENT = 1200;

/** What may be commented on. */
export const COMMENTED: readonly Commented[] = ["analysts", "researchers", "champion"];
/** One of them. */
export type Commented = "analysts" | "researchers" | "champion";

/** A comment. */
export interface Comment {
  /** At most 120 words. */
  readonly text: string;
}

/** The form of a comment. */
export const COMMENT_FORM: AnswerForm<Comment> = answerForm(
  "comment",
  1,
  z.strictObject({
    text: z.string().refine((text) => text.length > 0 && text.length <= MOST_COMMENT, {
      error: `must have 1 to ${MOST_COMMENT} characters`,
    }).describe("At most 120 words"),
  }),
);

/** A question about a run: its words, and the facts that it shows. */
export interface CommentQuestion {
  /** What it is about. */
  readonly about: Commented;
  /** As a model is sent it. */
  readonly messages: readonly Message[];
  /** Plain data, whose numbers a comment may cite. */
  readonly facts: unknown;
}

const ASKS: Readonly<Record<Commented, string>> = {
  analysts: "Comment on the analysts: which were worth their place, and how sure that is.",
  researchers:
    "Comment on the researchers: whose forecasts were better than those of the past alone, and whose were not.",
  champion:
    "Say in plain words what the champion team does, as its agents are described, and what came of it.",
};

const TASK =
  "You comment on a finished run of a population of trading agents. You are shown its numbers as JSON. Write at most 120 " +
  "words of plain English. Cite the numbers you rest on, and none that are not shown. Where an error is as large as its " +
  "number say that nothing can be told. Give no advice. Answer with one JSON object: text.";

/** The questions about a run; a pure function of its result, so that equal runs ask the same. */
export function commentQuestions(result: RunResult): readonly CommentQuestion[] {
  return COMMENTED.map((about) => {
    const facts = factsOf[about](result);
    return {
      about,
      facts,
      messages: [
        { role: "system", content: `${TASK}\n${ASKS[about]}` },
        { role: "user", content: JSON.stringify(facts) },
      ],
    };
  });
}

const factsOf: Readonly<Record<Commented, (result: RunResult) => unknown>> = {
  analysts: (result) => agentsOf(result, "analyst"),
  researchers: (result) => ({
    ...agentsOf(result, "researcher"),
    forecasts: result.researcherQuality.map(({ variant, brier, ece, eceNull95, crpsSkill }) => ({
      variant,
      brier: short(brier),
      ece: short(ece),
      eceOfCalibrated: short(eceNull95),
      crpsSkill: crpsSkill === null ? null : short(crpsSkill),
    })),
  }),
  champion: (result) => ({
    synthetic: result.source.kind === "synthetic",
    team: (["analyst", "researcher", "trader", "risk"] as const).flatMap((role) => {
      const own = result.finalCredit.filter((one) => one.role === role);
      if (own.length === 0) return [];
      const [best] = own.toSorted((a, b) => b.credit - a.credit);
      return [{ role, variant: best!.variant, does: variantNamed(role, best!.variant).summary }];
    }),
    outcome: result.strategies.filter(({ name }) => ["champion", "selectionOnly", "ensemble"].includes(name))
      .map(({ label, metrics: { sharpe, sharpeError, totalReturn, maxDrawdown, exposure, fees } }) => ({
        label,
        sharpe: short(sharpe),
        sharpeError: sharpeError === null ? null : short(sharpeError),
        totalReturn: short(totalReturn),
        maxDrawdown: short(maxDrawdown),
        exposure: short(exposure),
        fees: short(fees),
      })),
  }),
};

function agentsOf({ finalCredit, agentPerformance }: RunResult, role: Role) {
  return {
    credits: finalCredit.filter((one) => one.role === role).map((
      { variant, credit, shapley, shapleyError },
    ) => ({
      variant,
      does: variantNamed(role, variant).summary,
      credit: short(credit),
      shapley: short(shapley),
      shapleyError: short(shapleyError),
    })),
    teams: agentPerformance.filter((one) => one.role === role).map(({ variant, sharpe, sharpeError }) => ({
      variant,
      sharpe: short(sharpe),
      sharpeError: sharpeError === null ? null : short(sharpeError),
    })),
  };
}

function short(value: number): number {
  return Number(value.toPrecision(3));
}
