import { UserError } from "../../core/user_error.ts";
import { type Assignment, type Origin, printable, type WrittenValue } from "./written.ts";
import { readYamlSettings } from "./yaml_settings.ts";

const ORIGIN: Origin = { kind: "flag", flag: "--set" };

/**
 * Reads "key=value". The value is a text as it stands; one that begins with a bracket or a quotation mark is
 * read as YAML, so that `[BTC, ETH]`, `{tick: 0.01, lot: 1}` and `"a text"` can be written.
 *
 * @throws {UserError} If it is not written so.
 */
export function parseAssignment(text: string): Assignment {
  const at = text.indexOf("=");
  const key = text.slice(0, Math.max(0, at)).trim(), value = text.slice(at + 1).trim();
  if (key === "" || key.split(".").includes("")) {
    throw new UserError(
      `Cannot set a key as it must be written key=value, e.g. population.transferTau=0.2: current value is ${
        printable(text)
      }`,
    );
  }
  if (value === "") {
    throw new UserError(
      `Cannot set ${printable(key)} as nothing stands behind the =: write ${
        printable(key)
      }=null for none, or =[] for an empty list`,
    );
  }
  return { path: key.split("."), value: valueOf(value, key) };
}

function valueOf(text: string, key: string): WrittenValue {
  if (!/^[[{"']/.test(text)) return { kind: "text", text, quoted: false, origin: ORIGIN };
  try {
    return readYamlSettings(text, "the value", () => ORIGIN)!;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(
      `Cannot set ${printable(key)} as its value must be YAML: current value is ${printable(text)}`,
      { cause: error },
    );
  }
}
