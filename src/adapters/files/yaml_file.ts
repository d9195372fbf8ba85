import { parse, YAMLParseError } from "yaml";
import { UserError } from "../../core/user_error.ts";

/** YAML of a file. @throws {UserError} If it is none. */
export function parsedYaml(text: string, path: string): unknown {
  try {
    return parse(text, { maxAliasCount: 0 });
  } catch (cause) {
    if (!(cause instanceof YAMLParseError || cause instanceof ReferenceError)) throw cause;
    throw new UserError(`Cannot read ${path} as it must be YAML 1.2: ${cause.message.split("\n")[0]}`, {
      cause,
    });
  }
}
