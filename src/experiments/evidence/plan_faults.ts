/** What a plan of evidence names that its grid does not have, or that could never be judged: found before anything is run. */
import { canonicalJson } from "../../core/hash.ts";
import { deployedAccounts } from "../../population/state.ts";
import { FULL, type Grid } from "../grid/grid.ts";
import { type JobName, JOBS } from "../jobs/registry.ts";
import { type EvidencePlan, termOf } from "./evidence_plan.ts";
import { CHOSEN_AFTERWARDS } from "./levels.ts";

/** One thing that is wrong. */
export interface PlanFault {
  /** Keys below `evidence`, positions in lists among them. */
  readonly path: readonly string[];
  /** What must hold: "must be ...". */
  readonly rule: string;
  /** What stands there. */
  readonly wrong: string;
  /** What may stand there, to tell what was meant; empty where no name is wrong. */
  readonly choices: readonly string[];
}

/** What of a grid its evidence is told from. */
export type JudgedGrid = Pick<Grid, "markets" | "beside" | "instead">;

/** All faults of a plan, in the order of its parts; none for one that can be judged. */
export function planFaults(grid: JudgedGrid, evidence: EvidencePlan): PlanFault[] {
  const arms = grid.markets[0]!.arms.map(({ name }) => name);
  const beside = grid.beside.filter((job) => !JOBS[job].followsPopulation).flatMap(measuresOfJob);
  const ofArm = new Map(arms.map((arm) => [arm, measuresOfArm(grid, arm)]));
  const everywhere = [...new Set([...ofArm.values()].flat().concat(beside))];
  return [
    ...outcomeFaults(evidence, ofArm.get(FULL)!),
    ...Object.entries(evidence.claims).flatMap(([name, { plus, minus }]) => {
      const faults = Object.entries({ plus, minus }).flatMap(([side, terms]) =>
        terms.flatMap((text, i) =>
          termFaults(["claims", name, side, `${i}`], text, evidence.outcome, ofArm, beside)
        )
      );
      return faults.length > 0 ? faults : pairFaults(grid, name, { plus, minus }, evidence.outcome);
    }),
    ...evidence.describe.flatMap((measure, i) =>
      named(["describe", `${i}`], "what a cell of the grid is measured by", measure, everywhere)
    ),
    ...(evidence.markets ?? []).flatMap((market, i) =>
      named(["markets", `${i}`], "a market of the grid", market, grid.markets.map(({ name }) => name))
    ),
    ...Object.entries(evidence.same).flatMap(([arm, like]) => [
      ...named(["same", arm], "the name of an arm of the grid", arm, arms),
      ...(arm === like
        ? [fault(["same", arm], "must be another arm than the one that must equal it", like)]
        : named(["same", arm], "an arm of the grid", like, arms)),
    ]),
  ];
}

/** What each cell of an arm is measured by on every market. */
function measuresOfArm({ markets, beside, instead = [] }: JudgedGrid, arm: string): string[] {
  if (instead.length > 0) return instead.flatMap(measuresOfJob);
  const followers = arm === FULL ? beside.filter((job) => JOBS[job].followsPopulation) : [];
  const accounts = markets.map(({ arms }) =>
    deployedAccounts(arms.find(({ name }) => name === arm)!.config.population)
  );
  const everywhere = accounts[0]!.filter((name) => accounts.every((own) => own.includes(name)));
  return ["populationMean", ...everywhere, ...followers.flatMap(measuresOfJob)];
}

/** Jobs beside the arms that follow a population of their own, whose mean is measured too (`RunResult.otherPopulationMeans`). */
const WITH_MEAN: readonly JobName[] = ["selectionOnly", "homogeneousPbt"];

function measuresOfJob(job: JobName): string[] {
  return [...Object.keys(JOBS[job].strategies), ...(WITH_MEAN.includes(job) ? [`${job}Mean`] : [])];
}

/** The outcome, if a term is measured by it or it is not the default. */
function outcomeFaults({ outcome, claims }: EvidencePlan, measures: readonly string[]): PlanFault[] {
  const terms = Object.values(claims).flatMap(({ plus, minus }) => [...plus, ...minus]);
  const read = outcome !== "populationMean" || terms.some((text) => !text.includes("/"));
  return read ? named(["outcome"], "what an arm is measured by", outcome, measures) : [];
}

function termFaults(
  path: readonly string[],
  text: string,
  outcome: string,
  ofArm: ReadonlyMap<string, readonly string[]>,
  beside: readonly string[],
): PlanFault[] {
  const { arm, measure } = termOf(text, outcome);
  if (CHOSEN_AFTERWARDS.includes(measure)) {
    return [
      fault(path, "must be no strategy that was chosen afterwards, whose level may be described alone", text),
    ];
  }
  if (arm === null) {
    return named(path, "a strategy that runs beside the arms", text, beside.map((one) => `/${one}`));
  }
  const measures = ofArm.get(arm);
  if (measures === undefined) return named(path, "an arm of the grid", text, [...ofArm.keys()]);
  if (!text.includes("/")) return []; // the outcome has its own complaint
  return named(path, `what cells of ${arm} are measured by`, text, measures.map((one) => `${arm}/${one}`));
}

/** Terms that cannot differ: the same one, or arms of one configuration; and sides that hold the same terms. */
function pairFaults(
  { markets }: JudgedGrid,
  name: string,
  { plus, minus }: { readonly plus: readonly string[]; readonly minus: readonly string[] },
  outcome: string,
): PlanFault[] {
  const keyOf = (text: string) => {
    const { arm, measure } = termOf(text, outcome);
    const configs = markets.map(({ arms }) => arms.find((one) => one.name === arm)?.config ?? null);
    return canonicalJson([arm === null ? null : configs, measure]);
  };
  const keys = plus.map(keyOf), others = minus.map(keyOf);
  const alike = plus.flatMap((text, i) =>
    keys[i] !== others[i] ? [] : [fault(
      ["claims", name, "minus", `${i}`],
      text === minus[i]
        ? "must be another term than the one of plus in its place"
        : `must differ in some setting from ${text}, the term of plus in its place`,
      minus[i]!,
    )]
  );
  if (alike.length > 0 || canonicalJson(keys.toSorted()) !== canonicalJson(others.toSorted())) return alike;
  return [fault(["claims", name, "minus"], "must hold other terms than plus", `[${minus.join(", ")}]`)];
}

function fault(path: readonly string[], rule: string, wrong: string): PlanFault {
  return { path, rule, wrong, choices: [] };
}

/** Names that a rule lists; others are counted. */
const MOST_NAMED = 12;

function named(
  path: readonly string[],
  what: string,
  wrong: string,
  choices: readonly string[],
): PlanFault[] {
  if (choices.includes(wrong)) return [];
  const more = choices.length - MOST_NAMED;
  const list = choices.slice(0, MOST_NAMED).join(", ") + (more > 0 ? ` and ${more} more` : "");
  return [{ path, rule: `must be ${what}, ${list === "" ? "and there is none" : list}`, wrong, choices }];
}
