/** What an extension may hold, field by field: one schema, read before anything of it is declared. */
import * as z from "zod";
import { methodsOf, type Variant } from "../../agents/variant.ts";
import { STRATEGY_KINDS } from "../../experiments/result.ts";
import { CATALOGUE } from "../../features/catalogue.ts";
import { SIGNAL_NAMES } from "../../features/signals/signals.ts";
import type { Gene } from "../../genome/gene.ts";
import { shareFaults } from "../../genome/genome.ts";
import { ROLES } from "../../genome/role.ts";
import { type PoolName, POOLS } from "../../inventory/pools.ts";
import { COLUMN_NAMES } from "../../market/panel.ts";
import type { Extension } from "./extension.ts";

const name = z.string().regex(/^[A-Za-z][\w-]{0,63}$/, "must be a letter, then letters, digits, _ or -");
const text = z.string().min(1);
const called = z.custom<unknown>((value) => typeof value === "function", "must be a function");
const values = z.record(z.string(), z.number());

const gene = z.strictObject({
  name: text,
  scale: z.enum(["linear", "log", "integer", "weight"]),
  min: z.number(),
  max: z.number(),
  group: z.string().optional(),
}).refine(({ min, max }) => min < max, { path: ["max"], error: "must be above min" });

const NEEDS = [
  "turnover",
  "openInterest",
  "funding",
  "longRatio",
  "index",
  "signals",
  "proposals",
  "answers",
] as const;

const method = z.strictObject({
  summary: text,
  genes: z.array(gene),
  start: values,
  warmUp: z.int().min(0).max(360),
  warmUpOn: called.optional(),
  refitEvery: z.int().min(1),
  needs: z.array(z.enum(NEEDS)),
  source: text.optional(),
  run: called,
  resume: called.optional(),
  keys: z.array(text).optional(), // of a method that chooses among others
  methods: z.record(text, z.custom<object>((value) => typeof value === "object" && value !== null))
    .optional(),
  select: called.optional(),
  learned: called.optional(),
  measure: called.optional(), // of a check that measures one thing, with its words
  what: z.string().optional(),
  limit: z.string().optional(),
  unit: z.enum(["share", "times"]).optional(),
  hardAt: z.number().optional(),
}).superRefine(({ genes, start }, context) => {
  const own = genes as readonly Gene[];
  for (const message of shareFaults({ common: [], own }, start)) {
    context.addIssue({ code: "custom", path: ["start"], message });
  }
  for (const { name, min, max } of genes) {
    const value = start[name];
    if (value !== undefined && value >= min && value <= max) continue;
    const message = `must be a number in ${min}..${max}, as its gene has it`;
    context.addIssue({ code: "custom", path: ["start", name], message });
  }
});

const identities = {
  analyst: z.strictObject({
    readings: z.array(text).min(1),
    derivatives: z.array(z.strictObject({ column: text, params: z.array(z.number()), scale: z.number() })),
    signals: z.array(z.enum(SIGNAL_NAMES)),
    trend: text,
    volatility: text,
    regimes: text,
  }),
  researcher: z.strictObject({
    levels: z.array(z.number().gt(0).lt(1)).min(1).refine(
      (levels) => levels.every((level, i) => i === 0 || level > levels[i - 1]!),
      "must ascend",
    ),
    forecasting: text,
    uncertainty: text.nullable(),
    calibration: text.nullable(),
    probabilities: text.optional(),
  }),
  trader: z.strictObject({
    view: text,
    stance: text,
    style: text,
    sizing: text.optional(),
    forecastWeight: z.number(),
    direction: z.union([z.literal(-1), z.literal(0), z.literal(1)], "must be -1, 0 or 1"),
    fullEdge: z.number().gt(0),
  }),
  risk: z.strictObject({ check: text }),
} as const;

const variant = z.discriminatedUnion(
  "role",
  ROLES.map((role) =>
    z.strictObject({
      role: z.literal(role),
      name,
      summary: text,
      start: values,
      shares: z.array(gene).optional(),
      identity: identities[role],
    })
  ) as never,
  `must be one of ${ROLES.join(", ")}`,
);

const strategy = z.strictObject({
  label: text,
  kind: z.enum(STRATEGY_KINDS),
  note: z.string(),
  mandate: called,
});

const indicator = z.strictObject({
  summary: text,
  params: z.array(text),
  defaults: z.array(z.int().min(1)),
  warmUp: called,
  needs: z.array(z.enum(COLUMN_NAMES)).optional(),
  ofNews: z.literal(true).optional(),
  compute: called,
}).refine(({ params, defaults }) => params.length === defaults.length, {
  path: ["defaults"],
  error: "must have one value for each of params",
});

const poolNames = Object.keys(POOLS) as [PoolName, ...PoolName[]];

/** The shape of an extension; that the methods a variant names exist is looked at last. */
export const extensionSchema = z.strictObject({
  variants: z.array(variant).optional(),
  methods: z.partialRecord(z.enum(poolNames), z.record(name, method)).optional(),
  strategies: z.record(name, strategy).optional(),
  indicators: z.record(name, indicator).optional(),
  figures: z.record(name, called).optional(),
}).superRefine((given, context) => {
  const extension = given as Extension;
  (extension.variants as readonly Variant[] | undefined)?.forEach((one, i) => {
    const unknown = (path: string[], what: string, value: string, choices: readonly string[]) =>
      context.addIssue({
        code: "custom",
        path: ["variants", i, ...path],
        message: `must be ${what}`,
        params: { value, choices },
      });
    for (const { pool, key } of methodsOf(one)) {
      const known = [...Object.keys(POOLS[pool]), ...Object.keys(extension.methods?.[pool] ?? {})];
      if (!known.includes(key)) unknown(["identity", pool.split(".")[1]!], `a method of ${pool}`, key, known);
    }
    const columns = [...Object.keys(CATALOGUE), ...Object.keys(extension.indicators ?? {})];
    for (const { column } of "derivatives" in one.identity ? one.identity.derivatives : []) {
      if (!columns.includes(column)) {
        unknown(["identity", "derivatives"], "a column of features", column, columns);
      }
    }
  });
});

/** The fields that may stand at a place of an extension, for suggestions; none where names are free. */
export function fieldsAt(path: readonly PropertyKey[]): readonly string[] {
  const [part, , inner] = path;
  if (part === undefined) return Object.keys(extensionSchema.shape);
  if (part === "methods") {
    return path.length === 1 ? poolNames : path.length === 3 ? Object.keys(method.shape) : [];
  }
  if (part === "strategies") return path.length === 2 ? Object.keys(strategy.shape) : [];
  if (part === "indicators") return path.length === 2 ? Object.keys(indicator.shape) : [];
  if (part !== "variants") return [];
  if (path.length === 2) return ["name", "role", "summary", "start", "shares", "identity"];
  return inner === "identity" ? Object.values(identities).flatMap(({ shape }) => Object.keys(shape)) : [];
}
