/** The first page: what a person asks of a run, answered in order. */
import { headlineComparisons } from "../../experiments/comparison.ts";
import { dataAnswer } from "../../figures/data_answer.ts";
import { type Answer, learningAnswer } from "../../figures/learning_answer.ts";
import { marketAnswer } from "../../figures/market_answer.ts";
import { moneyShort, moneyTable } from "../../figures/money_answer.ts";
import type { RunRecord } from "../../figures/run_figures.ts";
import { type Html, html } from "./html.ts";
import { tableHtml } from "./table.ts";

/** Did learning help, where did the money go, was it in the market, which data was this. */
export function answersHtml({ result, series }: Omit<RunRecord, "events">): Html {
  const learning = learningAnswer(result, headlineComparisons(result, series));
  const [first, ...others] = learning.sentences;
  const money = moneyTable(result);
  return html`
    <div class="answers">
      <article class="first">
        <h2>${learning.question} <span class="short">${learning.short}</span></h2>
        <p class="lead">${first}</p>
        ${paragraphs(others)}
      </article>
      <article>
        <h2>${money.title} <span class="short">${moneyShort(result)}</span></h2>
        <div class="wide">${tableHtml(money)}</div>
        <p>${money.caption}</p>
      </article>
      ${article(marketAnswer(result))}
      ${article(dataAnswer(result))}
    </div>
  `;
}

/** Answers as cards, the first one wide. */
export function answerCards([first, ...others]: readonly [Answer, ...Answer[]]): Html {
  return html`
    <div class="answers">
      <article class="first">
        <h2>${first.question} <span class="short">${first.short}</span></h2>
        ${paragraphs(first.sentences)}
      </article>
      ${others.map(article)}
    </div>
  `;
}

function article({ question, short, sentences }: Answer): Html {
  return html`
    <article>
      <h2>${question} <span class="short">${short}</span></h2>
      ${paragraphs(sentences)}
    </article>
  `;
}

const paragraphs = (sentences: readonly string[]) => sentences.map((sentence) => html`<p>${sentence}</p>`);
