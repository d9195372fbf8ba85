/**
 * Every setting there is, read off the schema: its path, what it may be, its default and its meaning. Whatever
 * lists, explains or suggests settings reads this; nothing about a setting is written twice.
 */
import * as z from "zod";
import type { SettingType } from "./setting_type.ts";

/** One setting. */
export interface Setting {
  /** Dotted; a name that the user gives stands as `*`: "universe.instruments.*.tick". */
  readonly path: string;
  readonly type: SettingType;
  /** True if it may be null, which is then what its meaning says. */
  readonly nullable: boolean;
  /** Undefined for a setting that must be stated where its group is. */
  readonly fallback: unknown;
  readonly meaning: string;
}

/** A group of settings; "" is the whole. */
export interface SettingGroup {
  readonly path: string;
  readonly meaning: string;
  /** Rule for the names of its members where the user gives them; null where they are fixed. */
  readonly names: RegExp | null;
}

/** What stands at a path. */
export type Place =
  | { readonly kind: "setting"; readonly setting: Setting }
  | { readonly kind: "group"; readonly group: SettingGroup };

/** The part of JSON Schema that zod writes for settings. */
interface SchemaNode {
  readonly type?: string;
  readonly enum?: readonly (string | number)[];
  readonly anyOf?: readonly SchemaNode[];
  readonly items?: SchemaNode;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | false;
  readonly propertyNames?: { readonly pattern?: string };
  readonly default?: unknown;
  readonly description?: string | undefined;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** The settings of a schema, in its order, and what stands at each path. */
export interface SettingCatalogue {
  readonly settings: readonly Setting[];
  readonly groups: readonly SettingGroup[];
  /** What stands at a path; undefined where nothing does. */
  at(path: readonly string[]): Place | undefined;
}

/** Reads a schema of groups and settings. @throws {RangeError} If it holds what no setting may be. */
export function catalogueOf(schema: z.ZodType): SettingCatalogue {
  const root = z.toJSONSchema(schema, { io: "input" }) as SchemaNode;
  const places = [...placesOf(root, "")];
  return {
    settings: places.flatMap((place) => place.kind === "setting" ? [place.setting] : []),
    groups: places.flatMap((place) => place.kind === "group" ? [place.group] : []),
    at(path) {
      let node: SchemaNode | undefined = root;
      for (const key of path) node = memberOf(node, key);
      return node && placeOf(node, path.join("."));
    },
  };
}

function* placesOf(node: SchemaNode, path: string): Generator<Place> {
  const place = placeOf(node, path);
  yield place;
  if (place.kind === "setting") return;
  const below = path === "" ? "" : `${path}.`;
  for (const [key, member] of Object.entries(node.properties ?? {})) yield* placesOf(member, below + key);
  if (node.additionalProperties) yield* placesOf(node.additionalProperties, `${below}*`);
}

function memberOf(node: SchemaNode | undefined, key: string): SchemaNode | undefined {
  if (node?.properties && Object.hasOwn(node.properties, key)) return node.properties[key];
  if (!node?.additionalProperties || !namesOf(node)!.test(key)) return undefined;
  return node.additionalProperties;
}

function namesOf({ propertyNames, additionalProperties }: SchemaNode): RegExp | null {
  return additionalProperties ? new RegExp(propertyNames?.pattern ?? "^(?!__proto__$)") : null;
}

function placeOf(node: SchemaNode, path: string): Place {
  const meaning = node.description ?? "";
  if (node.type === "object") return { kind: "group", group: { path, meaning, names: namesOf(node) } };
  const nullable = node.anyOf?.some(({ type }) => type === "null") ?? false;
  const value = nullable ? node.anyOf!.find(({ type }) => type !== "null")! : node;
  return {
    kind: "setting",
    setting: {
      path,
      type: typeOf({ ...value, description: undefined }, path),
      nullable,
      fallback: node.default,
      meaning,
    },
  };
}

function typeOf(node: SchemaNode, path: string): SettingType {
  if (node.enum) return { kind: "choice", values: node.enum };
  if (node.type === "boolean") return { kind: "switch" };
  if (node.type === "string") return { kind: "text", what: node.description ?? "a text" };
  if (node.type === "array" && node.items) {
    const { minItems: least = 0, maxItems: most = Infinity } = node;
    return { kind: "list", of: typeOf(node.items, path), least, most };
  }
  if (node.type === "number" || node.type === "integer") {
    const { minimum, exclusiveMinimum, maximum: max = Infinity } = node;
    const min = minimum ?? exclusiveMinimum ?? -Infinity;
    return { kind: "number", integer: node.type === "integer", min, max, above: minimum === undefined };
  }
  throw new RangeError(
    `Cannot list ${path} as a setting must be a number, a choice, true or false, a text, or a list of one of ` +
      `these: current value is ${JSON.stringify(node)}`,
  );
}
