/**
 * What a written value means to the setting it is given to. Scalars are those of YAML 1.2's core schema
 * (1e3, .5, null, ~); beyond them a number may be grouped by underscores (10_000), a switch takes yes, no, on and
 * off in any case, and a list takes one item, or several with commas between them. In YAML 1.2 yes and on are
 * plain texts, and stay so wherever a text is wanted (a coin called ON).
 */
import { nearest } from "../../core/nearest.ts";
import type { Setting } from "./setting_catalogue.ts";
import { ruleOf, type SettingType, wordsOf } from "./setting_type.ts";
import { shown, type WrittenText, type WrittenValue } from "./written.ts";

/** A value as it is meant, or the rule that it breaks and what to do about it (a sentence, or nothing). */
export type Reading = { readonly value: unknown } | { readonly rule: string; readonly hint: string };

/** Reads a written value as a setting. Bounds of numbers and lists are left to the schema. */
export function readValue({ type, nullable, fallback }: Setting, written: WrittenValue): Reading {
  if (!isNull(written)) return readAs(type, ruleOf(type, nullable), written);
  if (type.kind === "choice" && type.values.includes("null")) return { value: "null" };
  if (nullable) return { value: null };
  const hint = fallback === undefined ? "" : `Leave it out for the default, ${JSON.stringify(fallback)}.`;
  return { rule: ruleOf(type), hint };
}

/** "Did you mean softUpdate?", or nothing where no name is near. */
export function suggestion(word: string, names: readonly string[]): string {
  const near = nearest(word, names);
  return near.length === 0 ? "" : `Did you mean ${near.join(" or ")}?`;
}

function readAs(type: SettingType, rule: string, written: WrittenValue): Reading {
  if (written.kind === "group") return { rule: `${rule}, not a group of settings`, hint: "" };
  if (type.kind === "list") return readList(type, written);
  if (written.kind === "list") {
    const [first] = written.items;
    return { rule: `${rule}, not a list`, hint: first?.kind === "text" ? `Write ${first.text}.` : "" };
  }
  if (type.kind === "text") return { value: written.text };
  const { text, quoted } = written;
  const value = quoted ? readQuoted(type, text) : readPlain(type, text);
  if (value !== undefined) return { value };
  const bare = quoted && readPlain(type, text) !== undefined;
  return { rule, hint: bare ? "Write it without quotes." : howToWrite(type, text) };
}

function isNull(written: WrittenValue): boolean {
  return written.kind === "text" && !written.quoted && /^(|~|null|Null|NULL)$/.test(written.text);
}

const NUMBER = /^[-+]?(\.\d+|\d+(_\d+)*(\.\d*)?)([eE][-+]?\d+)?$/;

function numberIn(text: string): number | undefined {
  return NUMBER.test(text) ? Number(text.replaceAll("_", "")) + 0 : undefined; // -0 is 0
}

/** What a text in quotation marks can be: a name. */
function readQuoted(type: SettingType, text: string): unknown {
  return type.kind === "choice" ? type.values.find((one) => one === text) : undefined;
}

/** A text without quotation marks as a number, a switch or a choice; undefined if it is none. */
function readPlain(type: SettingType, text: string): unknown {
  if (type.kind === "number") return numberIn(text);
  if (type.kind === "choice") {
    return type.values.find((one) => typeof one === "string" ? one === text : one === numberIn(text));
  }
  if (/^(true|yes|on)$/i.test(text)) return true;
  return /^(false|no|off)$/i.test(text) ? false : undefined;
}

/** What somebody who wrote this may have meant. */
function howToWrite(type: SettingType, text: string): string {
  if (type.kind === "choice") return suggestion(text, type.values.filter((one) => typeof one === "string"));
  if (type.kind !== "number") return "";
  const percent = /^([-+]?\d+(\.\d+)?) ?%$/.exec(text);
  if (percent) return `Shares are fractions: write ${Number(`${percent[1]}e-2`)}.`;
  if (/^\d{1,3}(,\d{3})+$/.test(text)) return `Write ${text.replaceAll(",", "_")}.`;
  return /^[-+]?\d+,\d+$/.test(text) ? `Write ${text.replace(",", ".")}.` : "";
}

function readList(
  type: SettingType & { readonly kind: "list" },
  written: Exclude<WrittenValue, { readonly kind: "group" }>,
): Reading {
  const items = written.kind === "list" ? written.items : parts(written);
  const readings = items.map((item) => readAs(type.of, ruleOf(type.of), item));
  const broken = readings.findIndex((reading) => "rule" in reading);
  if (broken < 0) return { value: readings.map((reading) => "value" in reading ? reading.value : null) };
  const fault = readings[broken]!, meant = "hint" in fault && fault.hint !== "" ? ` ${fault.hint}` : "";
  const item = `Item ${broken + 1} is ${shown(items[broken]!)}.${meant}`;
  return { rule: `must be a list, each ${wordsOf(type.of)}, written [BTC, ETH] or BTC,ETH`, hint: item };
}

/** The items of a list that was written as one text: "BTC, ETH" has two, "BTC" has one. */
function parts(written: WrittenText): WrittenText[] {
  if (written.quoted) return [written];
  return written.text.split(",").map((text) => ({ ...written, text: text.trim() }));
}
