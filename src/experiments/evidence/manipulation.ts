/** Did what two arms differ in ever happen? An arm whose manipulation never fired says nothing of it. */
import { settingDifferences } from "../compare_runs.ts";
import type { EvidenceCell } from "./evidence_cell.ts";

/** What became of a manipulation in the pairs of two arms on the markets of one name. */
export interface ManipulationCheck {
  /** The two arms. */
  readonly arms: readonly [string, string];
  /** Name of the markets. */
  readonly market: string;
  /** Pairs of cells. */
  readonly pairs: number;
  /** Pairs of cells in which it showed: in counts of changes where it is about changes, in the outcome else. */
  readonly fired: number;
  /** Why the two may not be compared; null where they may. */
  readonly refusal: string | null;
}

/** Settings of population learning by what they are about. */
const TRANSFER = [
  "transfer",
  "transferTau",
  "transferEvery",
  "tauSchedule",
  "transferTauEnd",
  "selectiveShare",
  "transferTest",
  "teacher",
  "learning",
];
const MUTATION = ["mutation", "mutateWorst", "diversityTrigger", "mutationRate", "mutationSd"];

type Settings = Readonly<Record<string, unknown>>;
type Cell = Pick<EvidenceCell, "arm" | "market" | "marketSeed" | "seed" | "measures" | "changes">;

/** Checks two arms on one market. */
export function manipulationCheck(
  cells: readonly Cell[],
  settings: Readonly<Record<string, Settings>>,
  arms: readonly [string, string],
  market: string,
): ManipulationCheck {
  const [a, b] = arms;
  const place = ({ marketSeed, seed }: Cell) => JSON.stringify([marketSeed, seed]);
  const of = (arm: string) => cells.filter((cell) => cell.arm === arm && cell.market === market);
  const others = new Map(of(b).map((cell) => [place(cell), cell]));
  const pairs = of(a).flatMap((cell) => {
    const other = others.get(place(cell));
    return other ? [[cell, other] as const] : [];
  });
  const differing = new Set(
    settingDifferences(settings[a], settings[b]).map(({ path }) => path.split(".").slice(0, 2).join(".")),
  );
  const isAbout = (names: readonly string[]) => names.some((name) => differing.has(`population.${name}`));
  const signs: ((pair: readonly [Cell, Cell]) => boolean)[] = [];
  if (isAbout(TRANSFER)) {
    signs.push((pair) => transferShows(pair, [populationOf(settings[a]!), populationOf(settings[b]!)]));
  }
  if (isAbout(MUTATION)) signs.push(mutationShows);
  if (isAbout(["frozen"])) signs.push(lesionShows);
  const differs = ([one, other]: readonly [Cell, Cell]) =>
    JSON.stringify(one.measures) !== JSON.stringify(other.measures);
  const shows = (pair: readonly [Cell, Cell]) => differs(pair) && signs.every((sign) => sign(pair));
  const fired = pairs.filter(shows).length;
  const names = [...differing].join(", ");
  const refusal = pairs.length === 0
    ? `${a} and ${b} have no pair of cells on ${market}`
    : differing.size === 0
    ? `${a} and ${b} do not differ in any setting`
    : fired === 0
    ? `${a} and ${b} differ in ${names}, and it never showed: ${told(pairs)}`
    : null;
  return { arms, market, pairs: pairs.length, fired, refusal };
}

function populationOf(settings: Settings): Settings {
  return settings.population as Settings;
}

/** A population that teaches nothing. */
function isOff({ transfer, transferTau, tauSchedule }: Settings): boolean {
  return transfer === "none" || (transferTau === 0 && tauSchedule === "constant");
}

/** Lessons where there is transfer, none where it is off. */
function transferShows(pair: readonly [Cell, Cell], settings: readonly [Settings, Settings]): boolean {
  return pair.every(({ changes }, i) => {
    if (changes === null) return false;
    const { transfer } = settings[i]!;
    if (transfer === "none") return changes.lessons === 0;
    return isOff(settings[i]!) || changes.lessons > 0;
  });
}

/** Mutants where there were others, or as many that went another way. */
function mutationShows([one, other]: readonly [Cell, Cell]): boolean {
  if (one.changes === null || other.changes === null) return false;
  return one.changes.mutants + other.changes.mutants > 0;
}

/** Another number of changes: nobody is taught or mutates in a role that is frozen. */
function lesionShows([one, other]: readonly [Cell, Cell]): boolean {
  if (one.changes === null || other.changes === null) return false;
  return one.changes.lessons !== other.changes.lessons || one.changes.mutants !== other.changes.mutants;
}

function told(pairs: readonly (readonly [Cell, Cell])[]): string {
  const sum = (side: 0 | 1, of: "lessons" | "mutants") =>
    pairs.reduce((total, pair) => total + (pair[side].changes?.[of] ?? 0), 0);
  return `${sum(0, "lessons")} and ${sum(1, "lessons")} lessons, ${sum(0, "mutants")} and ${
    sum(1, "mutants")
  } mutants ` +
    `in ${pairs.length} pairs`;
}
