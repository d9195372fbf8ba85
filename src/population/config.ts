import * as z from "zod";
import { ROLES } from "../genome/role.ts";

export const TRANSFER_NAMES = ["none", "softUpdate", "distillation", "selective", "hybrid"] as const;
export const TAU_SCHEDULES = ["constant", "linear", "exponential"] as const;
export const CREDIT_NAMES = ["shapley", "pipeline", "individual"] as const;
/** Who teaches at a transfer step. */
export const TEACHERS = ["best", "random"] as const;
export const MUTATION_NAMES = ["off", "trigger", "tested"] as const;
/** What mutation is called today where it once was a switch. */
export const MUTATION_WAS = { true: "trigger", false: "off" } as const;
export const SCORE_NAMES = ["sharpe", "utility", "growth", "blend"] as const;

/** More rows than any market has: 456 years of four-hour bars. Counts of rows and iterations end here. */
export const MOST_ROWS = 1_000_000;

/** Names of variants that play in a role, in this order; null leaves it to the declared ones. */
const playersSchema = z.array(
  z.string().regex(/^[\w-]{1,60}$/, "must be a variant's name").describe("a variant's name"),
)
  .min(1).max(25).nullable().default(null);

const agentsSchema = z.strictObject({
  analyst: playersSchema.describe("Analysts that play"),
  researcher: playersSchema.describe("Researchers that play"),
  trader: playersSchema.describe("Traders that play"),
  risk: playersSchema.describe("Risk agents that play"),
});
/** Who plays in each role, by name; null for the declared ones. */
export type PlayerNames = Readonly<z.output<typeof agentsSchema>>;

/** Rules by which mirrored accounts weigh the teams; population/mirror/weight_rules.ts says what each does. */
export const MIRROR_RULES = ["softmax", "hedge", "topShare", "positivePart", "equal", "equalOverSd"] as const;
/** One of them. */
export type MirrorRule = (typeof MIRROR_RULES)[number];

/** Rows after which a return counts half in the credit that weighs teams. */
const memorySchema = z.number().min(1).max(MOST_ROWS).nullable().default(null);

const mirrorSchema = z.strictObject({
  rules: z.array(z.enum(MIRROR_RULES)).max(MIRROR_RULES.length).default(["softmax", "hedge"]).describe(
    "How mirrored accounts weigh the teams, an account a rule; the first is the mirrored committee, none mirrors nothing",
  ),
  halfLife: z.strictObject({
    analyst: memorySchema.describe("Memory of analysts' credit, rows; null for all rows alike"),
    researcher: memorySchema.describe("Memory of researchers' credit, rows; null for all rows alike"),
    trader: memorySchema.describe(
      "Memory of traders' credit, rows; null for all rows alike; hedge learns it",
    ),
    risk: memorySchema.describe("Memory of risk agents' credit, rows; null for all rows alike"),
  }).prefault({}).describe("Memory of the credit that weighs teams"),
  temperature: z.number().min(0.01).max(100).default(0.5).describe(
    "Of softmax and hedge, in annual Sharpe ratios; large ones weigh all teams alike",
  ),
  hedgeRate: z.number().min(0).max(100).default(1).describe("eta of hedge: how fast it follows what earned"),
  hedgeShare: z.number().min(0).max(1).default(0.02).describe(
    "Share that hedge deals out evenly after each window, so that no memory is ever lost",
  ),
});
/**
 * How mirrored accounts weigh the teams.
 *
 * @internal
 */
export type MirrorConfig = Readonly<z.output<typeof mirrorSchema>>;

const languageSchema = z.strictObject({
  model: z.string().regex(/^[\w.:/-]{1,100}$/, "must be the name of a model").default("smollm2-135m")
    .describe(
      "The model that language traders ask, by its name in configs/models.yaml",
    ),
  every: z.int().min(1).max(MOST_ROWS).default(6).describe("Rows between two decisions of a prompt"),
  signal: z.number().min(0).max(100).default(0).describe(
    "Ask about a coin only where research expects a move of at least so many round trips of cost, or news of it came in " +
      "since prompts were last asked; 0 always asks",
  ),
  validRows: z.int().min(1).max(MOST_ROWS).default(18).describe(
    "Rows that an answer stands, unless it is renewed or replaced",
  ),
  mostCalls: z.int().min(0).max(10_000_000).default(300).describe(
    "Calls of a run, repair turns among them; what is left to be asked then is not",
  ),
  maxTokens: z.int().min(16).max(100_000).default(400).describe("Tokens of an answer, thoughts included"),
  shrinkRows: z.number().min(0).max(MOST_ROWS).default(180).describe(
    "Rows of its own at which half of a language trader's credit is believed; the rest is its role's mean",
  ),
  research: z.strictObject({
    analyst: z.string().default("technical").describe("The analyst whose reading is shown, as declared"),
    researcher: z.string().default("statistical").describe(
      "The researcher whose forecast is shown, as declared",
    ),
  }).prefault({}).describe("Whose research prompts are shown"),
  mutants: z.array(z.enum(ROLES)).max(ROLES.length).default([]).describe(
    "Roles for whose agents the model proposes mutants at each transfer step, tested like any mutant; none by default",
  ),
  distil: z.array(z.int().min(0).max(MOST_ROWS)).max(100).default([]).describe(
    "Iterations whose champion the model describes in words and rules, when the run is over; nothing reads it; none by default",
  ),
  mask: z.strictObject({
    coins: z.boolean().default(true).describe("Keep the names of coins from the model"),
    dates: z.boolean().default(true).describe("Keep dates from the model"),
  }).prefault({}).describe("What is kept from a model that may remember"),
});
/**
 * How language traders ask.
 *
 * @internal
 */
export type LanguageConfig = Readonly<z.output<typeof languageSchema>>;

/** Settings of population learning. The one place where their defaults stand. */
export const populationConfigSchema = z.strictObject({
  size: z.literal([3, 5, 9], { error: "must be 3, 5 or 9" }).default(5).describe(
    "Agents per role: 3, 5 or 9",
  ),
  agents: agentsSchema.prefault({}).describe(
    "Who plays, by the names of variants; null for the five declared ones of a role",
  ),
  variants: z.enum(["declared", "homogeneous"]).default("declared")
    .describe("declared: one agent per variant; homogeneous: jittered copies of one variant per role"),
  draw: z.enum(["square", "grid"]).default("square")
    .describe("Pipelines scored per iteration: a balanced square (25 of 625) or the whole grid"),
  score: z.enum(SCORE_NAMES).default("sharpe").describe(
    "What an account is scored by; blend: .4 Sharpe, .3 PnL, .3 hit rate, standardised",
  ),
  scoreHalfLife: z.number().min(1).max(MOST_ROWS).default(1440).describe(
    "Rows after which a return counts half",
  ),
  // people show 1 to 10 (Mehra and Prescott, 1985); at 1,000 even a gain counts as a loss above 0.2 % a bar
  riskAversion: z.number().min(0).max(1000).default(5).describe("gamma of score: utility"),
  credit: z.enum(CREDIT_NAMES).default("pipeline").describe(
    "How a pipeline's score becomes its agents' credit",
  ),
  creditMemory: z.number().min(0).max(0.999).default(0.95)
    .describe("Share of an agent's credit so far that is kept; 0 ranks by one iteration's alone"),
  diversityWeight: z.number().min(0).max(100).default(0.1).describe(
    "lambda: weight of novelty in an agent's score",
  ),
  learning: z.enum(["teaching", "pbt"]).default("teaching")
    .describe("teaching: transfer then mutation; pbt: the worst copies the best and perturbs"),
  transfer: z.enum(TRANSFER_NAMES).default("softUpdate").describe("How the best agent teaches the others"),
  teacher: z.enum(TEACHERS).default("best").describe(
    "Who teaches: the best of its kind, or one drawn by the seed whatever its rank, a placebo",
  ),
  transferEvery: z.int().min(1).max(MOST_ROWS).default(10).describe("Iterations between two transfers"),
  transferTau: z.number().min(0).max(1).default(0.1).describe("0 keeps the student, 1 copies the teacher"),
  tauSchedule: z.enum(TAU_SCHEDULES).default("constant").describe(
    "How tau moves from transferTau to transferTauEnd",
  ),
  transferTauEnd: z.number().min(0).max(1).default(0.01).describe(
    "tau at the last iteration, for a moving schedule",
  ),
  selectiveShare: z.number().min(0).max(1).default(0.5).describe(
    "Share of common genes that selective transfer moves",
  ),
  transferTest: z.boolean().default(false).describe(
    "Keep a lesson only if it raises the student's mean score over its partners",
  ),
  mutation: z.enum(MUTATION_NAMES).default("trigger").describe(
    "off: never; trigger: where diversity falls; tested: at each transfer step, a mutant that raises its agent's score",
  ),
  mutateWorst: z.boolean().default(false).describe(
    "At each transfer step, a role in which nobody mutated takes one untested mutant for its worst agent",
  ),
  diversityTrigger: z.number().min(0).max(10).default(0.7)
    .describe("Share of a role's starting diversity below which its non-elite mutate"),
  mutationRate: z.number().min(0).max(1).default(0.5).describe("Probability that a gene mutates"),
  frozen: z.array(z.enum(ROLES)).max(ROLES.length).default([]).describe(
    "Roles whose agents keep their genes: nobody in them is taught or mutates, a lesion",
  ),
  // a gene's range is one unit wide: more than that is a draw from all of it
  mutationSd: z.number().min(0).max(1).default(0.2).describe("sd of a mutation in normalised coordinates"),
  startJitter: z.number().min(0).max(1).default(0.05).describe(
    "sd of the jitter on start genomes, normalised coordinates",
  ),
  committeeShare: z.number().min(0).max(1).default(0.04).describe(
    "Share of all teams in the committee, and in the mirror's topShare: at least one team",
  ),
  mirror: mirrorSchema.prefault({}).describe("Accounts that mirror all teams at once"),
  language: languageSchema.prefault({}).describe(
    "How traders that ask a language model do so, where population.agents.trader names any",
  ),
  deploy: z.enum(["champion", "committee", "mirrored"]).default("champion").describe(
    "Which deployed account is the headline",
  ),
});
/**
 * Settings of population learning, defaults filled in.
 *
 * @internal
 */
export type PopulationConfig = Readonly<z.output<typeof populationConfigSchema>>;

/** Where a run stands on the time axis. Rows count from 0; `at t` means at the close of row t. */
export const clockConfigSchema = z.strictObject({
  warmUpRows: z.int().min(1).max(MOST_ROWS).default(360).describe("Rows before pipelines are scored"),
  firstDecision: z.int().min(1).max(MOST_ROWS).default(719).describe("Row of the first decision, t_0"),
  stepRows: z.int().min(1).max(MOST_ROWS).default(36).describe("Rows between two decisions"),
  reportFrom: z.int().min(0).max(MOST_ROWS).nullable().default(null)
    .describe("First reported row; null reports from the first traded row on"),
});
export type ClockConfig = Readonly<z.output<typeof clockConfigSchema>>;

/** Number of iterations that fit into `rows` rows. */
export function iterationsIn(rows: number, clock: ClockConfig): number {
  return Math.max(0, Math.ceil((rows - clock.firstDecision - 1) / clock.stepRows));
}

/** Row of the k-th decision. */
export function decisionRow(k: number, clock: ClockConfig): number {
  return clock.firstDecision + clock.stepRows * k;
}

/** Last row that is traded on the decision of a row: the next decision's, or the last of so many rows. */
export function lastTradedRow(
  row: number,
  { stepRows }: Pick<ClockConfig, "stepRows">,
  rows: number,
): number {
  return Math.min(row + stepRows, rows - 1);
}

/** Teams in the committee of a population. */
export function committeeTeamsOf({ committeeShare, size }: PopulationConfig): number {
  return Math.max(1, Math.round(committeeShare * size ** 4));
}
