/** What back-tests say, in words: is the first more than nothing, and more than the others? */
import { displayed } from "../figures/displayed.ts";
import { rng } from "../core/rng.ts";
import { LEAST_ROWS, sharpeEstimate } from "../experiments/sharpe_estimate.ts";
import { decimal, signed } from "../figures/format.ts";
import { sharpeError } from "../stats/sharpe.ts";
import type { Backtest } from "./backtest.ts";
import type { NamedBacktests } from "./comparison.ts";

/** Standard errors that tell a ratio from nothing. */
const FAR = 2;

/**
 * The first back-test's Sharpe ratio with its standard error, and how it stands to each of the others on the same
 * bars (Ledoit and Wolf's studentised bootstrap, as a run's headline), as Markdown.
 *
 * @throws {RangeError} If there is no back-test.
 */
export function sharpeAnswer(tests: NamedBacktests): { readonly markdown: string } {
  const [first, ...others] = Object.entries(tests);
  if (first === undefined) throw new RangeError("Cannot answer as there must be at least one back-test");
  const sentences = [alone(...first), ...others.map(([name, other]) => beside(first[1], name, other))];
  return displayed({ markdown: sentences.join("\n\n") });
}

function alone(name: string, { returns, metrics, trades }: Backtest): string {
  const error = sharpeError(returns);
  if (error === null) return `**${name}** never traded: there is nothing to tell.`;
  const tells = Math.abs(metrics.sharpe) > FAR * error
    ? "further than two standard errors from nothing. Look at it on other rows before you believe it"
    : "within two standard errors of nothing: these rows do not show that it earns, or loses, anything";
  return `**${name}** made ${trades.length} round trips and a Sharpe ratio of **${
    decimal(metrics.sharpe)
  } ± ` +
    `${decimal(error)}** a year after costs, ${tells}.`;
}

function beside({ returns }: Backtest, name: string, other: Backtest): string {
  const differs = returns.some((value, i) => value !== other.returns[i]);
  if (returns.length < LEAST_ROWS || !differs || sharpeError(other.returns) === null) {
    return `Beside **${name}** it cannot be told.`;
  }
  const { difference, p } = sharpeEstimate(
    returns,
    other.returns,
    rng("sharpe comparison of back-tests", name),
  );
  const verdict = p < 0.05 ? "more than chance explains" : "which chance alone explains";
  return `Beside **${name}** on the same bars its ratio differs by ${signed(difference)} (${
    pText(p)
  }), ${verdict}.`;
}

function pText(p: number): string {
  return p < 0.01 ? "p < 0.01" : `p = ${decimal(p)}`;
}
