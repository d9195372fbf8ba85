/**
 * The tables of docs/VALIDATION.md on what learning finds, from the stored outcomes of `popagent validate`.
 *
 *   deno run -P=run tools/validation_tables.ts
 */
import type { StrategyName } from "../src/experiments/strategies.ts";
import {
  compareStrategies,
  type MarketOutcome,
  nullChecks,
  plantedChecks,
  testNull,
  type ThresholdCheck,
} from "../src/experiments/validation.ts";
import { COMPARED, TESTED } from "../src/report/text/validation_text.ts";

/** What a file of outcomes holds. */
export interface StoredOutcomes {
  readonly world: "planted" | "null";
  readonly rows: number;
  readonly outcomes: readonly MarketOutcome[];
}

/** One stored file by its name. */
export async function storedOutcomes(name: string): Promise<StoredOutcomes> {
  return JSON.parse(
    await Deno.readTextFile(new URL(`../results/validation/${name}.json`, import.meta.url)),
  ) as StoredOutcomes;
}

/** Thresholds of a file, judged by today's rules. */
export function checksOf({ world, rows, outcomes }: StoredOutcomes): ThresholdCheck[] {
  return world === "planted" ? plantedChecks(outcomes, rows) : nullChecks(outcomes);
}

/** Rows of the table of a file: differences of net Sharpe ratios, or gross ratios and rejections. */
export function tableRows({ world, outcomes }: StoredOutcomes): string[] {
  const has = (name: StrategyName) => outcomes[0]!.strategies[name] !== undefined;
  if (world === "planted") {
    return COMPARED.filter((pair) => pair.every(has)).map(([a, b]) => {
      const { difference, error, wins, markets } = compareStrategies(outcomes, a, b);
      return `| ${a} - ${b} | ${difference.toFixed(2)} | ${error.toFixed(2)} | ${wins}/${markets} |`;
    });
  }
  return TESTED.filter(has).map((name) => {
    const { rejections, markets, meanGrossSharpe, error, meanNetSharpe } = testNull(outcomes, name);
    return `| ${name} | ${rejections}/${markets} | ${meanGrossSharpe.toFixed(2)} (${error.toFixed(2)}) | ${
      meanNetSharpe.toFixed(2)
    } |`;
  });
}

/** Files, in the order of the document. */
export const STORED_OUTCOMES = ["planted_long", "planted", "null", "null_second"] as const;

if (import.meta.main) {
  for (const name of STORED_OUTCOMES) {
    const stored = await storedOutcomes(name);
    console.log(`\n${name}\n${tableRows(stored).join("\n")}`);
    for (const { rule, measured, holds } of checksOf(stored)) {
      console.log(`${holds ? "holds" : "FAILS"}: ${rule}: ${measured}`);
    }
  }
}
