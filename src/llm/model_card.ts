/** What is known of a model and of who serves it: the schema of configs/models.yaml. */
import * as z from "zod";
import { RUNGS } from "./chat_call.ts";

const day = z.iso.date("must be a day like 2026-09-23");

/** USD per million tokens, each with at most six decimals, so that a token costs a whole number of picodollars. */
const dollars = z.number().min(0).max(1000).refine(
  (value) => Number.isInteger(Math.round(value * 1e12) / 1e6),
  "must have at most six decimals",
);

/** What the ladder and the reading of replies answer for: another model or a second choice would come in unseen. */
const OURS = `model messages n stream max_tokens max_completion_tokens temperature top_p seed reasoning_effort
  response_format tools tool_choice`.split(/\s+/);

/** Fields of every request beside those that are made of the question. */
const extra = z.record(z.string(), z.unknown()).default({}).superRefine((fields, context) => {
  for (const name of OURS.filter((one) => Object.hasOwn(fields, one))) {
    context.addIssue({
      code: "custom",
      path: [name],
      message: `must be left out: ${name} of a request follows from the question and the table's own fields`,
    });
  }
});

const priceSchema = z.strictObject({
  input: dollars,
  output: dollars,
  /** Of input that the provider had in its cache; as input where left out. */
  cachedInput: dollars.optional(),
  /** When the price was looked up. */
  date: day,
  /** Where. */
  source: z.string().min(1),
});

/** @internal The shape stands in the schema. */
export const providerSchema = z.strictObject({
  baseUrl: z.url({ protocol: /^https?$/ }).refine(
    (text) => !/[?#]|\/\/[^/]*@|\/chat\/completions\/?$/.test(text),
    "must be the address before /chat/completions, without a user, a query or a fragment",
  ),
  /** The name of the environment variable that holds the key; null for servers that want none. */
  key: z.string().regex(/^[A-Z][A-Z0-9_]*$/, "must be the name of a variable, never a key").nullable(),
  /** Requests under way at once. */
  atOnce: z.int().min(1).max(64).default(4),
  /** A reply that is not whole after so many seconds is given up. */
  timeoutSeconds: z.number().positive().max(3600).default(120),
  /** Tokens that the provider may add to a prompt unseen: templates, prompts for tools. */
  hiddenTokens: z.int().min(0).default(200),
  /** Fields of every request to this provider. */
  extra,
}).refine(({ baseUrl, key }) => key === null || isSafe(baseUrl), {
  path: ["baseUrl"],
  message: "must be https where a key is sent: over http it goes out in clear, but to this machine",
});

/** True where what is sent cannot be read on the way: encrypted, or on the loopback. */
function isSafe(baseUrl: string): boolean {
  const url = URL.parse(baseUrl); // what is no address is told so before
  return url?.protocol !== "http:" || /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
}

/** @internal The shape stands in the schema. */
export const modelSchema = z.strictObject({
  provider: z.string(),
  /** The name that is sent: a dated snapshot where there is one. */
  id: z.string().min(1),
  /** Rungs that the model knows, in the order in which they are tried. */
  structured: z.array(z.enum(RUNGS)).min(1),
  /** Largest temperature it takes; null where it refuses the field. */
  temperature: z.number().positive().nullable(),
  topP: z.boolean(),
  seed: z.boolean(),
  /** Efforts it may be asked for; none where it knows no such field. */
  reasoning: z.array(z.string()).default([]),
  /** The field that bounds the output. */
  limitField: z.enum(["max_tokens", "max_completion_tokens"]),
  /** Tokens of prompt and output together. */
  context: z.int().positive(),
  maxOutput: z.int().positive(),
  /** Its tokenizer; null where it is not public: each byte then counts as a token in what is reserved. */
  tokenizer: z.enum(["o200k_base", "cl100k_base"]).nullable(),
  /** Null where it is not known; such a model is not called. */
  price: priceSchema.nullable(),
  /** Month up to which it may have read, "2024-06"; null where nobody says. */
  cutoff: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "must be a month like 2024-06").nullable(),
  /** The day on which the provider turns it off. */
  retires: day.optional(),
  /** True for a program that stands in for a model: every table of its decisions says so. */
  simulated: z.boolean().default(false),
  /** Fields of every request to this model. */
  extra,
});

const cap = z.strictObject({
  dollars: z.number().min(0).max(9000).optional(),
  tokens: z.int().min(0).optional(),
});

/** @internal The shape stands in the schema. */
export const modelsSchema = z.strictObject({
  budget: z.strictObject({
    run: cap,
    day: cap,
    /** Within a run, by role. */
    roles: z.record(z.string(), cap).default({}),
  }),
  providers: z.record(z.string(), providerSchema),
  models: z.record(z.string(), modelSchema),
}).superRefine(({ providers, models }, context) => {
  for (const [name, { provider, structured }] of Object.entries(models)) {
    if (!Object.hasOwn(providers, provider)) {
      context.addIssue({
        code: "custom",
        path: ["models", name, "provider"],
        message: `must be one of ${Object.keys(providers).join(", ")}: current value is ${provider}`,
      });
    }
    if (new Set(structured).size < structured.length) {
      context.addIssue({
        code: "custom",
        path: ["models", name, "structured"],
        message: "must name a rung once",
      });
    }
  }
});

/**
 * USD per million tokens, with its date.
 *
 * @internal
 */
export type Price = Readonly<z.output<typeof priceSchema>>;
/**
 * Who serves models.
 *
 * @internal
 */
export type Provider = Readonly<z.output<typeof providerSchema>>;
/**
 * What is known of a model.
 *
 * @internal
 */
export type ModelCard = Readonly<z.output<typeof modelSchema>>;
/**
 * Providers, models and the budget.
 *
 * @internal
 */
export type Models = Readonly<z.output<typeof modelsSchema>>;
/**
 * A bound on dollars, tokens or both; what is left out is not bounded.
 *
 * @internal
 */
export type Cap = Readonly<z.output<typeof cap>>;
/** The bounds on what calls may cost. */
export type Caps = Models["budget"];
