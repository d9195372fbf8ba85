/** What a person asks of the last days of a session, answered in order. */
import { formatTime } from "../core/time.ts";
import type { Answer } from "../figures/learning_answer.ts";
import { count, decimal, percent, signed, signedPercent } from "../figures/format.ts";
import type { Period } from "./period.ts";

/** What became of the money, what it cost, what needs a look, what was learned. */
export function periodAnswers(period: Period): readonly [Answer, ...Answer[]] {
  return [moneyAnswer(period), costAnswer(period), watchAnswer(period), learnedAnswer(period)];
}

function moneyAnswer({ from, to, bars, equityBefore, equity, profit, maxDrawdown }: Period): Answer {
  const held = bars.at(-1)!.positions.map(({ coin, quantity }) =>
    `${coin} ${quantity > 0 ? "long" : "short"}`
  );
  return {
    question: "What became of the money?",
    short: `${signedPercent(profit)}, ${decimal(equity)} USDT.`,
    sentences: [
      `From ${formatTime(from)} to ${formatTime(to)} UTC, ${count(bars.length)} bars, equity went from ${
        decimal(equityBefore)
      } to ${decimal(equity)} USDT (${signed(equity - equityBefore)}); its largest fall on the way was ${
        percent(maxDrawdown)
      }.`,
      `At the newest close it holds ${held.length === 0 ? "nothing" : held.join(", ")}.`,
      "So few bars say next to nothing about whether the agents are good: a Sharpe ratio needs years.",
    ],
  };
}

function costAnswer({ fees, funding, slippage, coins, equityBefore }: Period): Answer {
  const fills = coins.reduce((sum, one) => sum + one.fills, 0);
  const all = fees + funding + slippage;
  return {
    question: "What did it cost?",
    short: `${decimal(all)} USDT.`,
    sentences: [
      `${count(fills)} fills: fees ${decimal(fees)}, funding ${decimal(funding)}, slippage ${
        decimal(slippage)
      } USDT; together ${percent(all / equityBefore, 2)} of the equity before.`,
    ],
  };
}

function watchAnswer({ alerts, guards, orders, disagreements, bars }: Period): Answer {
  const critical = alerts.filter(({ severity }) => severity === "critical").length;
  const ended = Object.entries(orders).map(([state, many]) => `${count(many)} ${state}`).join(", ");
  return {
    question: "Does anything need a look?",
    short: alerts.length === 0
      ? "No alert."
      : `${count(alerts.length)} alert${alerts.length === 1 ? "" : "s"}, ${count(critical)} critical.`,
    sentences: [
      `Orders: ${ended || "none"}. Changes of the guards: ${noneOr(guards.length)}. Books and exchange ${
        disagreements === 0
          ? "agreed whenever they were compared"
          : `disagreed at ${count(disagreements)} of ${count(bars.length)} closes`
      }.`,
    ],
  };
}

function learnedAnswer({ iterations, changes, takeovers }: Period): Answer {
  const { transfers, mutations } = changes;
  return {
    question: "What was learned?",
    short: `${count(iterations)} iteration${iterations === 1 ? "" : "s"}.`,
    sentences: [
      `${count(transfers.taken)} lessons taken and ${count(transfers.refused)} refused; ${
        count(mutations.kept + mutations.untested)
      } mutants took their agents' places. Changes of the team that trades: ${noneOr(takeovers)}.`,
    ],
  };
}

const noneOr = (many: number) => many === 0 ? "none" : count(many);
