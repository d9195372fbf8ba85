/**
 * Files that define grids: settings that all cells share, markets, seeds, and arms that say only where they depart
 * from `full`. Wherever settings stand, a dotted path (population.transferTau) does as well as groups.
 */
import { basename } from "node:path";
import { populationRunConfig } from "../../experiments/config.ts";
import { FULL, type Grid, type GridArm, type GridMarket } from "../../experiments/grid/grid.ts";
import { JOB_NAMES, type JobName, JOBS } from "../../experiments/jobs/registry.ts";
import { CELL_PARTS } from "../../experiments/ports/cells.ts";
import { UserError } from "../../core/user_error.ts";
import { complaint } from "./complaint.ts";
import { complainOfEvidence, evidenceIn } from "./grid_evidence.ts";
import { departureRule, sweepArms } from "./grid_arms.ts";
import { GridReader, type NamedGroup } from "./grid_reader.ts";
import { resolveSettings } from "./resolve_settings.ts";
import { readSettingsFile } from "./settings_file.ts";
import { type Assignment, printable } from "./written.ts";

const KEYS = [
  "question",
  "settings",
  "markets",
  "seeds",
  "arms",
  "sweep",
  "beside",
  "instead",
  "keep",
  "evidence",
] as const;
const MARKET_KEYS = ["marketSeeds", "seeds", "settings"] as const;

/** Jobs that may run beside the arms: all but the population, which is what an arm runs. */
const BESIDE = JOB_NAMES.filter((name) => name !== "population");

/** Jobs that may run in the place of an arm's population: those that do not follow on it. */
const INSTEAD = BESIDE.filter((name) => !JOBS[name].followsPopulation);

/**
 * Reads a grid.
 *
 * @param further Settings over those of the file, such as flags give.
 * @throws {UserError} One line for each problem: the path, the rule, the value, file and line.
 */
export async function readGridFile(path: string, further: readonly Assignment[] = []): Promise<Grid> {
  return gridIn(await readSettingsFile(path), path, further);
}

/** The name of a grid: that of its file without its ending. A name is its own. */
export function gridName(path: string): string {
  return basename(path).replace(/\.ya?ml$/, "");
}

/** The grid that a file's assignments define. @throws {UserError} As above. */
export function gridIn(
  written: readonly Assignment[],
  path: string,
  further: readonly Assignment[] = [],
): Grid {
  const read = new GridReader(path, written, KEYS);
  const question = read.text("question", "must be a sentence: what the grid is to tell");
  const seeds = read.seeds("seeds") ?? [1];
  const beside = read.names("beside", BESIDE) as readonly JobName[];
  const instead = read.names("instead", INSTEAD) as readonly JobName[];
  const keep = read.names("keep", CELL_PARTS) as Grid["keep"];
  const shared = read.settings("settings", departureRule("settings"));
  const arms = [...armsOf(read), ...sweepArms(read)];
  read.requireUnique("arms", arms);
  const markets = read.groups("markets").map((group) => ({ group, ...marketKeys(read, group) }));
  if (markets.length === 0) read.complainOfNone("markets", "must name at least one market");
  const evidence = evidenceIn(read);
  read.end();
  const grid: Grid = {
    name: gridName(path),
    question,
    ...(evidence ? { evidence } : {}),
    beside,
    instead,
    keep: keep.length > 0 ? keep : ["series"],
    markets: markets.map(({ group, settings, marketSeeds, seeds: own }): GridMarket => ({
      name: group.name,
      marketSeeds,
      seeds: own ?? seeds,
      arms: arms.map((arm): GridArm => ({
        name: arm.name,
        config: populationRunConfig(
          resolveSettings([...shared, ...settings, ...arm.settings, ...further], { learns: true }).settings,
        ),
      })),
    })),
  };
  for (const [i, { group }] of markets.entries()) complainOfCopies(read, group, grid.markets[i]!);
  if (evidence) complainOfEvidence(read, grid, evidence);
  read.end();
  return grid;
}

/** Complains of seeds for a market that has none: each of its "markets" would be the same bars, and count as another. */
function complainOfCopies(read: GridReader, { name, value }: NamedGroup, market: GridMarket): void {
  const { source } = market.arms[0]!.config.data;
  if (market.marketSeeds === null || source === "synthetic") return;
  const written = value.kind === "group" ? value.entries.find(([key]) => key === "marketSeeds")?.[1] : null;
  read.refuse(
    `markets.${name}.marketSeeds`,
    `are those of synthetic markets, and data.source is ${source} here: one market would count as ${market.marketSeeds.length}`,
    written ?? value,
    "Write data.source: synthetic, or leave marketSeeds out and give seeds, which are those of the runs.",
  );
}

/** One arm and what it changes. */
export interface WrittenArm {
  readonly name: string;
  readonly settings: readonly Assignment[];
}

/** The arms of a file, `full` first, whether it is written or not. */
function armsOf(read: GridReader): WrittenArm[] {
  const arms = read.groups("arms").map((group): WrittenArm => {
    const settings = read.assignments(group.value, `arms.${group.name}`, departureRule("arms"));
    if (group.name === FULL && settings.length > 0) {
      read.complain(
        complaint("arms.full", "must change nothing: all other arms depart from it", group.value),
      );
    }
    return { name: group.name, settings };
  });
  return [
    { name: FULL, settings: [] },
    ...arms.filter(({ name }) => name !== FULL),
  ];
}

function marketKeys(read: GridReader, { name, value }: NamedGroup) {
  const within = read.within(`markets.${name}`, value, MARKET_KEYS);
  return {
    marketSeeds: within.numbers("marketSeeds"),
    seeds: within.seeds("seeds"),
    settings: within.settings("settings", departureRule("markets")),
  };
}

/** Seeds of markets that take the place of those that a file states. @throws {UserError} If it has several markets. */
export function withMarketSeeds(grid: Grid, marketSeeds: readonly number[]): Grid {
  const [only, ...more] = grid.markets;
  if (more.length > 0) {
    throw new UserError(
      `Cannot give market seeds to ${printable(grid.name)} as it must have one market: it has ${
        more.length + 1
      }`,
    );
  }
  return { ...grid, markets: [{ ...only!, marketSeeds }] };
}
