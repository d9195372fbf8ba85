import { printable } from "./printable.ts";

/** A value as a message shows it; a text that reads like a number says that it is one. */
export function shown(value: unknown): string {
  if (value instanceof Promise) return "a promise; write await before it";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  const text = printable(String(value), 60);
  return typeof value === "string" && value.trim() !== "" && !Number.isNaN(Number(value))
    ? `"${text}", a text`
    : text;
}
