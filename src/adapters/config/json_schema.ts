import * as z from "zod";
import { settingsSchema } from "../../experiments/config.ts";

/** The JSON schema of a file of settings, with meanings and defaults, for editors. */
export function settingsJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...schema } = z.toJSONSchema(settingsSchema, { io: "input" });
  return { $schema, title: "Settings of PopAgent", ...schema };
}
