import { printable as escaped } from "../../core/printable.ts";
/**
 * Settings as people write them: texts, lists and groups, each with the place it was written at. What a text
 * means (a number, a choice, a coin) is decided by the setting it is given to, in `read_value.ts`.
 */

/** Where a value came from. Lines count from 1. */
export type Origin =
  | { readonly kind: "default" }
  | { readonly kind: "file"; readonly file: string; readonly line: number }
  | { readonly kind: "flag"; readonly flag: string };

/** A text; `quoted` where it stood in quotation marks, so that it is meant as a text and as nothing else. */
export interface WrittenText {
  readonly kind: "text";
  readonly text: string;
  readonly quoted: boolean;
  readonly origin: Origin;
}

/** A list, `[BTC, ETH]` or one item a line. */
export interface WrittenList {
  readonly kind: "list";
  readonly items: readonly WrittenValue[];
  readonly origin: Origin;
}

/** A group of settings, keys distinct. */
export interface WrittenGroup {
  readonly kind: "group";
  readonly entries: readonly (readonly [key: string, value: WrittenValue])[];
  readonly origin: Origin;
}

export type WrittenValue = WrittenText | WrittenList | WrittenGroup;

/** A value that was given to a key by its path. */
export interface Assignment {
  readonly path: readonly string[];
  readonly value: WrittenValue;
}

/** The text that a plain value (number, boolean, null, text or list of such) would be written as. */
export function writtenOf(value: unknown, origin: Origin): WrittenValue {
  if (Array.isArray(value)) {
    return { kind: "list", items: value.map((item) => writtenOf(item, origin)), origin };
  }
  return { kind: "text", text: String(value), quoted: false, origin };
}

/** A value in one line, as a message shows it: texts in quotation marks, control characters escaped, cut at 60. */
export function shown(value: WrittenValue): string {
  const text = inOneLine(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function inOneLine(value: WrittenValue): string {
  if (value.kind === "list") return `[${value.items.slice(0, 20).map(inOneLine).join(", ")}]`;
  if (value.kind === "group") {
    return `{${value.entries.slice(0, 20).map(([key, one]) => `${printable(key)}: ${inOneLine(one)}`)}}`;
  }
  const { text, quoted } = value;
  if (text === "" && !quoted) return "nothing";
  const bare = !quoted && /^(null|~|true|false|[-+.]?\d[\d_]*(\.\d*)?(e[-+]?\d+)?)$/i.test(text);
  return bare ? text : escaped(JSON.stringify(text.slice(0, 80)));
}

/** A key or path for a message: what cannot be seen is written out, the rest cut. */
export function printable(text: string): string {
  return escaped(text, 77);
}

/** An origin in brackets: "(my.yaml, line 3)", "(--pop-size)"; nothing for a default. */
export function originText(origin: Origin): string {
  if (origin.kind === "default") return "";
  return origin.kind === "file"
    ? ` (${printable(origin.file)}, line ${origin.line})`
    : ` (${printable(origin.flag)})`;
}
