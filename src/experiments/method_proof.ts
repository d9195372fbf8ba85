/** The study of methods: skill in the mean on planted and on null markets, widths, and what calibrations cover. */
import * as z from "zod";
import { studentCdf } from "../stats/student.ts";
import { coverageCellSchema, type SkillCell, skillCellSchema } from "./method_market.ts";
import type { ThresholdCheck } from "./validation.ts";

const skillMarketSchema = z.strictObject({ market: z.string(), cells: z.array(skillCellSchema) });
/** Methods on one market. */
export type SkillMarket = Readonly<z.output<typeof skillMarketSchema>>;
const coverageMarketSchema = z.strictObject({ market: z.string(), cells: z.array(coverageCellSchema) });
/** Calibrations on one market. */
export type CoverageMarket = Readonly<z.output<typeof coverageMarketSchema>>;

/** What is stored of a study. */
export const methodProofSchema = z.strictObject({
  settings: z.strictObject({ rows: z.int(), from: z.int(), ic: z.number() }),
  planted: z.array(skillMarketSchema),
  null: z.array(skillMarketSchema),
  real: z.array(skillMarketSchema).describe("Development rows of real bars; empty where there are none"),
  coverage: z.array(coverageMarketSchema).describe("Real rows where there are any, else a default market"),
});
/** Everything that a study measured. */
export type MethodProof = Readonly<z.output<typeof methodProofSchema>>;

/** Size of the one-sided tests. */
const SIZE = .01;
/** Methods that must show skill, and rejections that are allowed of 40 null markets. */
const SKILLED = 4, REJECTED = { most: 2, of: 40 };
/** Distance from 90 % that coverage may have: one bar ahead, and further. */
const COVERED = { near: .02, far: .04 };

/** One-sided p-value that a method's mean is worth nothing, rows of these cells together. */
export function skillOf(cells: readonly SkillCell[]): { readonly t: number; readonly p: number } {
  const rows = add(cells, "rows"), t = statistic(rows, add(cells, "sum"), add(cells, "squares"));
  return t === null ? { t: 0, p: 1 } : { t, p: 1 - studentCdf(t, rows - 1) };
}

/** Mean over its standard error; null where all values are one and the same, as a mean of zero throughout. */
function statistic(rows: number, sum: number, squares: number): number | null {
  const mean = sum / rows, variance = squares / rows - mean * mean;
  return variance > 0 ? mean / Math.sqrt(variance / (rows - 1)) : null;
}

function add(cells: readonly SkillCell[], key: Exclude<keyof SkillCell, "method">): number {
  return cells.reduce((sum, cell) => sum + cell[key], 0);
}

/** A method over markets. */
export interface MethodSkill {
  readonly method: string;
  /** Pooled over markets. */
  readonly t: number;
  readonly p: number;
  /** Markets on which it rejects at 1 %. */
  readonly rejected: number;
  /** Share of the shared width's score that the method's own width saves, means left out. */
  readonly scale: number;
  /** The same over its standard error, coins of a row as one. */
  readonly scaleT: number;
}

/** Every method over the given markets. */
export function methodSkills(markets: readonly SkillMarket[]): MethodSkill[] {
  return (markets[0]?.cells ?? []).map(({ method }) => {
    const cells = markets.map(({ cells }) => cells.find((cell) => cell.method === method)!);
    return {
      method,
      ...skillOf(cells),
      rejected: cells.filter((cell) => skillOf([cell]).p < SIZE).length,
      scale: 1 - add(cells, "scale") / add(cells, "shared"),
      scaleT: statistic(add(cells, "rows"), add(cells, "saved"), add(cells, "savedSquares")) ?? 0,
    };
  });
}

/** Rejections of n null markets that a test of 1 % exceeds as seldom as 2 of 40. */
function allowed(markets: number): number {
  return Math.max(1, Math.ceil(REJECTED.most * markets / REJECTED.of));
}

/** The thresholds, each with what was measured. */
export function methodChecks({ planted, null: nothing, coverage }: MethodProof): ThresholdCheck[] {
  const skilled = methodSkills(planted).filter(({ p }) => p < SIZE),
    worst = [...methodSkills(nothing)]
      .sort((a, b) => b.rejected - a.rejected)[0];
  return [
    ...(planted.length > 0
      ? [{
        rule: `planted markets: at least ${SKILLED} methods show skill in the mean at 1 %`,
        measured: `${skilled.length} of ${planted[0]!.cells.length}`,
        holds: skilled.length >= SKILLED,
      }]
      : []),
    ...(worst
      ? [{
        rule: `null markets: each method rejects at most ${
          allowed(nothing.length)
        } of ${nothing.length} at 1 %`,
        measured: `${worst.rejected} (${worst.method})`,
        holds: worst.rejected <= allowed(nothing.length),
      }]
      : []),
    ...coverage.flatMap(({ cells }) => [
      coverageCheck(cells.filter(({ horizon }) => horizon === 1), COVERED.near, "one bar ahead"),
      coverageCheck(cells.filter(({ horizon }) => horizon > 1), COVERED.far, "further ahead"),
    ]),
  ];
}

function coverageCheck(cells: CoverageMarket["cells"], most: number, what: string): ThresholdCheck {
  const conformal = cells.filter(({ calibration }) => /conformal/i.test(calibration));
  const away = (cell: CoverageMarket["cells"][number]) => Math.abs(cell.covered / cell.count - .9);
  const worst = [...conformal].sort((a, b) => away(b) - away(a))[0]!;
  return {
    rule: `conformal 90 % intervals, ${what}: within ${100 * most} points on every coin of the last year`,
    measured: `${
      (100 * worst.covered / worst.count).toFixed(1)
    } % (${worst.calibration}, ${worst.coin}, ${worst.horizon} bars)`,
    holds: away(worst) <= most,
  };
}
