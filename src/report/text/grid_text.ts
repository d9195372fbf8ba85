/** Grids as text: before they run, while they run and after. */
import type { Expected } from "../../experiments/grid/expected_cost.ts";
import { canonicalJson } from "../../core/hash.ts";
import { FULL, type Grid } from "../../experiments/grid/grid.ts";
import type { PlannedCell } from "../../experiments/grid/plan_cell.ts";
import type { CellState } from "../../experiments/ports/cell_ledger.ts";
import { counted } from "./counted.ts";
import { plainTable } from "./plain_table.ts";

/** What a plan says beside its cells. */
export interface PlanFacts {
  /** Cells of distinct hash, and how many of them are done. */
  readonly distinct: number;
  readonly done: number;
  /** Of the others. */
  readonly expected: Expected;
  readonly workers: number;
  readonly cores: number;
  /** Memory at most. */
  readonly bytes: number;
}

/** A grid before it runs. */
export function gridPlanText(
  { name, question, markets }: Grid,
  cells: readonly PlannedCell[],
  { distinct, done, expected, workers, cores, bytes }: PlanFacts,
): string {
  const arms = [...new Set(cells.map(({ arm, jobs }) => arm ?? `${jobs[0]} (beside the arms)`))];
  const table = plainTable(
    [["Arm", "left"], ...markets.map((market) => [market.name, "right"] as const)],
    arms.map((arm) => [
      arm,
      ...markets.map((market) =>
        `${
          cells.filter((cell) =>
            cell.market === market.name && (cell.arm ?? `${cell.jobs[0]} (beside the arms)`) === arm
          ).length
        }`
      ),
    ]),
  );
  const wall = expected.cpuSeconds / Math.min(workers, cores);
  const basis = expected.measuredShare > 0.99
    ? "as such cells took before"
    : expected.measuredShare > 0
    ? `${Math.round(100 * expected.measuredShare)} % of it as such cells took before, the rest by their size`
    : "a first guess, right within a factor of two or so: no such cell was run here yet";
  const same = cells.length - distinct;
  return [
    `${name}: ${question}`,
    "",
    table,
    "",
    ...unmadeLines(cells),
    ...alikeLines(cells),
    `${counted(cells.length, "cell")}${
      same > 0 ? `, ${same} of which are the same as another` : ""
    }; ${done} are done, ${distinct - done} are to be run.`,
    `Time: about ${spanText(wall)} with ${counted(workers, "worker")} (${
      spanText(expected.cpuSeconds)
    } of CPU), ${basis}.`,
    `Memory: at most about ${(bytes / 2 ** 30).toFixed(1)} GiB.`,
  ].join("\n");
}

/** Places that a plan names of those that it tells of; the others are counted. */
const MOST_NAMED = 5;

/** Cells whose markets cannot be made, a line a market. */
function unmadeLines(cells: readonly PlannedCell[]): string[] {
  return [...Map.groupBy(cells.filter(({ unmade }) => unmade !== undefined), ({ unmade }) => unmade!)]
    .map(([why, own]) => {
      const named = own.slice(0, MOST_NAMED).map(({ label }) => label).join(", ");
      const more = own.length > MOST_NAMED ? ` and ${own.length - MOST_NAMED} more` : "";
      return `${own.length} cells will fail, the others run: ${named}${more}. ${why}`;
    });
}

/** Arms that differ from full in nothing that a run reads. */
function alikeLines(cells: readonly PlannedCell[]): string[] {
  const place = ({ market, marketSeed, seed }: PlannedCell) => JSON.stringify([market, marketSeed, seed]);
  const full = new Map(
    cells.filter(({ arm }) => arm === FULL).map((cell) => [place(cell), canonicalJson(cell.config)]),
  );
  const arms = [...new Set(cells.flatMap(({ arm }) => arm ?? []))].filter((arm) =>
    arm !== FULL &&
    cells.every((cell) => cell.arm !== arm || canonicalJson(cell.config) === full.get(place(cell)))
  );
  if (arms.length === 0) return [];
  const departs = arms.length > 1 ? "depart" : "departs";
  return [`${arms.join(", ")} ${departs} from full in nothing: equal settings, equal cells.`];
}

/** What a run of a grid came to. */
export interface EndFacts {
  readonly run: { readonly done: number; readonly failed: readonly unknown[] };
  readonly cells: readonly { readonly state: CellState }[];
  readonly before: number;
  readonly hash: string | null;
  readonly frame: string | null;
}

/** A grid after it ran. */
export function gridEndText(name: string, { run, cells, before, hash, frame }: EndFacts): string {
  const said = `${name}: ${
    counted(run.done, "cell")
  } done now, ${before} before, ${run.failed.length} failed.`;
  if (hash !== null) return `${said}\nComplete: hash ${hash}\nResults: ${frame}`;
  const open = cells.filter(({ state }) => state !== "done").length;
  return `${said} ${open} of the grid's ${cells.length} places are not done.`;
}

/** How far a grid is. */
export interface GridStatus {
  readonly name: string;
  readonly question: string;
  /** Arms x markets x seeds; the counts are of distinct cells. */
  readonly places: number;
  readonly counts: Readonly<Record<CellState, number>>;
  readonly hash: string | null;
  /** True if the last process that ran it has not said that it ended; it may have been killed. */
  readonly underWay: boolean;
  /** ISO time of the last sign of that process; null if there was none. */
  readonly seenAt: string | null;
  readonly cpuSecondsLeft: number;
  readonly workers: number;
  readonly running: readonly string[];
  readonly failed: readonly { readonly label: string; readonly error: string; readonly again: string }[];
  /** Cells that are done and whose stored result is gone or changed; looked for where one grid is asked for. */
  readonly damaged: readonly { readonly label: string; readonly again: string }[];
  readonly cpuSeconds: number;
  readonly sessions: readonly unknown[];
}

/** How far a grid is, with the cells that run or failed if `whole`. */
export function gridStatusText(status: GridStatus, whole: boolean): string {
  const { name, question, counts, hash, underWay, seenAt, workers, running, failed, damaged } = status;
  const { waiting, done } = counts;
  const total = waiting + running.length + done + failed.length;
  const share = total === 0 ? 100 : Math.floor(100 * done / total);
  const left = `about ${spanText(status.cpuSecondsLeft / workers)} left with ${counted(workers, "worker")}`;
  const lines = [
    `${name}: ${done} of ${total} cells done (${share} %), ${running.length} running, ${waiting} waiting, ${failed.length} failed; ` +
    `${spanText(status.cpuSeconds)} of CPU so far${waiting + running.length > 0 ? `, ${left}` : ""}.`,
  ];
  if (hash !== null && damaged.length > 0) lines.push(damagedText(damaged.length));
  else if (hash !== null) lines.push(`  complete: hash ${hash}`);
  else if (!underWay) lines.push("  not under way: experiment run goes on.");
  else {lines.push(
      `  last heard of at ${
        seenAt!.slice(0, 19).replace("T", " ")
      } UTC; if it was killed, experiment run goes on.`,
    );}
  if (!whole) return lines.join("\n");
  return [
    `${question}`,
    ...lines,
    ...running.map((label) => `  running: ${label}`),
    ...failed.map(({ label, error, again }) =>
      `  FAILED ${label}: ${error.split("\n")[0]}\n    again: ${again}`
    ),
    ...damaged.map(({ label, again }) =>
      `  DAMAGED ${label}: its stored result is gone or changed\n    again: ${again}`
    ),
  ].join("\n");
}

function damagedText(cells: number): string {
  return `  not complete: the stored ${cells === 1 ? "result" : "results"} of ${
    counted(cells, "cell")
  } must be computed again; experiment run does it.`;
}

/** Seconds as a reader takes them in: 40 s, 7 min, 2.5 h. */
export function spanText(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
