import { Command } from "@commander-js/extra-typings";
import { rng } from "../../core/rng.ts";
import { UserError } from "../../core/user_error.ts";
import { factErrors } from "../../experiments/fact_errors.ts";
import { marketOf } from "../../experiments/market.ts";
import { type MarketFact, marketFacts } from "../../experiments/market_facts.ts";
import { decimal } from "../../figures/format.ts";
import { mean, standardDeviation } from "../../stats/moments.ts";
import { plainTable } from "../../report/text/plain_table.ts";
import { barsOf, barsText, dataConfig, withDataFlags } from "../data_flags.ts";
import { say } from "../print.ts";

/** Resamples behind a standard error. */
const DRAWS = 200;

/** Seeds of the markets that facts are measured on: none that anything else uses. */
const FIRST_SEED = 900_001;

const EXAMPLES = `
Each fact has two lines: the bars' own, with its standard error by resampling months, and the mean over synthetic
markets of the default world, of as many rows, with the spread of one market.

Examples:
  deno task popagent data facts --data data/bybit
  deno task popagent data facts --data data/bybit --markets 10 --json`;

/** popagent data facts: the stylised facts of bars beside those of the synthetic market. */
export function dataFactsCommand() {
  return withDataFlags(new Command("facts"))
    .description("Stylised facts of the bars, beside those of the synthetic market")
    .option("--markets <count>", "synthetic markets", "40")
    .addHelpText("after", EXAMPLES)
    .action(async (flags) => {
      const markets = Number(flags.markets);
      if (!Number.isInteger(markets) || markets < 2 || markets > 1000) {
        throw new UserError(
          `Cannot read --markets as it must be an integer from 2 to 1000: current value is ${flags.markets}`,
        );
      }
      const config = await dataConfig(flags);
      const panel = await barsOf(flags);
      const facts = marketFacts(panel), errors = factErrors(panel, DRAWS, rng("facts", 1));
      const made = Array.from({ length: markets }, (_, i) =>
        marketFacts(
          marketOf({
            ...config,
            market: { mode: "default", ic: 0, seed: FIRST_SEED + i, rows: panel.rows },
          }).panel,
        ));
      const rows = facts.map((fact, f) => rowOf(fact, errors[f]!, made.map((one) => one[f]!)));
      if (flags.json) return say(JSON.stringify({ source: panel.source, markets, facts: rows }));
      say(`${barsText(panel)}\n\n${tableOf(rows, panel.coins.map(({ coin }) => coin))}`);
    });
}

interface FactRow {
  readonly name: string;
  readonly bars: readonly number[];
  readonly error: readonly number[];
  readonly synthetic: readonly number[];
  readonly spread: readonly number[];
}

function rowOf({ name, values }: MarketFact, error: MarketFact, made: readonly MarketFact[]): FactRow {
  const of = (coin: number) => made.map((one) => one.values[coin]!);
  return {
    name,
    bars: values,
    error: error.values,
    synthetic: values.map((_, coin) => mean(of(coin))),
    spread: values.map((_, coin) => made.length > 1 ? standardDeviation(of(coin)) : NaN),
  };
}

/** Two or three digits that count. */
const figures = (value: number) => decimal(value, Math.abs(value) >= 10 ? 0 : Math.abs(value) >= 1 ? 1 : 2);

function tableOf(rows: readonly FactRow[], coins: readonly string[]): string {
  const cell = (value: number, error: number) =>
    Number.isNaN(value) ? "-" : `${figures(value)} ${figures(error)}`;
  const lines = rows.flatMap(({ name, bars, error, synthetic, spread }) => [
    [name, "bars, SE", ...bars.map((value, coin) => cell(value, error[coin]!))],
    ["", "made, sd", ...synthetic.map((value, coin) => cell(value, spread[coin]!))],
  ]);
  return plainTable(
    [["fact", "left"], ["", "left"], ...coins.map((name) => [name, "right"] as const)],
    lines,
  );
}
