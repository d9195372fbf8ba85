/** Settings that may name modules of one's own: those are loaded first, since settings name what they declare. */
import { dirname, resolve } from "node:path";
import { type ResolvedSettings, resolveSettings } from "../config/resolve_settings.ts";
import type { Assignment, WrittenText, WrittenValue } from "../config/written.ts";
import { loadExtensions } from "./load_extensions.ts";

/**
 * As `resolveSettings`, after the modules of `extensions` have been loaded: paths in a file count from that file,
 * others from the working folder. What comes back names them by name and content.
 *
 * @throws {UserError} If a setting breaks a rule, or a module cannot be loaded.
 */
export async function resolveWithExtensions(
  assignments: readonly Assignment[],
  options: { readonly learns: boolean },
): Promise<ResolvedSettings> {
  const paths = extensionPaths(assignments);
  const loaded = await loadExtensions(paths);
  const resolved = resolveSettings(assignments, options);
  return { ...resolved, settings: { ...resolved.settings, extensions: loaded.map(({ stamp }) => stamp) } };
}

/** Paths of the modules that the last assignment to `extensions` names. */
function extensionPaths(assignments: readonly Assignment[]): string[] {
  const value = assignments.findLast(({ path }) => path.join(".") === "extensions")?.value;
  return value === undefined ? [] : textsIn(value).map(placeOf);
}

/** Texts of a list, or of one text with commas; anything else is for `resolveSettings` to refuse. */
function textsIn(value: WrittenValue): readonly WrittenText[] {
  if (value.kind === "list") return value.items.filter((item) => item.kind === "text");
  if (value.kind !== "text" || (!value.quoted && /^(|~|null)$/i.test(value.text))) return [];
  if (value.quoted) return [value];
  return value.text.split(",").map((text) => ({ ...value, text: text.trim() }));
}

function placeOf({ text, origin }: WrittenText): string {
  return resolve(origin.kind === "file" ? dirname(origin.file) : ".", text);
}
