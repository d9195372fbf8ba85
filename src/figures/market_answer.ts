/** Was it in the market? How much of the time, how far, and what kept it out. */
import type { RunResult } from "../experiments/result.ts";
import { count, decimal, percent } from "./format.ts";
import { headlineStrategy } from "./headline_strategy.ts";
import type { Answer } from "./learning_answer.ts";
import { requireResult } from "./run_parts.ts";

/** The answer of the headline's account over the reported rows. */
export function marketAnswer(result: RunResult): Answer {
  requireResult(result, "strategies");
  const { account, metrics: { exposure, blocked, scaling, orders, refusals, liquidations } } =
    headlineStrategy(
      result,
    );
  const share = account?.timeInMarket ?? null;
  const rules = ([
    ["the maximum drawdown", blocked.drawdown],
    ["the daily loss", blocked.dailyLoss],
    ["a coin that cools down after an exit", blocked.coolDown],
  ] as const).filter(([, rows]) => rows > 0);
  const list = rules.map(([rule, rows]) => `${rule} on ${rows < 0.005 ? "less than 1%" : percent(rows, 0)}`)
    .join(", ");
  const times = (number: number, what: string) => `${count(number)} ${what}${number === 1 ? "" : "s"}`;
  return {
    question: "Was it in the market?",
    short: share === null ? "" : `On ${percent(share, 0)} of rows.`,
    sentences: [
      `It held a position at the close of ${
        percent(share, 0)
      } of rows; on average over all rows its gross notional was ${
        decimal(exposure)
      } times its equity (exposure). ${times(orders, "order")}, ${times(refusals, "refusal")} by risk, ${
        times(liquidations, "liquidation")
      }.`,
      rules.length === 0
        ? "No rule blocked an order on any row."
        : `Rules blocked orders that would have added to a position, of all rows: ${list}.`,
      ...(scaling.limit < 1 && scaling.halved !== null
        ? [
          `Of the rows in which it wanted a position, its drawdown left it less than half of full size on ${
            percent(scaling.halved, 0)
          }; its volatility cap was ${decimal(scaling.cap!)} on average.`,
        ]
        : []),
    ],
  };
}
