/** What is said about a setting that cannot be read: one line with the path, the rule, the value and its place. */
import type * as z from "zod";
import { nearestKeys } from "../../core/nearest.ts";
import { suggestion } from "./read_value.ts";
import type { SettingCatalogue } from "./setting_catalogue.ts";
import { ruleOf, wordsOf } from "./setting_type.ts";
import { originText, printable, shown, type WrittenValue } from "./written.ts";

/** Lines of one error; what is wrong beyond them is counted. */
const MOST_LINES = 20;

/** A value that breaks a rule; `hint` is a sentence that says what to do, or nothing. */
export function complaint(path: string, rule: string, value: WrittenValue, hint = ""): string {
  const place = originText(value.origin);
  return `  ${printable(path)}: ${rule}: current value is ${shown(value)}${place}${sentence(hint)}`;
}

/** A value that was given to a path where nothing is, and what may have been meant. */
export function unknownComplaint(
  path: readonly string[],
  { origin }: WrittenValue,
  catalogue: SettingCatalogue,
): string {
  const { rule, hint } = unknownRule(path, catalogue);
  return `  ${printable(path.join("."))}: ${rule}${originText(origin)}${sentence(hint)}`;
}

function unknownRule(
  path: readonly string[],
  catalogue: SettingCatalogue,
): { readonly rule: string; readonly hint: string } {
  const dotted = path.join(".");
  if (path.some((key) => key.includes(".")) && catalogue.at(dotted.split("."))) {
    const [group, ...rest] = dotted.split(".");
    return {
      rule: "a file has no dotted keys",
      hint: `Write ${group}: and, indented below it, ${rest.join(".")}:`,
    };
  }
  const above = catalogue.at(path.slice(0, -1));
  if (above?.kind === "group" && above.group.names) {
    const capitals = path.at(-1)!.toUpperCase();
    return {
      rule: `a name here must fit ${above.group.names.source}`,
      hint: above.group.names.test(capitals) ? `Write ${capitals}.` : "",
    };
  }
  const keys = [...catalogue.groups, ...catalogue.settings].map((one) => one.path);
  const near = nearestKeys(dotted, keys.filter((key) => !/(^|\*)$/.test(key))).map((key) =>
    key.replace("*", "<coin>")
  );
  const hint = near.length === 0 ? "popagent config lists them all." : `Did you mean ${near.join(" or ")}?`;
  return { rule: "no such setting", hint };
}

/** A rule of the schema that is broken. */
export function issueComplaint(
  issue: z.core.$ZodIssue,
  given: ReadonlyMap<string, { readonly value: WrittenValue }>,
  catalogue: SettingCatalogue,
): string {
  const path = issue.path.map(String);
  const whole = catalogue.at(path) ? path : path.slice(0, -1); // of a list, whose items have no place
  const place = catalogue.at(whole);
  const setting = place?.kind === "setting" ? place.setting : undefined;
  const own = issue.code === "custom" || issue.code === "invalid_format" || setting === undefined;
  const rule = own ? issue.message : ruleOf(setting.type, setting.nullable);
  const list = given.get(whole.join("."))?.value;
  const value = list && whole !== path ? itemOf(list, Number(path.at(-1))) : list;
  if (value) return complaint(path.join("."), rule, value, nearestChoice(issue, value));
  const dotted = printable(path.join("."));
  return setting?.fallback === undefined
    ? `  ${dotted}: must be ${setting ? wordsOf(setting.type) : "stated"}: nothing stands there`
    : `  ${dotted}: ${rule}: current value is the default, ${JSON.stringify(setting.fallback)}`;
}

/** Which of the choices that a rule of the schema names may have been meant. */
function nearestChoice(issue: z.core.$ZodIssue, value: WrittenValue): string {
  if (issue.code !== "custom" || value.kind !== "text") return "";
  const choices = issue.params?.choices as readonly string[] | undefined;
  return choices ? suggestion(value.text, choices) : "";
}

/** The item of a list, which may have been written as one text. */
function itemOf(value: WrittenValue, index: number): WrittenValue {
  if (value.kind === "list") return value.items[index] ?? value;
  return value.kind === "text" ? { ...value, text: value.text.split(",")[index]?.trim() ?? "" } : value;
}

/** A further sentence, if there is one. */
function sentence(hint: string): string {
  return hint === "" ? "" : `. ${hint}`;
}

/** Distinct complaints in their order, at most twenty and how many more there are. */
export function complaintList(complaints: readonly string[]): string {
  const lines = [...new Set(complaints)];
  const more = lines.length - MOST_LINES;
  return (more > 0 ? [...lines.slice(0, MOST_LINES), `  and ${more} more`] : lines).join("\n");
}
