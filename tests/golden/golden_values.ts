/**
 * The golden set: what runs gave before walls were moved, as values rather than file bytes. Names, files and
 * shapes of the source may change, these values may not; where a mend moves one, the CHANGELOG says which.
 */
import { sha256 } from "popagent/core/hash.ts";

/** A column of numbers: all of it as a hash of its 64-bit values, and every SAMPLE-th of them to look at. */
export interface GoldenColumn {
  readonly length: number;
  readonly sha256: string;
  readonly samples: readonly number[];
}

/** What one account or mean of accounts left: its metrics by name, and its equity where it has one. */
export interface GoldenStrategy {
  readonly metrics: Readonly<Record<string, number | null>>;
  readonly equity: GoldenColumn | null;
  /** Its percentile in the field; null without one. */
  readonly percentile: number | null;
}

/** What one run left. */
export interface GoldenRun {
  readonly strategies: Readonly<Record<string, GoldenStrategy>>;
  /** One column of numbers an iteration. */
  readonly events: readonly GoldenColumn[];
  /** Numbers that belong to the run as a whole: field, credit, forecasts, fills. */
  readonly rest: Readonly<Record<string, GoldenColumn>>;
}

const SAMPLE = 97;

/** A column as it is stored. */
export function goldenColumn(values: ArrayLike<number>): GoldenColumn {
  const column = Float64Array.from(values, (value) => value + 0); // -0 and 0 are one number
  return {
    length: column.length,
    sha256: sha256(new Uint8Array(column.buffer)),
    samples: [...column].filter((_, i) => i % SAMPLE === 0 || i === column.length - 1),
  };
}

/** The numbers of a value in depth: objects by ascending key would depend on names, so callers give arrays. */
export function numbersIn(value: unknown): number[] {
  if (typeof value === "number") return [value];
  if (value === null) return [-999_999];
  if (typeof value === "boolean") return [value ? 1 : 0];
  if (typeof value === "string") return [...value].map((letter) => letter.codePointAt(0)!);
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    return Array.from(value as ArrayLike<unknown>).flatMap(numbersIn);
  }
  throw new TypeError(`Cannot take numbers from a value as it must be made of arrays: it is ${typeof value}`);
}
