/** Lists in a grid's file: seeds and known names. */
import { UserError } from "../../core/user_error.ts";
import { parseSeeds } from "../../experiments/seeds.ts";
import { suggestion } from "./read_value.ts";
import type { WrittenValue } from "./written.ts";

/** The items of a list, or the rule that a value breaks and what to do about it (a sentence, or nothing). */
export type ListReading<Item> =
  | { readonly items: readonly Item[] }
  | { readonly rule: string; readonly value: WrittenValue; readonly hint: string };

/**
 * Seeds as "1-20" or "1,4,7", or a list of them, each once: a seed that is written twice is one market and not two.
 *
 * @param more What else may stand there, a sentence, or nothing.
 */
export function readSeeds(value: WrittenValue, more: string): ListReading<number> {
  const text = itemsOf(value).map((item) => item.kind === "text" ? item.text : "?").join(",");
  try {
    const items = parseSeeds(text), written = text.split(",").flatMap((part) => parseSeeds(part));
    const twice = written.find((seed, i) => written.indexOf(seed) < i);
    if (twice === undefined) return { items };
    return { rule: `each seed must stand there once, and ${twice} stands there twice`, value, hint: more };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const rule = /as (.*): current value/.exec(error.message)?.[1] ?? "they must be written 1-5 or 1,4,7";
    return { rule, value, hint: more };
  }
}

/** Known names, each once. */
export function readNames(value: WrittenValue, known: readonly string[]): ListReading<string> {
  if (value.kind === "text" && value.text === "") return { items: [] };
  const items = itemsOf(value);
  const names = items.map((item) => item.kind === "text" ? item.text : "");
  const wrong = names.findIndex((name, i) => !known.includes(name) || names.indexOf(name) < i);
  if (wrong < 0) return { items: names };
  const rule = `must be a list of ${known.join(", ")}, each once`;
  return { rule, value: items[wrong]!, hint: suggestion(names[wrong]!, known) };
}

function itemsOf(value: WrittenValue): readonly WrittenValue[] {
  return value.kind === "list" ? value.items : [value];
}
