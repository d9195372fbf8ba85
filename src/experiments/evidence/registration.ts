/** A pre-registration: what is asked, of which markets and seeds, and by which test, hashed before anything is run. */
import { hashJson } from "../../core/hash.ts";
import { UserError } from "../../core/user_error.ts";
import type { Grid } from "../grid/grid.ts";
import { CLAIMS, CONTRAST_TEST } from "./claims.ts";
import { CHOSEN_AFTERWARDS } from "./levels.ts";
import { armsNamed, type EvidencePlan, termOf } from "./evidence_plan.ts";

/** What is registered; plain data, so that its hash is that of its text. */
export interface Registration {
  /** Version of this form. */
  readonly form: 1;
  /** The grid's name. */
  readonly grid: string;
  /** Its question. */
  readonly question: string;
  /** The settings of every arm on every market, by the hash of each. */
  readonly arms: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Their seeds, and those of the runs on them. */
  readonly markets: Readonly<
    Record<
      string,
      { readonly marketSeeds: readonly number[] | null; readonly seeds: readonly number[] | "market" }
    >
  >;
  /** Jobs beside the arms. */
  readonly beside: readonly string[];
  /** The plan of the file. */
  readonly evidence: EvidencePlan;
  /** The test that decides. */
  readonly test: string;
  /** C1 to C8: what each says, and the contrasts of this grid that test it; none where it is not tested here. */
  readonly claims: readonly {
    readonly id: string;
    readonly statement: string;
    readonly contrasts: readonly string[];
  }[];
  /** Tests in the family that Holm's correction is over: contrasts times markets. */
  readonly tests: number;
  /** When to stop. */
  readonly stopping: string;
  /** What is left out. */
  readonly exclusions: string;
}

/** What is registered of a grid. @throws {UserError} If it has no `evidence`, or that names what is not there. */
export function registrationOf(grid: Grid): Registration {
  const evidence = requireEvidence(grid);
  requireNames(grid, evidence);
  const { name, question, markets, beside } = grid;
  const contrasts = Object.entries(evidence.claims);
  return {
    form: 1,
    grid: name,
    question,
    arms: Object.fromEntries(
      markets[0]!.arms.map(({ name: arm }) => [
        arm,
        Object.fromEntries(
          markets.map((
            market,
          ) => [market.name, hashJson(market.arms.find((one) => one.name === arm)!.config)]),
        ),
      ]),
    ),
    markets: Object.fromEntries(
      markets.map(({ name: market, marketSeeds, seeds }) => [market, { marketSeeds, seeds }]),
    ),
    beside,
    evidence,
    test: CONTRAST_TEST,
    claims: CLAIMS.map(({ id, statement }) => ({
      id,
      statement,
      contrasts: contrasts.filter(([, { claim }]) => claim === id).map(([contrast]) => contrast),
    })),
    tests: contrasts.length * testedMarkets(grid, evidence).length,
    stopping: "all cells are run; nothing is looked at before all are done",
    exclusions: "none: a cell that fails is run again or the grid is incomplete",
  };
}

/** Hash of a registration. */
export function registrationHash(registration: Registration): string {
  return hashJson(registration);
}

/** Markets that claims are tested on. */
export function testedMarkets(
  { markets }: Pick<Grid, "markets">,
  { markets: named }: EvidencePlan,
): string[] {
  return markets.map(({ name }) => name).filter((name) => named === null || named.includes(name));
}

/** What a grid is to show. @throws {UserError} If its file does not say. */
export function requireEvidence({ name, evidence }: Grid): EvidencePlan {
  if (evidence) return evidence;
  throw new UserError(
    `Cannot register the grid ${name} as its file must say what it is to show: write evidence: with claims ` +
      "(docs/EXPERIMENTS.md, Evidence)",
  );
}

/** @throws {UserError} If the plan names arms or markets that the grid does not have. */
export function requireNames({ name, markets }: Grid, evidence: EvidencePlan): void {
  const arms = markets[0]!.arms.map((arm) => arm.name);
  const refuse = (what: string, wrong: string, there: readonly string[]) => {
    throw new UserError(
      `Cannot register the grid ${name} as evidence must name ${what} that it has, ${
        there.join(", ")
      }: current value is ${wrong}`,
    );
  };
  const arm = armsNamed(evidence).find((one) => !arms.includes(one));
  if (arm !== undefined) refuse("arms", arm, arms);
  const names = markets.map((market) => market.name);
  const market = evidence.markets?.find((one) => !names.includes(one));
  if (market !== undefined) refuse("markets", market, names);
  for (const { plus, minus } of Object.values(evidence.claims)) {
    for (const term of [...plus, ...minus]) {
      const { arm, measure } = termOf(term, evidence.outcome);
      if (CHOSEN_AFTERWARDS.includes(measure)) {
        refuse("no strategy that was chosen afterwards, in claims", term, ["its level may be described"]);
      }
      if (arm === null && measure === evidence.outcome) {
        refuse("a strategy after the slash", term, ["/singleAgent"]);
      }
    }
  }
}
