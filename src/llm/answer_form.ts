/** The form that an answer must have: a zod schema, and the JSON Schema that providers are sent. */
import * as z from "zod";

/** What judges a value: the part of a zod schema that readers of replies use. */
export interface Judge<Value> {
  /** The value as the form has it, or what is wrong with it. */
  safeParse(value: unknown): Judgement<Value>;
}

/** A value that fits, or the faults of one that does not. */
export type Judgement<Value> =
  | { readonly success: true; readonly data: Value }
  | {
    readonly success: false;
    readonly error: {
      readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
    };
  };

/** What is asked of a reply; its version is part of every call's hash. */
export interface AnswerForm<Value> {
  /** Letters, digits, _ and -, at most 64: providers take it for the name of a function. */
  readonly name: string;
  /** Raised whenever the meaning of a field changes. */
  readonly version: number;
  /** Who judges a reply. */
  readonly schema: Judge<Value>;
  /** What is sent: strict objects, every property required. */
  readonly jsonSchema: JsonObject;
}

/** JSON data whose shape a provider defines. */
export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * The form of a zod schema. Strict decoders take objects alone whose properties are all required, so what may be
 * missing is stated as nullable.
 *
 * @internal The type of zod is not ours to document.
 * @throws {RangeError} If the name does not fit, or an object has optional or further properties.
 */
export function answerForm<Value>(
  name: string,
  version: number,
  schema: z.ZodType<Value>,
): AnswerForm<Value> {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(name)) {
    throw new RangeError(
      `Cannot make an answer form as its name must be 1 to 64 letters, digits, _ or -: current value is ${name}`,
    );
  }
  const { $schema: _, ...jsonSchema } = z.toJSONSchema(schema, { target: "draft-7", io: "input" });
  const fault = strictFault(jsonSchema, "$");
  if (fault) throw new RangeError(`Cannot make the answer form ${name} as ${fault}`);
  return { name, version, schema, jsonSchema };
}

/** Why a JSON Schema is not one that strict decoders take; null if it is. */
function strictFault(node: unknown, path: string): string | null {
  if (Array.isArray(node)) return firstFault(node.map((one, i) => [`${path}[${i}]`, one]));
  if (typeof node !== "object" || node === null) return null;
  const { type, properties, required = [], additionalProperties } = node as Record<string, unknown>;
  if (type === "object") {
    const names = Object.keys((properties ?? {}) as object);
    const loose = names.find((name) => !(required as string[]).includes(name));
    if (loose !== undefined) return `${path}.${loose} must be required: make it nullable, not optional`;
    if (additionalProperties !== false) return `${path} must be a strict object: use z.strictObject`;
  }
  return firstFault(Object.entries(node).map(([key, one]) => [`${path}.${key}`, one]));
}

function firstFault(nodes: readonly (readonly [string, unknown])[]): string | null {
  for (const [path, node] of nodes) {
    const fault = strictFault(node, path);
    if (fault) return fault;
  }
  return null;
}
