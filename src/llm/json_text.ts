/** Finding the JSON in what a model wrote. Small models wrap it in fences and words, and drop quotation marks. */
import { jsonrepair } from "jsonrepair";

/** What had to be done to a text before it was JSON. */
export type Mending = "fence" | "prose" | "jsonrepair";

/** JSON that was found, that was cut, or that is not there. */
export type FoundJson =
  | { readonly kind: "found"; readonly value: unknown; readonly mendings: readonly Mending[] }
  | { readonly kind: "cut" }
  | { readonly kind: "none" };

/**
 * The one JSON object in a text. An object without its end is cut, and never closed for the model: what it did not
 * say must not become a decision.
 */
export function jsonIn(text: string): FoundJson {
  const bare = parsed(text);
  if (bare) return { kind: "found", value: bare.value, mendings: [] };
  const fenced = /^\s*```[a-z]*\s*\n?([\s\S]*?)\n?```\s*$/i.exec(text)?.[1];
  const inner = fenced ?? text;
  const start = inner.indexOf("{");
  if (start < 0) return { kind: "none" };
  const end = endOfObject(inner, start);
  if (end === null) return { kind: "cut" };
  const block = inner.slice(start, end);
  const isAlone = inner.trim() === block;
  const mendings: Mending[] = [
    ...(fenced === undefined ? [] : ["fence" as const]),
    ...(isAlone ? [] : ["prose" as const]),
  ];
  const plain = parsed(block);
  if (plain) return { kind: "found", value: plain.value, mendings };
  const mended = parsed(mend(block));
  return mended
    ? { kind: "found", value: mended.value, mendings: [...mendings, "jsonrepair"] }
    : { kind: "none" };
}

/** The parsed value in a box, since null is a value. */
function parsed(text: string | null): { readonly value: unknown } | null {
  if (text === null) return null;
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null; // the caller goes on to the next way of reading it
  }
}

function mend(block: string): string | null {
  try {
    return jsonrepair(block);
  } catch {
    return null; // beyond repair
  }
}

/** Where the object that begins at `start` ends; null if its end is missing. Braces in strings do not count. */
function endOfObject(text: string, start: number): number | null {
  let depth = 0, isString = false;
  for (let i = start; i < text.length; i++) {
    const character = text[i];
    if (isString) {
      if (character === "\\") i++;
      else if (character === '"') isString = false;
    } else if (character === '"') isString = true;
    else if (character === "{") depth++;
    else if (character === "}" && --depth === 0) return i + 1;
  }
  return null;
}
