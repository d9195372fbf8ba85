/** The value of each contrast on each market. */
import { UserError } from "../../core/user_error.ts";
import { mean } from "../../stats/moments.ts";
import type { EvidenceCell } from "./evidence_cell.ts";
import { type Contrast, termOf } from "./evidence_plan.ts";

/** A contrast on the markets of one name. */
export interface ContrastValues {
  /** Seeds of the markets; those of the runs where there is one market. */
  readonly units: readonly number[];
  /** Mean over plus less mean over minus; shape [units]. */
  readonly differences: Float64Array;
  /** Means of the two sides over all units. */
  readonly plus: number;
  /** Of the minus side. */
  readonly minus: number;
}

type Cell = Pick<EvidenceCell, "label" | "arm" | "market" | "marketSeed" | "seed" | "measures">;

/**
 * What is drawn independently in cells on the markets of one name: markets where there are several, else the seeds of
 * the runs.
 */
export function unitsOf<One extends Pick<Cell, "arm" | "marketSeed" | "seed">>(own: readonly One[]) {
  const several = new Set(own.map(({ marketSeed }) => marketSeed)).size > 1;
  const unitOf = ({ marketSeed, seed }: Pick<Cell, "marketSeed" | "seed">) => several ? marketSeed : seed;
  const units = [...new Set(own.flatMap((cell) => unitOf(cell) ?? []))].sort((a, b) => a - b);
  return { units, unitOf, several };
}

/**
 * A contrast, market by market. Runs of several seeds on one market are no markets: they are averaged where there are
 * several markets.
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
    units,
    differences: Float64Array.from(a, (x, i) => x - b[i]!),
    plus: mean(a),
    minus: mean(b),
  };
}
