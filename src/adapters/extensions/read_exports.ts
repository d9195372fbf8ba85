/** What a module of one's own exports, read field by field: what is wrong is named by file, export, field and rule. */
import type * as z from "zod";
import { geneSet, startValues, type Variant } from "../../agents/variant.ts";
import { printable } from "../../core/printable.ts";
import { UserError } from "../../core/user_error.ts";
import { genesOf } from "../../genome/gene.ts";
import { shareFaults } from "../../genome/genome.ts";
import { nearest } from "../../core/nearest.ts";
import { type Extension, EXTENSION_PARTS } from "./extension.ts";
import { extensionSchema, fieldsAt } from "./extension_schema.ts";

/** Names under which a module may export an extension. */
const EXPORTS = ["default", "extension"] as const;

/** Things that are wrong with one module which are told at once. */
const MOST_ISSUES = 5;

/** The extension that a module exports, and under which name; null where it exports none and declares by itself. */
export interface ExportedExtension {
  readonly name: (typeof EXPORTS)[number];
  readonly extension: Extension;
}

/**
 * Reads what a module exports.
 *
 * @param declares True if the module declared something while it was imported.
 * @throws {UserError} If an export breaks a rule, is misspelt, or there is none.
 */
export function readExports(
  path: string,
  module: Readonly<Record<string, unknown>>,
  declares: boolean,
): ExportedExtension | null {
  const names = Object.keys(module), given = EXPORTS.filter((name) => names.includes(name));
  const parts: readonly string[] = EXTENSION_PARTS;
  for (const name of names.filter((one) => !(EXPORTS as readonly string[]).includes(one))) {
    if (parts.includes(name)) {
      throw refusal(path, [`${name}: a part must stand in the default export: export default { ${name} }`]);
    }
    const meant = given.length > 0 ? [] : nearest(name, [...EXPORTS, ...parts]); // beside one, others are the module's own
    if (meant.length > 0) {
      throw refusal(path, [`${printable(name)}: no such export. Did you mean ${meant.join(" or ")}?`]);
    }
  }
  if (given.length > 1) throw refusal(path, ["default, extension: only one of the two may be exported"]);
  const [name] = given;
  if (name === undefined) {
    if (declares) return null;
    throw refusal(path, [
      `it must export an extension or declare something: its exports are ${
        names.map((one) => printable(one)).join(", ") || "none"
      }. Write export default { ${parts.join(", ")} }, with what there is of them`,
    ]);
  }
  return { name, extension: readExtension(path, name, module[name]) };
}

/** What an export holds. @throws {UserError} If it breaks a rule. */
export function readExtension(path: string, name: string, value: unknown): Extension {
  const faults = faultsOf(name, value);
  if (faults.length > 0) throw refusal(path, faults);
  return value as Extension; // as it was written: what is declared keeps its identity
}

/** What breaks the rules for extensions, a line each, by field and rule. */
export function faultsOf(name: string, value: unknown): string[] {
  const parsed = extensionSchema.safeParse(value);
  if (parsed.success) return [];
  return [...new Set(parsed.error.issues.flatMap((issue) => issueLines(name, issue, value)))];
}

/** Refuses variants whose start values and genes do not go together; their methods have been declared. */
export function requireGenes(path: string, variants: readonly Variant[]): void {
  for (const variant of variants) {
    const lines = geneFaults(variant);
    if (lines.length > 0) throw refusal(path, lines);
  }
}

/** What of a variant's start values is no gene of it, out of its gene's range, or no shares of 1, a line each. */
export function geneFaults(variant: Variant): string[] {
  const set = geneSet(variant), genes = genesOf(set), start = startValues(variant);
  const at = `variant ${printable(variant.name)} (${variant.role}), start`;
  const known = genes.map((gene) => gene.name);
  return [
    ...Object.keys(variant.start).filter((key) => !known.includes(key)).map((key) => {
      const meant = nearest(key, known);
      return `${at}.${printable(key)}: no such gene${
        meant.length > 0 ? `. Did you mean ${meant.join(" or ")}?` : ""
      }`;
    }),
    ...genes.filter(({ name, min, max }) => !(start[name]! >= min && start[name]! <= max)).map(
      ({ name, min, max }) => `${at}.${name}: must be a number in ${min}..${max}: ${found(start[name])}`,
    ),
    ...shareFaults(set, start).map((fault) => `${at}: ${fault}`),
  ];
}

function refusal(path: string, lines: readonly string[]): UserError {
  const more = lines.length - MOST_ISSUES;
  const shown = [...lines.slice(0, MOST_ISSUES), ...(more > 0 ? [`and ${more} more`] : [])];
  return new UserError(
    `Cannot load the extension ${printable(path)} as what it exports must follow the rules:\n${
      shown.map((line) => `  ${line}`).join("\n")
    }`,
  );
}

function issueLines(name: string, issue: z.core.$ZodIssue, whole: unknown): string[] {
  const at = [name, ...issue.path.map((key) => typeof key === "number" ? `[${key}]` : placeOf(String(key)))]
    .join("");
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => {
      const known = fieldsAt(issue.path), meant = nearest(key, known);
      const hint = meant.length > 0
        ? `. Did you mean ${meant.join(" or ")}?`
        : known.length > 0
        ? `. There are ${known.join(", ")}`
        : "";
      return `${at}${placeOf(key)}: no such field${hint}`;
    });
  }
  if (issue.code === "invalid_key") return [`${at}: its name ${issue.issues[0]?.message ?? "breaks a rule"}`];
  if (issue.code === "custom" && issue.params?.choices) {
    const { value, choices } = issue.params as {
      readonly value: string;
      readonly choices: readonly string[];
    };
    const meant = nearest(value, choices);
    return [
      `${at}: ${issue.message}: it is ${printable(value)}. ${
        meant.length > 0 ? `Did you mean ${meant.join(" or ")}?` : `There are ${choices.join(", ")}.`
      }`,
    ];
  }
  return [`${at}: ${ruleOf(issue)}: ${found(valueAt(whole, issue.path))}`];
}

function valueAt(tree: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (branch, key) => (branch as Record<PropertyKey, unknown> | undefined)?.[key],
    tree,
  );
}

/** The rule of an issue in our words; what the schema says itself stands as it is. */
function ruleOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `must be ${WORDS[issue.expected] ?? `a ${issue.expected}`}`;
    case "invalid_value":
      return `must be ${issue.values.map(String).join(" or ")}`;
    case "too_small":
      return issue.origin === "string" || issue.origin === "array"
        ? "must not be empty"
        : `must be ${issue.inclusive ? "at least" : "above"} ${issue.minimum}`;
    case "too_big":
      return `must be ${issue.inclusive ? "at most" : "below"} ${issue.maximum}`;
    default:
      return issue.message;
  }
}

const WORDS: Readonly<Record<string, string>> = {
  object: "an object",
  array: "a list",
  int: "an integer",
  string: "a text",
  record: "an object of things by name",
};

function found(value: unknown): string {
  if (value === undefined) return "it is missing";
  if (typeof value === "function") return "it is a function";
  if (Array.isArray(value)) return `it is a list of ${value.length}`;
  if (typeof value === "object" && value !== null) {
    return `it is an object of ${printable(Object.keys(value).join(", ")) || "nothing"}`;
  }
  return `it is ${typeof value === "string" ? JSON.stringify(printable(value)) : value}`;
}

const placeOf = (key: string) =>
  /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(printable(key))}]`;
