/** The first screen: what a person asks of a run, answered in order. */
import { headlineComparisons } from "../../experiments/comparison.ts";
import type { RunResult, RunSeries } from "../../experiments/result.ts";
import { dataAnswer } from "../../figures/data_answer.ts";
import { type Answer, learningAnswer } from "../../figures/learning_answer.ts";
import { marketAnswer } from "../../figures/market_answer.ts";
import { moneyLine, moneyShort } from "../../figures/money_answer.ts";
import { sourceText } from "../../figures/run_subtitle.ts";
import { fittedTable } from "./fit_table.ts";
import { paragraph } from "./paragraph.ts";
import { TEXT_WIDTH } from "./width.ts";

/** Did learning help, where did the money go, was it in the market, which data was this: in words and numbers. */
export function answersText(result: RunResult, series: RunSeries): string {
  const learning = learningAnswer(result, headlineComparisons(result, series));
  const { source } = result;
  const loud = source.kind === "synthetic" || source.unsealed || source.untimedNews
    ? ` [${sourceText(source)}]`
    : "";
  return [
    answerText({ ...learning, short: `${learning.short}${loud}` }),
    [`Where did the money go? ${moneyShort(result)}`, fittedTable(moneyLine(result), TEXT_WIDTH)].join("\n"),
    answerText(marketAnswer(result)),
    answerText(dataAnswer(result)),
  ].join("\n\n");
}

/** An answer as lines: what was asked and said in short, then its sentences. */
export function answerText({ question, short, sentences }: Answer): string {
  return [
    paragraph(`${question} ${short}`.trim()),
    ...sentences.map((sentence) => paragraph(sentence, "  ")),
  ].join("\n");
}
