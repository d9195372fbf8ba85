/** A pre-registration: what is asked, of which markets and seeds, and by which test, hashed before anything is run. */
import { hashJson } from "../../core/hash.ts";
import { UserError } from "../../core/user_error.ts";
import type { PopulationRunConfig } from "../config.ts";
import type { Grid } from "../grid/grid.ts";
import { withoutDelay } from "../hashed_config.ts";
import { CLAIMS, CONTRAST_TEST } from "./claims.ts";
import type { EvidencePlan } from "./evidence_plan.ts";
import { planFaults } from "./plan_faults.ts";

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

/** What is registered of a grid. @throws {UserError} If it has no `evidence`, or one that could not be judged. */
export function registrationOf(grid: Grid): Registration {
  const evidence = requireEvidence(grid);
  requireJudgeable(grid, evidence);
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
          ) => [
            market.name,
            hashJson(registeredConfig(market.arms.find((one) => one.name === arm)!.config)),
          ]),
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

/**
 * A configuration as registrations hash it. A setting that came after the first of them was frozen is left out where it says
 * nothing, so that what was registered before it was there stays registered: a new setting gets a line here.
 */
function registeredConfig({ population, account, ...config }: PopulationRunConfig): unknown {
  const { distil, ...language } = population.language;
  return {
    ...config,
    account: withoutDelay(account),
    population: { ...population, language: distil.length === 0 ? language : population.language },
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
    `Cannot tell what the grid ${name} is to show as its file must say so: write evidence: with claims ` +
      "(docs/EXPERIMENTS.md, Evidence)",
  );
}

/** @throws {UserError} If the plan names what the grid does not have, or could never be judged. */
export function requireJudgeable(grid: Grid, evidence: EvidencePlan): void {
  const [first] = planFaults(grid, evidence);
  if (first === undefined) return;
  throw new UserError(
    `Cannot tell what the grid ${grid.name} is to show: evidence.${
      first.path.join(".")
    } ${first.rule}: current value is ${first.wrong}`,
  );
}
