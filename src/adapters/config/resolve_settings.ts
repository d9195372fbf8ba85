import { UserError } from "../../core/user_error.ts";
import { currentSettingsSchema, type Settings } from "../../experiments/config.ts";
import { complaint, complaintList, issueComplaint, unknownComplaint } from "./complaint.ts";
import { FORMER_NAMES, readFormer } from "./former_keys.ts";
import { formerValue } from "./former_values.ts";
import { readValue } from "./read_value.ts";
import { catalogueOf, type SettingCatalogue } from "./setting_catalogue.ts";
import { type Assignment, type Origin, originText, type WrittenValue } from "./written.ts";

/** Where a setting's value came from, and the key of the prototype that it was written under, if any. */
export interface SettingOrigin {
  readonly origin: Origin;
  readonly was: string | null;
}

/** Settings that fit the schema, and where those that were given came from, by dotted path. */
export interface ResolvedSettings {
  readonly settings: Settings;
  readonly origins: ReadonlyMap<string, SettingOrigin>;
  /** What somebody should know who wrote them, one sentence each without its full stop. */
  readonly notes: readonly string[];
}

/** A setting that was given a value. */
interface Given extends SettingOrigin {
  readonly path: readonly string[];
  readonly value: WrittenValue;
}

/** What assignments come to: settings of today by path, keys of the prototype, and what is neither. */
interface Collected {
  readonly given: Map<string, Given>;
  readonly former: Given[];
  readonly complaints: string[];
}

let known:
  | { readonly schema: ReturnType<typeof currentSettingsSchema>; readonly catalogue: SettingCatalogue }
  | null = null;

/** Every setting of PopAgent. */
export function settingCatalogue(): SettingCatalogue {
  const schema = currentSettingsSchema();
  if (known?.schema !== schema) known = { schema, catalogue: catalogueOf(schema) };
  return known.catalogue;
}

/**
 * Reads assignments as settings, later ones over earlier ones, and fills in the defaults. A group that a flag
 * assigns takes the place of what was given to it before; an empty one (`market:` and nothing below) is all
 * defaults.
 *
 * @param learns True for commands whose populations learn.
 * @throws {UserError} One line for each problem: the path, the rule, the value and where it stands.
 */
export function resolveSettings(
  assignments: readonly Assignment[],
  { learns }: { readonly learns: boolean },
): ResolvedSettings {
  const collected: Collected = { given: new Map(), former: [], complaints: [] };
  const { given, former, complaints } = collected;
  for (const { path, value } of assignments) {
    if (value.origin.kind === "flag") forget(given, path.join("."));
    collect(path, value, collected);
  }
  // in the order of their table: data.multi_asset asks what data.symbols said
  former.sort((a, b) => FORMER_NAMES.indexOf(a.was!) - FORMER_NAMES.indexOf(b.was!));
  const notes = former.map((one) => takeFormer(one, collected, learns));
  notes.push(...takeFormerValues(given));
  const parsed = currentSettingsSchema().safeParse(treeOf(collected));
  const issues = parsed.error?.issues ?? [];
  // a rule across settings says nothing where one of them could not be read
  const counted = complaints.length > 0 ? issues.filter(({ code }) => code !== "custom") : issues;
  complaints.push(...counted.map((issue) => issueComplaint(issue, given, settingCatalogue())));
  if (parsed.success && complaints.length === 0) {
    return { settings: parsed.data, origins: given, notes: notes.filter((note) => note !== null) };
  }
  throw new UserError(`Cannot run as the configuration breaks a rule:\n${complaintList(complaints)}`);
}

/** Takes apart what is assigned to a path, down to single settings. */
function collect(path: readonly string[], value: WrittenValue, into: Collected): void {
  const dotted = path.join(".");
  const place = settingCatalogue().at(path);
  if (place?.kind === "setting") {
    into.given.set(dotted, { path, value, origin: value.origin, was: null });
  } else if (FORMER_NAMES.includes(dotted)) {
    into.former.push({ path, value, origin: value.origin, was: dotted });
  } else if (place === undefined) {
    into.complaints.push(unknownComplaint(path, value, settingCatalogue()));
  } else if (value.kind === "group") {
    for (const [key, member] of value.entries) collect([...path, key], member, into);
  } else if (value.kind === "list" || value.quoted || !/^(|~|null)$/i.test(value.text)) {
    const member = settingCatalogue().settings.find((one) => one.path.startsWith(`${dotted}.`));
    const hint = member ? `One of them is ${member.path}.` : "";
    into.complaints.push(complaint(dotted, "must be a group of settings", value, hint));
  }
}

/** Gives a setting of today what a key of the prototype says, unless a flag gave it something else. @returns A note. */
function takeFormer({ path, value, origin }: Given, { given, complaints }: Collected, learns: boolean) {
  const was = path.join(".");
  const givenTo = (key: string) => given.get(key)?.value;
  const reading = readFormer(was, value, { catalogue: settingCatalogue(), given: givenTo, learns });
  if (reading.kind === "nothing") return `${was}${originText(origin)} ${reading.note}`;
  if (reading.kind === "refused") {
    complaints.push(complaint(was, reading.rule, value));
    return null;
  }
  const { key } = reading;
  const before = given.get(key);
  if (before?.origin.kind === "file" && origin.kind === "file") {
    complaints.push(
      complaint(was, `is called ${key} today, which is given as well`, value, "Leave one out."),
    );
  } else if (before?.origin.kind !== "flag") {
    given.set(key, { path: key.split("."), value: reading.value, origin, was });
  }
  return `${was}${originText(origin)} is read as ${key}, its name today`;
}

/** Puts today's names in the place of values that a setting once took. @returns Notes. */
function takeFormerValues(given: Map<string, Given>): string[] {
  return [...given].flatMap(([path, one]) => {
    const former = formerValue(path, one.value);
    if (former === null) return [];
    given.set(path, { ...one, value: former.value });
    return [former.note];
  });
}

/** Drops what was given to a path and below it. */
function forget(given: Map<string, Given>, path: string): void {
  for (const key of [...given.keys()]) if (key === path || key.startsWith(`${path}.`)) given.delete(key);
}

type Tree = { [key: string]: unknown };

/** The settings that can be read, as a tree. Its keys are those of the catalogue: none is a prototype's. */
function treeOf({ given, complaints }: Collected): Tree {
  const tree: Tree = {};
  for (const [dotted, { path, value }] of given) {
    const place = settingCatalogue().at(path);
    if (place?.kind !== "setting") continue;
    const reading = readValue(place.setting, value);
    if ("value" in reading) {
      const branch = path.slice(0, -1).reduce<Tree>((above, key) => (above[key] ??= {}) as Tree, tree);
      branch[path.at(-1)!] = reading.value;
    } else complaints.push(complaint(dotted, reading.rule, value, reading.hint));
  }
  return tree;
}
