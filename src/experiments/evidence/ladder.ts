/** The ladder of learning: L0 to L6, each a question that must be answered before the next one means anything. */
import * as z from "zod";
import { BARS_PER_YEAR } from "../../core/universe.ts";
import { FLIP_ROW } from "../../market/synthetic/worlds.ts";
import { pairedTest } from "../../stats/paired.ts";
import { mean } from "../../stats/moments.ts";
import { errorsOver } from "../market_bounds.ts";
import { type MarketOutcome, nullChecks, plantedChecks, type ThresholdCheck } from "../validation.ts";
import { ladderSeeds, seedFlags, spanOf } from "./ladder_seeds.ts";
import { RECOVERED, recoveryRows } from "./recovery.ts";
import { roleCreditChecks, roleCreditSchema } from "./role_credit.ts";

const specialisationSchema = z.strictObject({
  information: z.number().min(0).describe("I(who leads; trend regime), nats, summed over roles"),
  bias: z.number().min(0).describe("Miller and Madow's bias of it"),
});
const shares = z.record(z.string(), z.number());
export const ladderMarketSchema = z.strictObject({
  marketSeed: z.int(),
  populationMean: z.strictObject({ unreadable: z.number(), twin: z.number() }),
  oracle: z.number().describe("Annual net Sharpe ratio of who knows the edge that nobody can read"),
  specialisation: z.strictObject({ niches: specialisationSchema, oneRegime: specialisationSchema }),
});
/** What the populations of one market seed did in the four worlds of the ladder. */
export type LadderMarket = Readonly<z.output<typeof ladderMarketSchema>>;
export const fieldVarianceSchema = z.strictObject({
  marketSeed: z.int(),
  main: shares,
  pairs: shares,
  rest: z.number(),
  shapley: shares,
});

/** What is stored of the ladder: its own rungs. */
export const ladderSchema = z.strictObject({
  rows: z.int().min(1),
  ic: z.number(),
  markets: z.array(ladderMarketSchema).describe("L3 and L6"),
  credit: z.array(roleCreditSchema).describe("L5"),
  fields: z.array(fieldVarianceSchema).describe("What moves the 625 declared pipelines of planted markets"),
});
export type Ladder = Readonly<z.output<typeof ladderSchema>>;

export const confirmedSchema = z.array(z.looseObject({
  market: z.string(),
  seed: z.int(),
  whole: z.record(z.string(), z.number()).describe("Annual net Sharpe ratio by strategy"),
  trailing: z.record(z.string(), z.array(z.number())).describe("Its path, as recovery.ts counts rows"),
}));

/** What other proofs left that rungs are read from; null where nothing is stored. */
export interface StoredRungs {
  /** The second set, which decides as was declared before (docs/VALIDATION.md), where it is stored; else the first. */
  readonly nullMarkets: readonly MarketOutcome[] | null;
  readonly plantedMarkets: { readonly rows: number; readonly outcomes: readonly MarketOutcome[] } | null;
  /** Whole populations on four-year markets whose first year is history (`mirror_confirm.json`). */
  readonly confirmed: z.output<typeof confirmedSchema> | null;
}

/** One rung. */
export interface Rung {
  readonly name: string;
  readonly question: string;
  /** True where it must hold for anything above it to count. */
  readonly must: boolean;
  readonly checks: readonly ThresholdCheck[];
  /** What is missing, and the command that makes it; empty where nothing is. */
  readonly missing: string;
}

/** Rows of a market unless others are asked for. */
const USUAL_ROWS = 4380;
const ERRORS = { errors: 2, of: 20 };
/** Net Sharpe ratio that the oracle must reach where nobody else can read the edge: the edge is there. */
const LEAST_ORACLE = 1;

/** How a rung stands: null where nothing of it was run, or too little to judge. */
export function rungHolds({ checks }: Rung): boolean | null {
  if (checks.some(({ holds }) => holds === false)) return false;
  return checks.length === 0 || checks.some(({ holds }) => holds === null) ? null : true;
}

/** All rungs as far as they are stored. */
export function rungs(stored: StoredRungs, ladder: Ladder): Rung[] {
  const { markets, credit } = ladder;
  const run = "deno task popagent validate";
  const own = (count: number) =>
    count >= 2
      ? ""
      : `fewer than two markets are stored: ${run} ladder ${seedFlags(ladderSeeds(ladder))}${
        ladder.rows === USUAL_ROWS ? "" : ` --rows ${ladder.rows}`
      }`;
  const nullSeeds = stored.nullMarkets?.map(({ marketSeed }) => marketSeed) ?? [];
  const confirmed = Map.groupBy(stored.confirmed ?? [], ({ market }) => market);
  const confirmation =
    "nothing is stored yet: deno task experiment run configs/experiments/validation/mirror_confirm.yaml";
  return [
    {
      name: "L0",
      question: `nothing is found where nothing is${
        nullSeeds.length === 0 ? "" : `, on markets ${spanOf(nullSeeds)}`
      }`,
      must: true,
      checks: stored.nullMarkets === null
        ? []
        : [...nullChecks(stored.nullMarkets), netCheck(stored.nullMarkets)],
      missing: stored.nullMarkets === null
        ? `nothing is stored yet: ${run} null --first 441 --markets 40 --rows 8766 --out results/validation/null_second.json`
        : "",
    },
    {
      name: "L1",
      question: "a planted edge of IC .10 is found",
      must: false,
      checks: stored.plantedMarkets === null
        ? []
        : plantedChecks(stored.plantedMarkets.outcomes, stored.plantedMarkets.rows),
      missing: stored.plantedMarkets === null
        ? `nothing is stored yet: ${run} planted --markets 20 --out results/validation/planted.json`
        : "the default learning alone; other variants are not stored",
    },
    {
      name: "L2",
      question: "learning beats the best fixed pipeline at IC .06",
      must: false,
      checks: confirmed.has("planted")
        ? (["champion", "mirrored"] as const).map((name) => staticCheck(name, confirmed.get("planted")!))
        : [],
      missing: confirmed.has("planted") ? "" : confirmation,
    },
    {
      name: "L3",
      question: "an edge that nobody can read gains nothing",
      must: true,
      checks: markets.length < 2 ? [] : unreadableChecks(markets),
      missing: own(markets.length),
    },
    {
      name: "L4",
      question: "after the edge has changed its sign, populations recover",
      must: false,
      checks: confirmed.has("flip")
        ? (["champion", "mirrored"] as const).map((name) => recoveryCheck(name, confirmed.get("flip")!))
        : [],
      missing: confirmed.has("flip")
        ? "the default learning alone; populations without transfer or diversity are not stored"
        : confirmation,
    },
    {
      name: "L5",
      question: "credit finds the role that knows",
      must: true,
      checks: credit.length < 2 ? [] : roleCreditChecks(credit),
      missing: own(credit.length),
    },
    {
      name: "L6",
      question: "who leads follows the regime more where there are niches",
      must: false,
      checks: markets.length < 2 ? [] : [specialisationCheck(markets)],
      missing: own(markets.length),
    },
  ];
}

function netCheck(markets: readonly MarketOutcome[]): ThresholdCheck {
  const { mean: net, se } = pairedTest(markets.map(({ strategies }) => strategies.champion!.sharpe));
  return {
    rule: "champion's mean net Sharpe ratio at most two standard errors above 0",
    measured: `${net.toFixed(2)} (SE ${se.toFixed(2)})`,
    holds: net <= 2 * se,
  };
}

type Confirmed = NonNullable<StoredRungs["confirmed"]>;

/** Learning against the fixed pipeline that was best in the year before. */
function staticCheck(name: string, markets: Confirmed): ThresholdCheck {
  const gain = pairedTest(markets.map(({ whole }) => whole[name]! - whole.staticLong!));
  return {
    rule: `${name} less the best fixed pipeline of the history, mean above 0 (p < .05)`,
    measured: `${gain.mean.toFixed(2)} (SE ${gain.se.toFixed(2)}, two-sided p ${gain.p.toFixed(3)})`,
    holds: gain.mean > 0 && gain.p < 0.05,
  };
}

/** The mean path over markets, and that of declared genomes that nothing is learned about. */
function recoveryCheck(name: string, markets: Confirmed): ThresholdCheck {
  const rowsOf = (strategy: string) => {
    const paths = markets.map(({ trailing }) => trailing[strategy]!);
    return recoveryRows(
      paths[0]!.map((_, i) => mean(paths.map((path) => path[i]!))),
      BARS_PER_YEAR,
      FLIP_ROW,
    );
  };
  const text = (rows: number | null) => rows === null ? "never" : `after ${rows} rows`;
  const rows = rowsOf(name);
  return {
    rule: `${name} earns ${100 * RECOVERED} % of what it earned before within a year of the flip`,
    measured: `${text(rows)}; equal weights over declared genomes: ${text(rowsOf("fieldMirroredEqual"))}`,
    holds: rows !== null && rows <= BARS_PER_YEAR,
  };
}

function unreadableChecks(markets: readonly LadderMarket[]): ThresholdCheck[] {
  const gain = pairedTest(markets.map(({ populationMean: { unreadable, twin } }) => unreadable - twin));
  const oracle = mean(markets.map((market) => market.oracle));
  const errors = errorsOver(markets.length, ERRORS.errors, ERRORS.of), times = Number(errors.toFixed(2));
  return [
    {
      rule: `population mean with the edge less that without at most ${times} standard errors above 0`,
      measured: `${gain.mean.toFixed(3)} (SE ${gain.se.toFixed(3)})`,
      holds: gain.mean <= errors * gain.se,
    },
    {
      rule: `the edge is there: mean net Sharpe ratio of the oracle at least ${LEAST_ORACLE}`,
      measured: oracle.toFixed(2),
      holds: oracle >= LEAST_ORACLE,
    },
  ];
}

function specialisationCheck(markets: readonly LadderMarket[]): ThresholdCheck {
  const net = ({ information, bias }: LadderMarket["specialisation"]["niches"]) => information - bias;
  const more = pairedTest(
    markets.map(({ specialisation: { niches, oneRegime } }) => net(niches) - net(oneRegime)),
  );
  return {
    rule:
      "information between leaders and regimes, less its bias: more with niches than in one regime (p < .05)",
    measured: `${more.mean.toFixed(3)} nats (SE ${more.se.toFixed(3)}, two-sided p ${more.p.toFixed(3)})`,
    holds: more.mean > 0 && more.p < 0.05,
  };
}
