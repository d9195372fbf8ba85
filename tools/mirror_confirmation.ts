/**
 * Does learning beat netting on markets that chose nothing? Reads the finished confirming grid.
 *
 *   deno task experiment run configs/experiments/validation/mirror_confirm.yaml
 *   deno run -P=run tools/mirror_confirmation.ts [--store data]
 *
 * Writes results/validation/mirror_confirm.json and prints the tables of docs/VALIDATION.md.
 */
import { parseArgs } from "node:util";
import { rng } from "../src/core/rng.ts";
import { STEP, TRAILING } from "../src/experiments/evidence/recovery.ts";
import { percentileInterval } from "../src/stats/bootstrap.ts";
import { mean } from "../src/stats/moments.ts";
import { holm } from "../src/stats/multiple_testing.ts";
import { signFlipTest } from "../src/stats/sign_flip.ts";
import { rollingSharpe } from "../src/stats/rolling_sharpe.ts";
import { estimate, type MirrorCell, mirrorCells, yearAfterFlip } from "./mirror_grid.ts";

/** Where the grid's numbers are kept. */
export const STORED = new URL("../results/validation/mirror_confirm.json", import.meta.url);

/** What learns, and what it has to beat: the same accounts over declared genomes, weighted without learning. */
export const LEARNING = ["mirrored", "mirroredHedge"] as const;
export const OPPONENTS = ["fieldMirroredEqual", "fieldMirroredEqualOverSd"] as const;
/** What stands beside: the same rules over declared genomes, and the other strategies of a run. */
const BESIDE = [
  "fieldMirroredSoftmax",
  "fieldMirroredHedge",
  "champion",
  "committee",
] as const;

/** Resamples of markets for the interval of the row from which the mean difference stays above 0. */
const RESAMPLES = 2_000;
/** Studies of swapped pairs. */
export const STUDIES = 200;

/** What is kept of one market. */
export interface ConfirmedMarket {
  readonly market: string;
  readonly seed: number;
  /** Annual Sharpe ratio over all reported rows of every strategy. */
  readonly whole: Readonly<Record<string, number>>;
  /** The same in the year from the flip row on. */
  readonly year: Readonly<Record<string, number>>;
  /** Trailing annual Sharpe ratio of 360 rows by strategy, every 36 rows, first over the first 360 reported ones. */
  readonly trailing: Readonly<Record<string, readonly number[]>>;
}

/** Trailing Sharpe ratios every 36 rows, to a thousandth. */
export function trailingSharpe(returns: Float64Array): number[] {
  const rolling = rollingSharpe(returns, TRAILING);
  return Array.from(
    { length: Math.floor((returns.length - TRAILING) / STEP) + 1 },
    (_, i) => Math.round(rolling[TRAILING - 1 + i * STEP]! * 1e3) / 1e3,
  );
}

/** Rows from the first reported one until a path stays above 0 for good; past its last row where it ends below. */
export function rowsUntilAbove(path: ArrayLike<number>): number {
  let i = path.length;
  while (i > 0 && path[i - 1]! > 0) i--;
  return TRAILING + i * STEP;
}

/** Point by point mean of paths of one length. */
function meanPath(paths: readonly (readonly number[])[]): Float64Array {
  return Float64Array.from(paths[0]!, (_, i) => mean(paths.map((path) => path[i]!)));
}

/** The better of the two opponents: the higher mean Sharpe ratio over these markets, which favours it. */
export function betterOpponent(markets: readonly ConfirmedMarket[]): string {
  const level = (name: string) => mean(markets.map(({ whole }) => whole[name]!));
  return level(OPPONENTS[1]) > level(OPPONENTS[0]) ? OPPONENTS[1] : OPPONENTS[0];
}

/** A row of the table: a strategy minus the better opponent of its world. */
export function confirmedRow(world: string, name: string, markets: readonly ConfirmedMarket[]): string {
  const opponent = betterOpponent(markets);
  const minus = (part: "whole" | "year") => markets.map((one) => one[part][name]! - one[part][opponent]!);
  const paths = markets.map(({ trailing }) =>
    trailing[name]!.map((value, i) => value - trailing[opponent]![i]!)
  );
  const { uniform } = rng("rows until a difference stays above 0", world, name);
  const draws = Array.from(
    { length: RESAMPLES },
    () => rowsUntilAbove(meanPath(paths.map(() => paths[Math.floor(uniform() * paths.length)]!))),
  );
  const { lower, upper } = percentileInterval(draws, 0.95);
  const rows = (value: number) => value > last ? "never" : String(Math.round(value));
  const last = TRAILING + (paths[0]!.length - 1) * STEP;
  const wins = minus("whole").filter((value) => value > 0).length;
  return `| ${world} | ${name} | ${estimate(minus("whole"))} | ${wins}/${markets.length} | ${
    estimate(minus("year"))
  } | ${rows(rowsUntilAbove(meanPath(paths)))} (${rows(lower)} to ${rows(upper)}) |`;
}

/** The family that is judged together: where learning is held to its opponent. */
const FAMILY = [["planted", "whole"], ["flip", "whole"], ["flip", "year"], ["drift", "whole"]] as const;
const LEVEL = 0.05;

/**
 * Of so many studies in which a fair coin swaps each market's pair (a strategy and the better opponent of its world),
 * so that the null holds exactly: how many reject anything, by sign flips at 5 % after Holm.
 */
export function falseStudies(name: string, markets: readonly ConfirmedMarket[], studies: number): number {
  const worlds = Map.groupBy(markets, ({ market }) => market);
  const pairs = [...worlds].flatMap(([world, own]) => {
    const opponent = betterOpponent(own);
    return own.map(({ whole, year }) => ({
      world,
      whole: whole[name]! - whole[opponent]!,
      year: year[name]! - year[opponent]!,
    }));
  });
  const { uniform } = rng("studies of swapped pairs", name);
  let rejecting = 0;
  for (let study = 0; study < studies; study++) {
    const swapped = pairs.map((pair) => ({ ...pair, sign: uniform() < 0.5 ? -1 : 1 }));
    const p = FAMILY.map(([world, part]) =>
      signFlipTest(swapped.filter((one) => one.world === world).map((one) => one.sign * one[part]))
    );
    if (holm(p).some((value) => value <= LEVEL)) rejecting++;
  }
  return rejecting;
}

async function readConfirmed(store: string): Promise<ConfirmedMarket[]> {
  const wanted: readonly string[] = [...LEARNING, ...OPPONENTS, ...BESIDE];
  const found = new Map<string, ConfirmedMarket>();
  for await (const cell of mirrorCells("mirror_confirm", store, (name) => wanted.includes(name))) {
    const key = `${cell.market} ${cell.seed}`, one = confirmedMarket(cell), before = found.get(key);
    found.set(
      key,
      before
        ? {
          ...one,
          whole: { ...before.whole, ...one.whole },
          year: { ...before.year, ...one.year },
          trailing: { ...before.trailing, ...one.trailing },
        }
        : one,
    );
  }
  return [...found.values()];
}

function confirmedMarket(cell: MirrorCell): ConfirmedMarket {
  const each = <Value>(of: (returns: Float64Array) => Value) =>
    Object.fromEntries(Object.entries(cell.returns).map(([name, returns]) => [name, of(returns)]));
  return {
    market: cell.market,
    seed: cell.seed,
    whole: cell.whole,
    year: each((returns) => yearAfterFlip(cell, returns)),
    trailing: each(trailingSharpe),
  };
}

if (import.meta.main) {
  const { values: { store } } = parseArgs({ options: { store: { type: "string", default: "data" } } });
  const markets = await readConfirmed(store);
  await Deno.writeTextFile(STORED, `[\n${markets.map((one) => JSON.stringify(one)).join(",\n")}\n]\n`);
  for (const world of new Set(markets.map(({ market }) => market))) {
    const these = markets.filter(({ market }) => market === world);
    const levels = [...OPPONENTS, ...LEARNING].map((name) =>
      `${name} ${mean(these.map(({ whole }) => whole[name]!)).toFixed(2)}`
    );
    console.log(`${world}, ${these.length} markets: ${levels.join(", ")}`);
    for (const name of [...LEARNING, ...BESIDE].filter((name) => name in these[0]!.whole)) {
      console.log(confirmedRow(world, name, these));
    }
  }
  for (const name of LEARNING) {
    console.log(
      `${name}: ${falseStudies(name, markets, STUDIES)} of ${STUDIES} swapped studies reject anything`,
    );
  }
}
