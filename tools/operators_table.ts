/**
 * What each way of learning changes against none: reads the finished grid of operators.
 *
 *   deno task experiment run configs/experiments/validation/operators.yaml
 *   deno run -P=run tools/operators_table.ts [--store data]
 *
 * Writes results/validation/operators.json and prints the table of docs/VALIDATION.md.
 */
import { parseArgs } from "node:util";
import { gridCells } from "../src/adapters/ledger/grid_frame.ts";
import { FULL } from "../src/experiments/grid/grid.ts";
import { estimate } from "./mirror_grid.ts";

/** Where the grid's numbers are kept. */
export const STORED = new URL("../results/validation/operators.json", import.meta.url);

/** What is compared: annual net Sharpe ratios. */
export const MEASURES = ["populationMean", "champion", "committee"] as const;

/** One market: each arm's measures. */
export interface OperatorMarket {
  readonly seed: number;
  readonly arms: Readonly<Record<string, Readonly<Record<typeof MEASURES[number], number>>>>;
}

/** A row of the table: an arm minus the population that learns nothing, and where its population mean is above. */
export function operatorRow(arm: string, markets: readonly OperatorMarket[]): string {
  const differences = MEASURES.map((measure) =>
    markets.map(({ arms }) => arms[arm]![measure] - arms[FULL]![measure])
  );
  const wins = differences[0]!.filter((value) => value > 0).length;
  return `| ${arm} | ${differences.map(estimate).join(" | ")} | ${wins}/${markets.length} |`;
}

function readOperators(store: string): OperatorMarket[] {
  const found = new Map<number, Record<string, OperatorMarket["arms"][string]>>();
  for (const { arm, marketSeed, outcome } of gridCells("operators", { store })) {
    const sharpe = (name: string) => outcome.strategies.find((one) => one.name === name)!.metrics.sharpe;
    const arms = found.get(marketSeed!) ?? {};
    arms[arm!] = {
      populationMean: outcome.populationMean!,
      champion: sharpe("champion"),
      committee: sharpe("committee"),
    };
    found.set(marketSeed!, arms);
  }
  return [...found].map(([seed, arms]) => ({ seed, arms })).sort((a, b) => a.seed - b.seed);
}

if (import.meta.main) {
  const { values: { store } } = parseArgs({ options: { store: { type: "string", default: "data" } } });
  const markets = readOperators(store);
  await Deno.writeTextFile(STORED, `[\n${markets.map((one) => JSON.stringify(one)).join(",\n")}\n]\n`);
  for (const arm of Object.keys(markets[0]!.arms)) {
    if (arm !== FULL) console.log(operatorRow(arm, markets));
  }
}
