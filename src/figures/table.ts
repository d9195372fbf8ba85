import { printable } from "../core/printable.ts";

/** One column of a table. */
export interface Column {
  /** Set above the column. */
  readonly label: string;
  /** Numbers stand right. */
  readonly align: "left" | "right";
  /** What the column means, with its unit; a page may show it as a hint or a legend. */
  readonly hint: string;
}

/** One row: a text for every column. A strong row is what the table is about. */
export interface Row {
  /** One for each column. */
  readonly cells: readonly string[];
  /** True for what the table is about. */
  readonly strong: boolean;
}

/** A table as data: plain text, escaped by whoever writes it out. */
export interface Table {
  /** Stem of its file name, unique in a report. */
  readonly name: string;
  /** Set above it. */
  readonly title: string;
  /** How to read it. */
  readonly caption: string;
  /** From left to right. */
  readonly columns: readonly Column[];
  /** From top to bottom. */
  readonly rows: readonly Row[];
}

/** Refuses what is no table, a figure above all. @throws {RangeError} With what it is. */
export function requireTable(given: unknown): asserts given is Table {
  const parts = typeof given === "object" && given !== null ? Object.keys(given) : [];
  if (["title", "columns", "rows"].every((part) => parts.includes(part))) return;
  const what = given instanceof Promise
    ? "a promise; write await before it"
    : parts.includes("panels")
    ? "a figure, which figureFile(...) writes"
    : parts.length > 0
    ? `an object of ${printable(parts.slice(0, 6).join(", "))}`
    : printable(String(given), 60);
  throw new RangeError(
    `Cannot write this as a table as it must have a title, columns and rows: it is ${what}`,
  );
}
