/** The stored result of a run, what figures, tables and notebooks read: one schema, its types inferred from it. */
import * as z from "zod";
import type { Immutable } from "../core/immutable.ts";
import { roleChangesSchema } from "../events/change_counts.ts";
import { EVENTS_VERSION } from "../events/event.ts";
import { ROLES } from "../genome/role.ts";
import { SYNTHETIC_MODES } from "../market/synthetic/worlds.ts";
import type { BarBook } from "../simulation/bar_book.ts";
import { accountMetricsSchema } from "./metrics/schema.ts";
import { agentPerformanceSchema, researcherQualitySchema } from "./readings/schema.ts";

const share = z.number().min(0).max(1);
const hash = z.string().min(1);
const index = z.int().min(0);

const untimedNews = z.literal(true).optional().describe("News was let in by its date of publication");

const sourceSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("bybit"),
    folder: z.string(),
    unsealed: z.boolean(),
    sealedRows: index.describe("Rows of the folder that are sealed, or were opened where unsealed is true"),
    imported: z.literal(true).optional().describe("The files lack columns that Bybit's have"),
    opening: z.string().optional().describe("The opening by which sealed rows were seen"),
    untimedNews,
  }),
  z.strictObject({
    kind: z.literal("synthetic"),
    mode: z.enum(SYNTHETIC_MODES),
    seed: z.int(),
    ic: z.number(),
    opening: z.string().optional().describe("The opening by which a sealed market was seen"),
    untimedNews,
  }),
]);

/** Metrics of one return series and its account over the reported rows. Fractions, not percent. */
const metricsSchema = z.strictObject({
  sharpe: z.number().describe("Annual Sharpe ratio of simple net returns per bar"),
  sharpeError: z.number().min(0).nullable().describe("Its standard error; null if returns never moved"),
  grossSharpe: z.number().describe("Annual Sharpe ratio gross of fees and slippage, funding included"),
  grossT: z.number().nullable().describe("Its Newey-West t (lag 5); null if nothing moved"),
  totalReturn: z.number().describe("Net total return over the reported rows"),
  grossReturn: z.number(),
  volatility: z.number().min(0).describe("Standard deviation of bar returns, annualised"),
  maxDrawdown: z.number().min(0),
  hitRate: share.nullable().describe("Share of non-zero bar returns that are positive; null if none moved"),
  turnover: z.number().min(0).describe("Traded notional over mean equity, per year"),
  exposure: z.number().min(0).describe("Mean gross notional over equity"),
  fees: z.number().describe("Share of starting equity; positive is a cost"),
  slippage: z.number().describe("Share of starting equity; positive is a cost"),
  funding: z.number().describe("Share of starting equity; positive is a cost"),
  modelCost: z.number().optional().describe(
    "What asking language models cost, a share of starting equity; left out of accounts that ask nobody",
  ),
  breakEvenCost: z.number().nullable()
    .describe("Cost per side at which the gross profit is gone, a fraction of traded notional"),
  orders: z.number().min(0).describe("Orders that were placed or filled; a flip is one"),
  verdicts: z.strictObject({ pass: share.nullable(), softFail: share.nullable() })
    .describe("Shares of orders that passed whole and that risk cut; null without orders"),
  refusals: z.number().min(0).describe(
    "Times that enlarging a position was refused, each however long it lasted",
  ),
  blocked: z.strictObject({ drawdown: share, dailyLoss: share, coolDown: share })
    .describe(
      "Shares of rows whose decision a rule blocked: maximum drawdown, daily loss, a coin that cools down",
    ),
  scaling: z.strictObject({
    limit: share.describe(
      "Mean of the declared maximum drawdown in force, which maxDrawdown stands beside; 1 is none",
    ),
    wanted: share.describe("Share of rows in which the plan wanted a position"),
    halved: share.nullable().describe(
      "Of those, the share in which the drawdown alone left less than one half",
    ),
    cap: share.nullable().describe("Mean volatility cap over those"),
  }).describe("What drawdown scaling did; halved and cap are null where no position was wanted"),
  liquidations: z.number().min(0),
});
/**
 * Metrics of one strategy; see the schema above.
 *
 * @internal
 */
export type StrategyMetrics = Immutable<z.output<typeof metricsSchema>>;

/** How a strategy of the comparison came to be. An oracle knows what nobody could know and is always labelled so. */
export const STRATEGY_KINDS = ["population", "learner", "reference", "oracle"] as const;
export type StrategyKind = (typeof STRATEGY_KINDS)[number];

/** One line of the result table. */
const strategySchema = z.strictObject({
  name: z.string().min(1).describe("Stable key, e.g. champion, committee, selectionOnly, ensemble"),
  label: z.string().describe("What a reader sees"),
  kind: z.enum(STRATEGY_KINDS),
  note: z.string().describe("What it is and what flatters or handicaps it, in one sentence"),
  startingEquity: z.number().nullable()
    .describe("Equity before the first reported row, USDT; null for a mean over accounts"),
  accounts: index.min(1).describe("Accounts whose mean it is; 1 for an account of its own"),
  metrics: metricsSchema,
  account: accountMetricsSchema.nullable()
    .describe("Further metrics of its account; null where it has none, as a mean of metrics"),
  fieldPercentile: share.nullable()
    .describe("Percentile of its Sharpe ratio among the pipelines of the field; null where it has none"),
});
/**
 * One line of the result table; see the schema above.
 *
 * @internal
 */
export type StrategyResult = Immutable<z.output<typeof strategySchema>>;

/** What an agent was worth at the last decision, in units of the score. */
const agentCreditSchema = z.strictObject({
  role: z.enum(ROLES),
  variant: z.string(),
  credit: z.number().describe("What it was ranked by: credit of the scheme in use, remembered"),
  shapley: z.number().describe(
    "Mean of its exact Shapley values in the pipelines drawn, beside default agents",
  ),
  shapleyError: z.number().min(0).describe("Its standard error, by bootstrapping bars jointly"),
});
export type AgentCredit = Immutable<z.output<typeof agentCreditSchema>>;

/** What choosing the best of the field after the fact is worth. */
const fieldSelectionSchema = z.strictObject({
  pipelines: index,
  overfitting: share.nullable()
    .describe("Probability of backtest overfitting (CSCV, 16 blocks); null on too few rows"),
  deflatedSharpe: share.nullable()
    .describe(
      "Probability that the hindsight best's true Sharpe ratio beats the best of as many without skill",
    ),
});
export type FieldSelection = Immutable<z.output<typeof fieldSelectionSchema>>;

/** What drawdown scaling did to the pipelines of one declared risk agent: means over all of them in the field. */
export const riskAgentSchema = z.strictObject({
  variant: z.string(),
  pipelines: index.describe("Pipelines of the field that hold it"),
  limit: share.describe("Its declared maximum drawdown"),
  maxDrawdown: z.number().min(0).describe("Mean realised maximum drawdown"),
  overLimit: z.number().min(0).describe("Mean of realised over declared"),
  wanted: share,
  halved: share.nullable(),
  cap: share.nullable(),
});
/** Limits declared and realised of one risk agent. */
export type RiskAgentReport = Immutable<z.output<typeof riskAgentSchema>>;

/** Version of result.json. It goes up where what an earlier program stored can no longer be read. */
export const RESULT_VERSION = 3;

/** Asked before anything else of a result: what does not fit its schema because it is older is told so. */
const thisVersion = z.unknown().refine((stored) => [undefined, RESULT_VERSION].includes(versionIn(stored)), {
  path: ["schema"],
  error: ({ input }) =>
    `it was stored by another version of the program, in form ${versionIn(input)}, and this one reads form ` +
    `${RESULT_VERSION}. Run it again, or check out the commit that its provenance.json names`,
});

function versionIn(stored: unknown): number | undefined {
  const schema = (stored as { readonly schema?: unknown } | null)?.schema;
  return typeof schema === "number" ? schema : undefined;
}

const currentResultSchema = z.strictObject({
  schema: z.literal(RESULT_VERSION),
  command: z.enum(["population", "multi", "run"]),
  source: sourceSchema,
  rowsHash: hash,
  config: z.record(z.string(), z.unknown()).describe("The resolved configuration of the command"),
  configHash: hash,
  seed: z.number(),
  startingEquity: z.number().positive().describe("What every account starts with, USDT"),
  reported: z.strictObject({ from: index, to: index, start: z.number(), end: z.number() })
    .describe("First and last reported row, and their open times, ms UTC"),
  iterations: index,
  events: z.literal(EVENTS_VERSION).describe("Version of the events in events.jsonl"),
  headline: z.string().describe("Name of the strategy that is the headline"),
  warnings: z.array(z.string()).describe("Plain sentences a reader must see"),
  strategies: z.array(strategySchema),
  populationMean: z.number().nullable().describe(
    "The outcome of learning, out of sample: mean over the places of the annual Sharpe ratio of what each earned " +
      "over the last third of reported rows; null without a population",
  ),
  populationMeanInSample: z.number().nullable().describe(
    "Mean score of the drawn teams, per bar, over the last third of iterations. It rises by selection alone and is " +
      "no outcome; null without a population",
  ),
  otherPopulationMeans: z.record(z.string(), z.number())
    .describe("populationMean of the populations among the references, by name, such as selectionOnly"),
  changes: roleChangesSchema.nullable()
    .describe("How often the population's genomes were to change and did, by role; null without one"),
  field: fieldSelectionSchema.nullable(),
  riskAgents: z.array(riskAgentSchema)
    .describe("Declared and realised drawdown of the field's risk agents; empty without a field"),
  finalCredit: z.array(agentCreditSchema),
  agentPerformance: z.array(agentPerformanceSchema)
    .describe("What the teams of each agent earned, out of sample; empty without a population"),
  researcherQuality: z.array(researcherQualitySchema)
    .describe("How good the forecasts of each researcher were, out of sample"),
}).refine((result) => result.strategies.some(({ name }) => name === result.headline), {
  path: ["headline"],
  message: "must name one of the strategies",
});

/** result.json of a run. Deterministic: same config, rows and seed give the same bytes. */
export const runResultSchema = thisVersion.pipe(currentResultSchema);
/**
 * What a run left, as stored; see the schema above.
 *
 * @internal
 */
export type RunResult = Immutable<z.output<typeof runResultSchema>>;

/** What an account did bar by bar. */
export interface StrategySeries {
  /** Its accounting. */
  readonly book: BarBook;
  /** Net profit of each bar by coin, USDT; null for a mean over accounts. */
  readonly coinProfit: Readonly<Record<string, Float64Array>> | null;
}

/** The series of a run: one row per reported bar (series.parquet). */
export interface RunSeries {
  /** Open time of each reported row, ms UTC; shape [rows]. */
  readonly openTime: Float64Array;
  /** Equity in USDT at each close by strategy name; each of shape [rows]. */
  readonly equity: Readonly<Record<string, Float64Array>>;
  /** Accounting of every strategy with an account by its name; empty in runs that stored equity alone. */
  readonly accounts: Readonly<Record<string, StrategySeries>>;
}
