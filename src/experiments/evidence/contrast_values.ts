/** The value of each contrast on each market. */
import { UserError } from "../../core/user_error.ts";
import { mean } from "../../stats/moments.ts";
import type { EvidenceCell } from "./evidence_cell.ts";
import { type Contrast, termOf } from "./evidence_plan.ts";

/** A contrast on the markets of one name. */
export interface ContrastValues {
  /** What differences are told apart by: several markets; on one alone its weeks, or the seeds of runs where no weeks are known. */
  readonly over: "markets" | "weeks" | "seeds";
  /** Seeds of the markets or of the runs, numbers of the weeks. */
  readonly units: readonly number[];
  /** Mean over plus less mean over minus; shape [units]. */
  readonly differences: Float64Array;
  /** Means of the two sides over all units. */
  readonly plus: number;
  /** Of the minus side. */
  readonly minus: number;
}

type Cell = Pick<
  EvidenceCell,
  "label" | "arm" | "market" | "marketSeed" | "seed" | "rowsHash" | "measures" | "weeks"
>;

type Place = Pick<Cell, "marketSeed" | "seed" | "rowsHash">;

/**
 * What is drawn independently in cells on the markets of one name: markets where there are several, else the seeds of
 * the runs. Market seeds whose bars are the same are one market, called by the lowest of them.
 */
export function unitsOf<One extends Place>(own: readonly One[]) {
  const lowest = new Map<string, number>();
  for (const { marketSeed, rowsHash } of own) {
    if (marketSeed !== null) lowest.set(rowsHash, Math.min(marketSeed, lowest.get(rowsHash) ?? Infinity));
  }
  const marketOf = ({ marketSeed, rowsHash }: Place) => marketSeed === null ? null : lowest.get(rowsHash)!;
  const several = new Set(own.map(marketOf)).size > 1;
  const unitOf = (cell: Place) => several ? marketOf(cell) : cell.seed;
  const units = [...new Set(own.flatMap((cell) => unitOf(cell) ?? []))].sort((a, b) => a - b);
  return { units, unitOf, several };
}

/** Market seeds of one name that have the bars of a lower one: "weak 2, 3". */
export function copiedMarkets(cells: readonly Pick<Cell, "market" | "marketSeed" | "rowsHash">[]): string[] {
  return [...Map.groupBy(cells, ({ market }) => market)].flatMap(([market, own]) => {
    const bySeed = new Map(own.map(({ marketSeed, rowsHash }) => [marketSeed, rowsHash]));
    const seeds = [...bySeed].sort(([a], [b]) => Number(a) - Number(b));
    const copies = seeds.filter(([, hash], i) => seeds.findIndex(([, first]) => first === hash) < i)
      .map(([seed]) => seed);
    return copies.length === 0 ? [] : [`${market} ${copies.join(", ")}`];
  });
}

/**
 * A contrast, market by market. Runs of several seeds on one market are no markets: they are averaged. Where there is one
 * market alone, the outcome is told week by week (weekly_outcome.ts), other measures seed by seed, whose spread says how
 * much the draws of a run matter and nothing of other bars.
 *
 * @throws {UserError} If a cell that it needs is missing; all missing ones are counted, some named.
 */
export function contrastValues(
  cells: readonly Cell[],
  { plus, minus }: Pick<Contrast, "plus" | "minus">,
  market: string,
  outcome: string,
): ContrastValues {
  const own = cells.filter((cell) => cell.market === market);
  const { units, unitOf, several } = unitsOf(own);
  const weekly = several ? null : weeklyValues(own, [plus, minus], outcome);
  if (weekly !== null) return weekly;
  const value = (text: string, unit: number): number => {
    const { arm, measure } = termOf(text, outcome);
    const found = own.filter((cell) => cell.arm === arm && measure in cell.measures)
      // what does not depend on the run's seed stands for all of them
      .filter((cell) => unitOf(cell) === unit || (cell.seed === null && !several));
    if (found.length > 0) return mean(found.map(({ measures }) => measures[measure]!));
    throw new UserError(
      `Cannot find ${measure} of ${
        arm ?? "what runs beside the arms"
      } on ${market} ${unit} as a cell must hold it: ` +
        `there are ${
          [...new Set(own.filter((cell) => cell.arm === arm).flatMap((cell) => Object.keys(cell.measures)))]
            .join(", ") || "no such cells"
        }`,
    );
  };
  const side = (terms: readonly string[]) =>
    units.map((unit) => mean(terms.map((text) => value(text, unit))));
  const a = side(plus), b = side(minus);
  return {
    over: several ? "markets" : "seeds",
    units,
    differences: Float64Array.from(a, (x, i) => x - b[i]!),
    plus: mean(a),
    minus: mean(b),
  };
}

/** The outcome of both sides by week, mean over terms and seeds; null where a cell has no weeks or a term is no outcome. */
function weeklyValues(
  own: readonly Cell[],
  sides: readonly [readonly string[], readonly string[]],
  outcome: string,
): ContrastValues | null {
  if (outcome !== "populationMean") return null;
  const paths = sides.map((terms) =>
    terms.map((text) => {
      const { arm, measure } = termOf(text, outcome);
      return measure === outcome
        ? own.filter((cell) => cell.arm === arm).map(({ weeks }) => weeks ?? [])
        : [];
    })
  );
  const weeks = paths[0]?.[0]?.[0]?.length ?? 0;
  if (weeks < 2 || paths.flat().some((cells) => cells.length === 0)) return null;
  if (paths.flat(2).some((path) => path.length !== weeks)) return null;
  const [plus, minus] = paths.map((terms) =>
    Array.from(
      { length: weeks },
      (_, week) => mean(terms.map((cells) => mean(cells.map((path) => path[week]!)))),
    )
  ) as [number[], number[]];
  return {
    over: "weeks",
    units: plus.map((_, week) => week + 1),
    differences: Float64Array.from(plus, (x, i) => x - minus[i]!),
    plus: mean(plus),
    minus: mean(minus),
  };
}
