/** Reading JSON strictly: what is missing, cut or of another shape is an error that names the file and the field. */
import * as z from "zod";
import { UserError } from "../../core/user_error.ts";
import { reasonOf } from "./system_error.ts";

/** Parses text. @throws {UserError} If it is no JSON; the place is named. */
export function parsedJson(place: string, content: string): unknown {
  try {
    return JSON.parse(content);
  } catch (cause) {
    throw new UserError(`Cannot read ${place} as it must be JSON: it was cut or changed`, { cause });
  }
}

/** The value if it fits. @throws {UserError} With the place and the fields that do not. */
export function checked<Schema extends z.ZodType>(
  place: string,
  schema: Schema,
  value: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.slice(0, 5).map((issue) =>
    `${z.core.toDotPath(issue.path) || "(root)"}: ${issue.message}`
  );
  throw new UserError(`Cannot read ${place} as it must fit its schema: ${issues.join("; ")}`);
}

/** The text of a file. @throws {UserError} If it is not there or cannot be read. */
export async function requiredText(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (cause) {
    throw new UserError(`Cannot read a run as ${path} must be there and readable: ${reasonOf(cause)}`, {
      cause,
    });
  }
}

/** A JSON file that fits a schema. */
export async function readJson<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<z.output<Schema>> {
  return checked(path, schema, parsedJson(path, await requiredText(path)));
}
