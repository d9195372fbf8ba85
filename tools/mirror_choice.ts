/**
 * What the choosing grid of the mirrored committee found: each weight rule minus equal weights, all markets.
 *
 *   deno task experiment run configs/experiments/validation/mirror_choose.yaml
 *   deno run -P=run tools/mirror_choice.ts [--store data]
 *
 * Writes results/validation/mirror_choose.json and prints the table of docs/VALIDATION.md.
 */
import { parseArgs } from "node:util";
import { gridCells } from "../src/adapters/ledger/grid_frame.ts";
import { resultFiles } from "../src/adapters/ledger/result_files.ts";
import { storePlaces } from "../src/adapters/ledger/store_folder.ts";
import { readParquetSeries } from "../src/adapters/runs/parquet_series.ts";
import { FLIP_ROW } from "../src/market/synthetic/worlds.ts";
import { BARS_PER_YEAR } from "../src/core/universe.ts";
import { mean } from "../src/stats/moments.ts";
import { annualSharpe } from "../src/stats/sharpe.ts";

/** Where the grid's numbers are kept. */
export const STORED = new URL("../results/validation/mirror_choose.json", import.meta.url);

/** The rule that all others are held against: the better of the two opponents on these markets. */
const OPPONENT = "full Equal";
const PREFIX = "fieldMirrored";

/** Annual Sharpe ratios of one market by "arm Rule": over all reported rows, and in the year from FLIP_ROW on. */
export interface ChoiceMarket {
  readonly market: string;
  readonly seed: number;
  readonly whole: Readonly<Record<string, number>>;
  readonly year: Readonly<Record<string, number>>;
}

/** Reads the finished grid of a store; `year` needs the stored series. */
async function readChoice(store: string): Promise<ChoiceMarket[]> {
  const results = resultFiles(storePlaces(store).results);
  const found = new Map<
    string,
    ChoiceMarket & { whole: Record<string, number>; year: Record<string, number> }
  >();
  for (const { arm, market, marketSeed, series, outcome } of gridCells("mirror_choose", { store })) {
    const key = `${market} ${marketSeed}`;
    const one = found.get(key) ?? { market, seed: marketSeed!, whole: {}, year: {} };
    found.set(key, one);
    const { equity } = await readParquetSeries(results.path(series!, "parquet"));
    const at = FLIP_ROW - outcome.reported.from;
    for (const { name, metrics } of outcome.strategies.filter(({ name }) => name.startsWith(PREFIX))) {
      const rule = `${arm} ${name.slice(PREFIX.length)}`, values = equity[name as keyof typeof equity]!;
      const returns = Float64Array.from(
        { length: BARS_PER_YEAR },
        (_, t) => values[at + t]! / values[at + t - 1]! - 1,
      );
      one.whole[rule] = metrics.sharpe;
      one.year[rule] = annualSharpe(returns);
    }
  }
  return [...found.values()];
}

/** Mean and standard error, "+0.08 (0.02)". */
function estimate(values: readonly number[]): string {
  const m = mean(values), n = values.length;
  const error = Math.sqrt(values.reduce((sum, x) => sum + (x - m) ** 2, 0) / (n - 1) / n);
  return `${m < 0 ? "-" : "+"}${Math.abs(m).toFixed(2)} (${error.toFixed(2)})`;
}

/** Rows of the table: each rule minus the opponent, by world. */
export function choiceRows(markets: readonly ChoiceMarket[]): string[] {
  const of = (world: string) => markets.filter(({ market }) => market === world);
  const minus = (world: string, part: "whole" | "year", rule: string) =>
    estimate(of(world).map((one) => one[part][rule]! - one[part][OPPONENT]!));
  return Object.keys(markets[0]!.whole).filter((rule) => rule !== OPPONENT).map((rule) =>
    `| ${rule} | ${minus("planted", "whole", rule)} | ${minus("flip", "whole", rule)} | ${
      minus("flip", "year", rule)
    } |`
  );
}

if (import.meta.main) {
  const { values: { store } } = parseArgs({ options: { store: { type: "string", default: "data" } } });
  const markets = await readChoice(store);
  await Deno.writeTextFile(STORED, JSON.stringify(markets) + "\n");
  console.log(choiceRows(markets).join("\n"));
}
