/** Two arms of a grid, paired: cells of one market and seed share their random numbers. */
import { UserError } from "../../core/user_error.ts";
import { type ChangeCounts, sumChanges, totalChanges } from "../../events/change_counts.ts";
import { mean } from "../../stats/moments.ts";
import { type PairedTest, pairedTest } from "../../stats/paired.ts";
import { settingDifferences } from "../compare_runs.ts";
import { copiedMarkets } from "../evidence/contrast_values.ts";
import type { RunResult } from "../result.ts";
import type { CellPlace } from "./grid.ts";

/** A cell and what it left. */
export interface ComparedCell extends Pick<CellPlace, "arm" | "market" | "marketSeed" | "seed"> {
  readonly outcome: Pick<RunResult, "config" | "rowsHash" | "strategies" | "populationMean" | "changes">;
}

/** One measure of two arms on the markets of one name. */
export interface ArmDifference {
  readonly market: string;
  /** `populationMean`, or the name of a strategy, whose annual net Sharpe ratio it is. */
  readonly measure: string;
  readonly arm: number;
  readonly against: number;
  /** Over market seeds; over seeds where there is one market. Null where there are not two pairs, or news was not point-in-time. */
  readonly test: PairedTest | null;
}

/** How often genomes changed in the cells of an arm, all together. */
export interface ArmChanges extends ChangeCounts {
  readonly arm: string;
  readonly cells: number;
}

/** Two arms compared. */
export interface ArmComparison {
  readonly changes: readonly [ArmChanges, ArmChanges];
  readonly differences: readonly ArmDifference[];
}

/** Settings by which agents mutate: when they do, which shows in the counts, and how far, which does not. */
const WHEN = ["mutation", "mutateWorst", "diversityTrigger"], HOW_FAR = ["mutationRate", "mutationSd"];

/** Cells without a population change nothing. */
const NO_CHANGES = sumChanges([]);

/** The changes of an arm's cells. */
export function armChanges(cells: readonly ComparedCell[], arm: string): ArmChanges {
  const own = cellsOf(cells, arm);
  return { arm, cells: own.length, ...sumChanges(own.map(countsOf)) };
}

/**
 * Compares two arms pair by pair.
 *
 * @throws {UserError} If they differ in a setting of mutation and mutation never differed: what is compared then is not
 *   what the arms are called. If both are one arm, or two market seeds have the same bars and would count as two markets.
 */
export function compareArms(cells: readonly ComparedCell[], arm: string, against: string): ArmComparison {
  if (arm === against) {
    const others = armsOf(cells).filter((one) => one !== arm);
    throw new UserError(
      `Cannot compare ${arm} with ${against} as two arms must be named: with --arm or --against name one of ${
        others.join(", ")
      }`,
    );
  }
  const pairs = pairsOf(cells, arm, against);
  requireOwnBars(pairs);
  requireMutationDiffers(pairs, arm, against);
  const markets = [...new Set(pairs.map(([one]) => one.market))];
  return {
    changes: [armChanges(cells, arm), armChanges(cells, against)],
    differences: markets.flatMap((market) =>
      differencesOn(market, pairs.filter(([one]) => one.market === market))
    ),
  };
}

type Pair = readonly [ComparedCell, ComparedCell];

function cellsOf(cells: readonly ComparedCell[], arm: string): readonly ComparedCell[] {
  const own = cells.filter((cell) => cell.arm === arm);
  if (own.length > 0) return own;
  throw new UserError(
    `Cannot compare arms as each must be one of the grid, ${
      armsOf(cells).join(", ")
    }: current value is ${arm}`,
  );
}

function armsOf(cells: readonly ComparedCell[]): string[] {
  return [...new Set(cells.flatMap((cell) => cell.arm ?? []))];
}

function requireOwnBars(pairs: readonly Pair[]): void {
  const copied = copiedMarkets(
    pairs.map(([{ market, marketSeed, outcome: { rowsHash } }]) => ({ market, marketSeed, rowsHash })),
  );
  if (copied.length === 0) return;
  throw new UserError(
    `Cannot compare arms as each market seed must have bars of its own, or one market counts as several: ${
      copied.join("; ")
    } have those of a lower seed. Leave marketSeeds out where bars are not synthetic, and run the grid again`,
  );
}

function pairsOf(cells: readonly ComparedCell[], arm: string, against: string): Pair[] {
  const place = ({ market, marketSeed, seed }: ComparedCell) => JSON.stringify([market, marketSeed, seed]);
  const others = new Map(cellsOf(cells, against).map((cell) => [place(cell), cell]));
  return cellsOf(cells, arm).flatMap((cell) => {
    const other = others.get(place(cell));
    return other ? [[cell, other] as const] : [];
  });
}

function countsOf({ outcome: { changes } }: ComparedCell): ChangeCounts {
  return changes === null ? NO_CHANGES : totalChanges(changes);
}

function requireMutationDiffers(pairs: readonly Pair[], arm: string, against: string): void {
  const set = new Set(
    pairs.flatMap(([a, b]) =>
      settingDifferences(a.outcome.config.population, b.outcome.config.population).map(({ path }) => path)
    ),
  );
  const claimed = [...WHEN, ...HOW_FAR].filter((name) => set.has(name));
  if (claimed.length === 0) return;
  const counts = pairs.map((pair) => pair.map((cell) => countsOf(cell).mutations));
  if (counts.some(([a, b]) => JSON.stringify(a) !== JSON.stringify(b))) return;
  const { kept, tried, untested } = armChanges(pairs.map(([one]) => one), arm).mutations;
  if (HOW_FAR.some((name) => set.has(name)) && tried + untested > 0) return; // as many mutants, but others
  throw new UserError(
    `Cannot compare ${arm} with ${against} as their cells must differ in what they are said to differ in: ` +
      `population.${claimed.join(", population.")} differ, and mutation never did (${
        kept + untested
      } mutants in ` +
      `each, ${pairs.length} pairs). Take settings under which it fires, or compare what else they differ in`,
  );
}

function differencesOn(market: string, pairs: readonly Pair[]): ArmDifference[] {
  const names = pairs[0]![0].outcome.strategies.map(({ name }) => name);
  const measures: (readonly [string, (cell: ComparedCell) => number | null])[] = [
    ["populationMean", ({ outcome }) => outcome.populationMean],
    ...names.map((name) => [name, (cell: ComparedCell) => sharpeOf(cell, name)] as const),
  ];
  const seeds = new Set(pairs.map(([one]) => one.marketSeed));
  // seeds on one market are no markets: they are averaged where there are several
  const unit = ([{ marketSeed, seed }]: Pair) => seeds.size > 1 ? marketSeed : seed;
  const units = [...new Set(pairs.map(unit))];
  return measures.flatMap(([measure, of]) => {
    if (pairs.some((pair) => pair.some((cell) => of(cell) === null))) return [];
    const means = units.map((one) => {
      const own = pairs.filter((pair) => unit(pair) === one);
      return [0, 1].map((side) => mean(own.map((pair) => of(pair[side as 0 | 1])!))) as [number, number];
    });
    const differences = means.map(([a, b]) => a - b);
    return [{
      market,
      measure,
      arm: mean(means.map(([a]) => a)),
      against: mean(means.map(([, b]) => b)),
      test: differences.length > 1 && !pairs.some((pair) => pair.some(isUntimed))
        ? pairedTest(differences)
        : null,
    }];
  });
}

/** True for a cell that read news by its date of publication: it is exploration, and no test is made of it. */
function isUntimed({ outcome }: ComparedCell): boolean {
  const news = outcome.config.news as { readonly source?: string; readonly time?: string } | undefined;
  return news !== undefined && news.source !== "off" && news.time === "published";
}

function sharpeOf({ outcome }: ComparedCell, name: string): number | null {
  return outcome.strategies.find((one) => one.name === name)?.metrics.sharpe ?? null;
}
