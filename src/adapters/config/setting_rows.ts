import { type ResolvedSettings, settingCatalogue, type SettingOrigin } from "./resolve_settings.ts";
import { rangeOf } from "./setting_type.ts";

/** One setting with its value. */
export interface SettingRow {
  /** Dotted path, as --set takes it. */
  readonly key: string;
  /** Undefined for a setting below a name that nobody has given. */
  readonly value: unknown;
  /** Null too where it must be stated: `required` tells which. */
  readonly default: unknown;
  readonly required: boolean;
  readonly meaning: string;
  /** What it may be: "0 to 1", "1 to 9, whole", "none | hybrid". */
  readonly range: string;
  readonly from: SettingOrigin;
}

/** The settings below one group; "" holds those that stand in none. */
export interface SettingSection {
  readonly group: string;
  readonly meaning: string;
  readonly rows: readonly SettingRow[];
}

const BY_DEFAULT: SettingOrigin = { origin: { kind: "default" }, was: null };

/**
 * Every setting with its value, in the order of the schema, by outermost group. Settings below names that the user
 * gives (coins) are a section for each name, or one for `<coin>` where there is none.
 */
export function settingSections({ settings, origins }: ResolvedSettings): readonly SettingSection[] {
  const { groups, settings: all } = settingCatalogue();
  const meaningOf = new Map(groups.map(({ path, meaning }) => [path, meaning]));
  const sections = new Map([["", { meaning: "", rows: [] as SettingRow[] }]]); // those of no group go first
  for (const setting of all) {
    const pattern = setting.path.split(".");
    const named = pattern.indexOf("*"); // -1 where the user names nothing
    for (const path of pathsIn(settings, pattern)) {
      const key = path.join(".");
      const group = path.slice(0, named < 0 ? Math.min(1, path.length - 1) : named + 1).join(".");
      const meaning = meaningOf.get(named < 0 ? group : pattern.slice(0, named).join("."))!;
      const section = sections.get(group) ?? { meaning, rows: [] };
      sections.set(group, section);
      section.rows.push({
        key,
        value: valueAt(settings, path),
        default: setting.fallback ?? null,
        required: setting.fallback === undefined,
        meaning: setting.meaning,
        range: rangeOf(setting.type, setting.nullable),
        from: origins.get(key) ?? BY_DEFAULT,
      });
    }
  }
  return [...sections].map(([group, section]) => ({ group, ...section }));
}

/** The paths of a tree that a pattern with `*` for any name stands for; `<coin>` is the name where there is none. */
function pathsIn(tree: unknown, pattern: readonly string[]): string[][] {
  const [first, ...rest] = pattern;
  if (first === undefined) return [[]];
  const names = first === "*" ? Object.keys(tree as object) : [first];
  return (names.length === 0 ? ["<coin>"] : names).flatMap((name) =>
    pathsIn(valueAt(tree, [name]) ?? {}, rest).map((path) => [name, ...path])
  );
}

/** The value at a path of a tree; undefined where there is none. */
function valueAt(tree: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (branch, key) => (branch as Readonly<Record<string, unknown>> | undefined)?.[key],
    tree,
  );
}
