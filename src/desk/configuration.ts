/** Settings as a notebook writes them: an object, or a file. */
import { readSettingsFile } from "../adapters/config/settings_file.ts";
import { type Assignment, type Origin, writtenOf, type WrittenValue } from "../adapters/config/written.ts";
import { resolveWithExtensions } from "../adapters/extensions/named_extensions.ts";
import { shown } from "../core/shown.ts";
import type { Settings } from "../experiments/config.ts";

/** Some of the settings; what is left out is at its default. */
export type SettingsRequest = {
  readonly [Group in keyof Settings]?: Settings[Group] extends
    readonly unknown[] | string | number | boolean | null ? Settings[Group]
    : { readonly [Name in keyof Settings[Group]]?: Partial<Settings[Group][Name]> | undefined };
};

const ORIGIN: Origin = { kind: "flag", flag: "the notebook" };

/**
 * Reads settings, after the modules of one's own that they name have been loaded.
 *
 * @param settings Some settings, or the path of a YAML file of them.
 * @param extensions Further modules of one's own, by paths from the working folder.
 * @throws {UserError} With the path, the rule and the value of whatever breaks a rule.
 */
export async function configure(
  settings: SettingsRequest | string,
  extensions: readonly string[] = [],
): Promise<Settings> {
  if (
    typeof settings !== "string" &&
    (typeof settings !== "object" || settings === null || Array.isArray(settings))
  ) {
    throw new RangeError(
      `Cannot read settings as they must be an object, such as { iterations: 4 }, or the path of a YAML file: current value ` +
        `is ${shown(settings)}`,
    );
  }
  const given = typeof settings === "string" ? await readSettingsFile(settings) : assignmentsOf(settings);
  const own: Assignment[] = extensions.length === 0
    ? []
    : [{ path: ["extensions"], value: writtenOf(extensions, ORIGIN) }];
  return (await resolveWithExtensions([...given, ...own], { learns: true })).settings;
}

function assignmentsOf(settings: SettingsRequest): Assignment[] {
  return Object.entries(settings).filter(([, value]) => value !== undefined).map(([key, value]) => ({
    path: [key],
    value: written(value),
  }));
}

function written(value: unknown): WrittenValue {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return writtenOf(value, ORIGIN);
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return { kind: "group", entries: entries.map(([key, member]) => [key, written(member)]), origin: ORIGIN };
}
