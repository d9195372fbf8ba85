import { UserError } from "../../core/user_error.ts";
import { reasonOf as whyOf } from "../files/system_error.ts";
import { type Assignment, printable, shown } from "./written.ts";
import { readYamlSettings } from "./yaml_settings.ts";

/** Bytes of a file of settings; one that states everything has about 10,000. */
const MOST_BYTES = 256 * 1024;

/**
 * Reads a YAML file of settings.
 *
 * @returns One assignment for each of its outermost keys; none for an empty file.
 * @throws {UserError} If it cannot be read, is too large, or is not such a file: with the line.
 */
export async function readSettingsFile(path: string): Promise<readonly Assignment[]> {
  return settingsIn(decode(await readBounded(path), path), path);
}

/** The assignments of a file's text. @throws {UserError} As above. */
export function settingsIn(text: string, path: string): readonly Assignment[] {
  const value = readYamlSettings(text, printable(path), (line) => ({ kind: "file", file: path, line }));
  if (value === null || (value.kind === "text" && value.text === "" && !value.quoted)) return [];
  if (value.kind !== "group") {
    throw new UserError(
      `Cannot read ${printable(path)} as it must hold keys and values: current value is ${shown(value)}`,
    );
  }
  return value.entries.map(([key, one]) => ({ path: [key], value: one }));
}

/** The bytes of a file, however it says how long it is: pipes and devices do not. */
async function readBounded(path: string): Promise<Uint8Array> {
  const bytes = new Uint8Array(MOST_BYTES + 1);
  let length = 0;
  try {
    using file = await Deno.open(path);
    while (length < bytes.length) {
      const read = await file.read(bytes.subarray(length));
      if (read === null) break;
      length += read;
    }
  } catch (error) {
    throw new UserError(`Cannot read the configuration ${printable(path)} ${reasonOf(error)}`, {
      cause: error,
    });
  }
  if (length > MOST_BYTES) {
    throw new UserError(
      `Cannot read the configuration ${printable(path)} as it may have ${MOST_BYTES / 1024} kB, no more`,
    );
  }
  return bytes.subarray(0, length);
}

function reasonOf(error: unknown): string {
  if (error instanceof Deno.errors.NotFound) return "as it must exist: there is no such file";
  if (error instanceof Deno.errors.IsADirectory) return "as it must be a file: it is a folder";
  return `as ${whyOf(error)}`;
}

function decode(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new UserError(
      `Cannot read the configuration ${printable(path)} as its text must be UTF-8: save it so`,
      {
        cause: error,
      },
    );
  }
}
