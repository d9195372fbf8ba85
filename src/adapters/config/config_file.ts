import { parseDocument } from "yaml";
import type * as z from "zod";
import { UserError } from "../../core/user_error.ts";

type Tree = { [key: string]: unknown };

/** Reads a YAML file as a plain object. Duplicate keys and syntax errors are named with their line. */
export async function readYaml(path: string): Promise<Tree> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      throw new UserError(`Cannot read the configuration as ${path} must exist: there is no such file`);
    }
    throw error;
  }
  const document = parseDocument(text);
  const problem = document.errors[0];
  if (problem) {
    const line = problem.linePos?.[0].line ?? 0;
    throw new UserError(
      `Cannot read ${path}, line ${line}, as it must be YAML: ${problem.message.split("\n")[0]}`,
    );
  }
  const value = document.toJS() as unknown;
  if (value === null) return {};
  if (typeof value !== "object" || Array.isArray(value)) {
    throw new UserError(
      `Cannot read ${path} as it must hold keys and values: current value is ${JSON.stringify(value)}`,
    );
  }
  return value as Tree;
}

/** Sets a dotted key of a tree in place, making the branches on the way. */
export function setPath(tree: Tree, path: string, value: unknown): void {
  const keys = path.split(".");
  let branch = tree;
  for (const key of keys.slice(0, -1)) {
    const next = branch[key];
    if (next === undefined) branch[key] = {};
    else if (typeof next !== "object" || next === null) {
      throw new UserError(
        `Cannot set ${path} as ${key} must be a group of settings: current value is ${JSON.stringify(next)}`,
      );
    }
    branch = branch[key] as Tree;
  }
  branch[keys.at(-1)!] = value;
}

/** Reads "key=value" with the value in YAML's notation: numbers, true, null, [a, b] or text. */
export function parseAssignment(text: string): { readonly path: string; readonly value: unknown } {
  const at = text.indexOf("=");
  if (at < 1) {
    throw new UserError(`Cannot set a key as it must be written key=value: current value is ${text}`);
  }
  const document = parseDocument(text.slice(at + 1));
  if (document.errors[0]) {
    throw new UserError(
      `Cannot set ${text.slice(0, at)} as its value must be YAML: current value is ${text.slice(at + 1)}`,
    );
  }
  return { path: text.slice(0, at), value: document.toJS() as unknown };
}

/**
 * Checks a tree against a schema and fills in its defaults.
 *
 * @throws {UserError} One line for each problem: the path, the rule and the value.
 */
export function resolveConfig<Output>(schema: z.ZodType<Output>, tree: Tree, origin: string): Output {
  const parsed = schema.safeParse(tree);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => {
    if (issue.code === "unrecognized_keys") {
      const parent = issue.path.length > 0 ? `${issue.path.join(".")}.` : "";
      return issue.keys.map((key) => `  ${parent}${key}: no such setting`).join("\n");
    }
    const path = issue.path.join(".");
    return `  ${path}: ${issue.message}: current value is ${JSON.stringify(valueAt(tree, issue.path))}`;
  });
  throw new UserError(`Cannot run as the configuration (${origin}) breaks a rule:\n${lines.join("\n")}`);
}

function valueAt(tree: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (branch, key) =>
      typeof branch === "object" && branch !== null
        ? (branch as Record<PropertyKey, unknown>)[key]
        : undefined,
    tree,
  );
}
