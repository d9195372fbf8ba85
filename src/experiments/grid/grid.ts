/**
 * A grid as data: arms on markets under seeds. Cells of one market and seed share their random numbers: only what an
 * arm changes is different.
 */
import { UserError } from "../../core/user_error.ts";
import type { PopulationRunConfig } from "../config.ts";
import { type JobName, JOBS } from "../jobs/registry.ts";
import type { EvidencePlan } from "../evidence/evidence_plan.ts";
import type { CellPart } from "../ports/cells.ts";

/** The arm that all others depart from. */
export const FULL = "full";

/** One arm on one market: its configuration, but for the seeds. */
export interface GridArm {
  readonly name: string;
  readonly config: PopulationRunConfig;
}

/** A market, or several that differ in their seed alone. */
export interface GridMarket {
  readonly name: string;
  /** Seeds of the synthetic markets; null for bars that have none, or for the one market of the configuration. */
  readonly marketSeeds: readonly number[] | null;
  /** Seeds of the runs on each market; "market" runs each market once, under the market's own seed. */
  readonly seeds: readonly number[] | "market";
  /** All arms, `full` first. */
  readonly arms: readonly GridArm[];
}

/** A grid, as a file defines it. */
export interface Grid {
  readonly name: string;
  readonly question: string;
  readonly markets: readonly GridMarket[];
  /** Jobs that need no arm: run once a market and seed under the settings of `full`, or with its population. */
  readonly beside: readonly JobName[];
  /** Jobs that each arm runs in the place of its population: lean cells. Left out or empty, the population. */
  readonly instead?: readonly JobName[];
  readonly keep: readonly CellPart[];
  /** What the grid is to show; left out where nothing is claimed. */
  readonly evidence?: EvidencePlan;
}

/** Where in its grid a cell stands. */
export interface CellPlace {
  /** Unique in its grid, and what a person names the cell by: arm/market.seed/seed. */
  readonly label: string;
  /** Null for a job that runs beside the arms. */
  readonly arm: string | null;
  readonly market: string;
  readonly marketSeed: number | null;
  /** Null where the result does not depend on the run's seed. */
  readonly seed: number | null;
}

/** A cell to be run. */
export interface GridCell extends CellPlace {
  readonly jobs: readonly JobName[];
  readonly config: PopulationRunConfig;
  readonly keep: readonly CellPart[];
}

/** All cells of a grid, market by market, so that workers keep what they know of one. */
export function cellsOf({ markets, beside, instead = [], keep }: Grid): GridCell[] {
  return markets.flatMap((market) =>
    (market.marketSeeds ?? [null]).flatMap((marketSeed) => {
      const seeds = market.seeds === "market" ? [ownSeed(market, marketSeed)] : market.seeds;
      return [
        ...beside.filter((job) => !JOBS[job].followsPopulation).flatMap((job) =>
          besideCells(job, market, marketSeed, seeds)
        ),
        ...seeds.flatMap((seed) =>
          market.arms.map((arm) =>
            instead.length > 0
              ? leanCell(arm, market, marketSeed, seed, instead)
              : armCell(arm, market, marketSeed, seed, beside)
          )
        ),
      ].map((cell) => ({ ...cell, keep }));
    })
  );
}

type Bare = Omit<GridCell, "keep">;

function armCell(
  { name, config }: GridArm,
  market: GridMarket,
  marketSeed: number | null,
  seed: number,
  beside: readonly JobName[],
): Bare {
  const followers = name === FULL ? beside.filter((job) => JOBS[job].followsPopulation) : [];
  return {
    label: `${name}/${marketLabel(market, marketSeed)}/${seed}`,
    arm: name,
    market: market.name,
    marketSeed,
    seed,
    jobs: ["population", ...followers],
    config: seeded({ ...config, references: false }, marketSeed, seed),
  };
}

/** An arm without a population: what its settings change in jobs that need none. */
function leanCell(
  arm: GridArm,
  market: GridMarket,
  marketSeed: number | null,
  seed: number,
  jobs: readonly JobName[],
): Bare {
  const cell = armCell(arm, market, marketSeed, seed, []);
  return { ...cell, jobs, config: { ...cell.config, references: true } };
}

function besideCells(
  job: JobName,
  market: GridMarket,
  marketSeed: number | null,
  seeds: readonly number[],
): Bare[] {
  const shared = JOBS[job].sharedBySeeds;
  const place = `${job}/${marketLabel(market, marketSeed)}`;
  const { config } = market.arms.find(({ name }) => name === FULL)!;
  return (shared ? seeds.slice(0, 1) : seeds).map((seed) => ({
    label: shared ? place : `${place}/${seed}`,
    arm: null,
    market: market.name,
    marketSeed,
    seed: shared ? null : seed,
    jobs: [job],
    config: seeded({ ...config, references: true }, marketSeed, shared ? 0 : seed),
  }));
}

function marketLabel({ name }: GridMarket, marketSeed: number | null): string {
  return marketSeed === null ? name : `${name}.${marketSeed}`;
}

function ownSeed({ name, arms }: GridMarket, marketSeed: number | null): number {
  const [full] = arms;
  if (marketSeed !== null) return marketSeed;
  if (full!.config.data.source === "synthetic") return full!.config.market.seed;
  throw new UserError(
    `Cannot take the market's seed as that of the run as the market ${name} must have seeds: give it seeds of its own`,
  );
}

function seeded(config: PopulationRunConfig, marketSeed: number | null, seed: number): PopulationRunConfig {
  if (marketSeed === null) return { ...config, seed };
  return { ...config, seed, market: { ...config.market, seed: marketSeed } };
}

/** The cells of one of `count` shards, numbered from 0: every count-th. @throws {UserError} If there is no such shard. */
export function shardOf<Cell>(cells: readonly Cell[], index: number, count: number): Cell[] {
  if (!(Number.isInteger(count) && count >= 1 && Number.isInteger(index) && index >= 0 && index < count)) {
    throw new UserError(
      `Cannot take a shard as --index must be an integer from 0 to --count less 1: current value is ${index} of ${count}`,
    );
  }
  return cells.filter((_, i) => i % count === index);
}
