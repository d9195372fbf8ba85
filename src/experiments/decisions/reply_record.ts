/** What is kept of each question to a model: small enough to commit, complete enough to score without the network. */
import * as z from "zod";
import { decisionSchema } from "./benchmark.ts";
import { PROBE_NAMES } from "./probes.ts";

const callSchema = z.strictObject({
  /** How the call's hash begins; its cassette lies under it. */
  hash: z.string(),
  rung: z.string(),
  verdict: z.string(),
  input: z.int().min(0).nullable(),
  output: z.int().min(0).nullable(),
  latencyMs: z.number().min(0),
  dollars: z.number().min(0),
});

/** @internal The shape stands in the schema. */
export const replyRecordSchema = z.strictObject({
  point: z.string(),
  probe: z.enum(PROBE_NAMES as [string, ...string[]]),
  /** Null where the model abstained. */
  decision: decisionSchema.nullable(),
  /** Why it abstained; null where it did not. */
  reason: z.string().nullable(),
  /** What had to be mended before there was a decision. */
  repairs: z.array(z.string()),
  /** See `Grounding`; null where the model was shown no numbers or abstained. */
  grounding: z.strictObject({ numbers: z.int(), matched: z.int(), elsewhere: z.int() }).nullable(),
  calls: z.array(callSchema),
});

/** @internal The shape stands in the schema. */
export const modelRecordsSchema = z.strictObject({
  version: z.literal(1),
  benchmark: z.strictObject({ name: z.string(), hash: z.string(), promptVersion: z.string() }),
  model: z.strictObject({
    /** In the table of models. */
    name: z.string(),
    /** As it is sent. */
    id: z.string(),
    /** As replies name it: for a local model the hash of its file. */
    fingerprint: z.string().nullable(),
    /** The model that replies name, where it is another name than was sent: a dated snapshot, or another model. */
    served: z.string().optional(),
    /** True for scripted models: programs that stand in for a model, with faults that are known. */
    simulated: z.boolean(),
    cutoff: z.string().nullable(),
    /** When its price was looked up; null where it has none. */
    priced: z.string().nullable(),
  }),
  records: z.array(replyRecordSchema),
});

/**
 * A question and what came of it.
 *
 * @internal
 */
export type ReplyRecord = Readonly<z.output<typeof replyRecordSchema>>;
/**
 * All that one model answered.
 *
 * @internal
 */
export type ModelRecords = Readonly<z.output<typeof modelRecordsSchema>>;
