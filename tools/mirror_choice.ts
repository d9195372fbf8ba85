/**
 * What the choosing grid of the mirrored committee found: each weight rule minus equal weights, all markets.
 *
 *   deno task experiment run configs/experiments/validation/mirror_choose.yaml
 *   deno run -P=run tools/mirror_choice.ts [--store data]
 *
 * Writes results/validation/mirror_choose.json and prints the table of docs/VALIDATION.md.
 */
import { parseArgs } from "node:util";
import { estimate, mirrorCells, yearAfterFlip } from "./mirror_grid.ts";

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

/** Reads the finished grid of a store. */
async function readChoice(store: string): Promise<ChoiceMarket[]> {
  const found = new Map<
    string,
    ChoiceMarket & { whole: Record<string, number>; year: Record<string, number> }
  >();
  for await (const cell of mirrorCells("mirror_choose", store, (name) => name.startsWith(PREFIX))) {
    const { arm, market, seed } = cell, key = `${market} ${seed}`;
    const one = found.get(key) ?? { market, seed, whole: {}, year: {} };
    found.set(key, one);
    for (const [name, returns] of Object.entries(cell.returns)) {
      const rule = `${arm} ${name.slice(PREFIX.length)}`;
      one.whole[rule] = cell.whole[name]!;
      one.year[rule] = yearAfterFlip(cell, returns);
    }
  }
  return [...found.values()];
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
