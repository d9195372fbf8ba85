/** The shapes of a run's files, checked when they are read: a file may come from another version or be cut. */
import * as z from "zod";
import { ROLES } from "../genome/role.ts";
import type { RunResult } from "../experiments/result.ts";
import type { IterationEvent } from "../population/events.ts";

const share = z.number().min(0).max(1);
const hash = z.string().min(1);
const index = z.int().min(0);
const genome = z.array(z.number());

const sourceSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("bybit"), folder: z.string(), unsealed: z.boolean() }),
  z.strictObject({
    kind: z.literal("synthetic"),
    mode: z.enum(["default", "planted", "null"]),
    seed: z.int(),
    ic: z.number(),
  }),
]);

const metricsSchema = z.strictObject({
  sharpe: z.number(),
  sharpeError: z.number().min(0),
  grossSharpe: z.number(),
  grossT: z.number(),
  totalReturn: z.number(),
  grossReturn: z.number(),
  volatility: z.number().min(0),
  maxDrawdown: z.number().min(0),
  hitRate: share,
  turnover: z.number().min(0),
  exposure: z.number().min(0),
  fees: z.number(),
  slippage: z.number(),
  funding: z.number(),
  breakEvenCost: z.number().nullable(),
  verdicts: z.strictObject({ pass: share, softFail: share, hardFail: share }),
  orders: z.number().min(0),
  liquidations: z.number().min(0),
});

/** result.json. */
export const runResultSchema = z.strictObject({
  schema: z.literal(1),
  command: z.enum(["population", "multi", "run"]),
  source: sourceSchema,
  rowsHash: hash,
  configHash: hash,
  seed: z.number(),
  reported: z.strictObject({ from: index, to: index, start: z.number(), end: z.number() }),
  iterations: index,
  headline: z.string(),
  warnings: z.array(z.string()),
  strategies: z.array(z.strictObject({
    name: z.string().min(1),
    label: z.string(),
    kind: z.enum(["population", "learner", "reference", "oracle"]),
    note: z.string(),
    metrics: metricsSchema,
    fieldPercentile: share.nullable(),
  })),
  populationMean: z.number().nullable(),
  field: z.strictObject({
    pipelines: index,
    overfitting: share.nullable(),
    deflatedSharpe: share.nullable(),
  }).nullable(),
  finalCredit: z.array(z.strictObject({
    role: z.enum(ROLES),
    variant: z.string(),
    credit: z.number(),
    shapley: z.number(),
    shapleyError: z.number().min(0),
  })),
}).refine((result) => result.strategies.some((strategy) => strategy.name === result.headline), {
  path: ["headline"],
  message: "must name one of the strategies",
}) satisfies z.ZodType<RunResult>;

const role = z.enum(ROLES);
const team = z.record(role, index);
const diversitySchema = z.strictObject({
  parameter: z.number(),
  behaviour: z.number(),
  output: z.number(),
  effective: z.number(),
});

/** One line of events.jsonl. */
export const iterationEventSchema = z.strictObject({
  k: index,
  row: index,
  lastRow: index,
  time: z.number(),
  agents: z.record(
    role,
    z.array(z.strictObject({
      variant: z.string(),
      credit: z.number(),
      novelty: z.number(),
      score: z.number(),
      genome,
    })),
  ),
  champion: team,
  championScore: z.number(),
  meanScore: z.number(),
  bestScore: z.number(),
  committee: z.array(team),
  diversity: z.record(role, diversitySchema),
  transfers: z.array(z.strictObject({
    role,
    teacher: index,
    student: index,
    operator: z.string(),
    tau: z.number(),
    before: genome,
    after: genome,
    outputDistance: z.tuple([z.number(), z.number()]).nullable(),
  })),
  mutations: z.array(z.strictObject({ role, agent: index, before: genome, after: genome })),
  collapse: z.array(role),
  equity: z.strictObject({ champion: z.number(), committee: z.number() }),
}) satisfies z.ZodType<IterationEvent>;

/**
 * provenance.json: where a run came from. It is no part of the deterministic bytes. What stands here must be
 * there; a run may add what else it knows (data hashes, trial number, tokens and dollars ...).
 */
export const provenanceSchema = z.object({
  /** The resolved config. */
  config: z.record(z.string(), z.json()),
  /** ISO time at which the run started, UTC. */
  startedAt: z.iso.datetime(),
  wallSeconds: z.number().min(0),
  /** Null outside a git checkout. */
  git: z.strictObject({ commit: z.string(), dirty: z.boolean() }).nullable(),
  /** Versions by name: the project, Deno, packages. */
  versions: z.record(z.string(), z.string()),
}).catchall(z.json());
export type Provenance = Readonly<z.output<typeof provenanceSchema>>;
