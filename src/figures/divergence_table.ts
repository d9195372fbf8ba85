import { displayed } from "./displayed.ts";
import { count, significant } from "./format.ts";
import type { Table } from "./table.ts";
import { plainText } from "./text.ts";

/** One part of a divergence report. */
export interface DivergenceRow {
  /** What was compared. */
  readonly part: string;
  /** How far apart session and simulation are, in `unit`. */
  readonly value: number;
  /** From where on that is a fault. */
  readonly limit: number;
  /** Of value and limit. */
  readonly unit: string;
  /** How many were compared. */
  readonly compared: number;
  /** Whether the limit was passed. */
  readonly fault: boolean;
  /** The first that differs, and how; empty where none does. */
  readonly first: string;
}

/** A paper session against the research simulation, part by part; faults are strong. */
export function divergenceTable(parts: readonly DivergenceRow[]): Table {
  const faults = parts.filter(({ fault }) => fault).length;
  return displayed({
    name: "divergence",
    title: "Paper session against the research simulation",
    caption: faults === 0 ? "Nothing is beyond its limit." : `${count(faults)} parts are beyond their limit.`,
    columns: [
      { label: "Part", align: "left", hint: "What was compared" },
      { label: "Apart", align: "right", hint: "How far session and simulation are apart" },
      { label: "Limit", align: "right", hint: "From where on that is a fault" },
      { label: "Unit", align: "left", hint: "Of both" },
      { label: "Compared", align: "right", hint: "How many were compared" },
      { label: "First difference", align: "left", hint: "Where it begins" },
    ],
    rows: parts.map(({ part, value, limit, unit, compared, fault, first }) => ({
      cells: [
        plainText(fault ? `${part}: FAULT` : part),
        plainText(significant(value, 3)),
        plainText(significant(limit, 3)),
        plainText(unit),
        plainText(count(compared)),
        plainText(first || "none"),
      ],
      strong: fault,
    })),
  });
}
