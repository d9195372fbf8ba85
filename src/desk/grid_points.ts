/** The points of a grid of parameters, and what a strategy said at one of them. */
import { shown } from "./known_names.ts";

/** The values of each parameter that are tried, all with all. */
export type Grid = Readonly<Record<string, readonly (number | string | boolean)[]>>;

/** One value of each parameter of a grid. */
export type GridValues<Parameters extends Grid> = {
  readonly [Name in keyof Parameters]: Parameters[Name][number];
};

/** Refuses what is no grid: no parameter, a value where a list belongs, a number that is not finite. */
export function requireGrid(grid: unknown): void {
  if (typeof grid !== "object" || grid === null || Array.isArray(grid)) {
    throw new RangeError(
      `Cannot sweep as the grid must be an object of lists, such as { fast: [5, 10] }: current value is ${
        shown(grid)
      }`,
    );
  }
  const lists = Object.entries(grid);
  if (lists.length === 0) {
    throw new RangeError("Cannot sweep as the grid must have at least one point: it has no parameter");
  }
  for (const [name, list] of lists) requireList(name, list);
}

function requireList(name: string, list: unknown): void {
  if (!Array.isArray(list)) {
    throw new RangeError(
      `Cannot sweep as the values of ${name} must be a list: current value is ${
        shown(list)
      }. For one value write ` +
        `${name}: [value]; make a typed array a list by Array.from.`,
    );
  }
  if (list.length === 0) {
    throw new RangeError(
      `Cannot sweep as the grid must have at least one point: the list of ${name} is empty`,
    );
  }
  const at = list.findIndex((value) =>
    !(Number.isFinite(value) || typeof value === "string" || typeof value === "boolean")
  );
  if (at < 0) return;
  throw new RangeError(
    `Cannot sweep as the values of ${name} must be finite numbers, texts, true or false: number ${
      at + 1
    } of ` +
      `${list.length} is ${shown(list[at])}`,
  );
}

/** All points of a grid, the last parameter running fastest. */
export function* points<Parameters extends Grid>(parameters: Parameters): Generator<GridValues<Parameters>> {
  const names = Object.keys(parameters);
  const at = names.map(() => 0);
  while (true) {
    const values: Record<string, Grid[string][number]> = {};
    for (let i = 0; i < names.length; i++) values[names[i]!] = parameters[names[i]!]![at[i]!]!;
    yield values as GridValues<Parameters>;
    let i = names.length - 1;
    while (i >= 0 && ++at[i]! === parameters[names[i]!]!.length) at[i--] = 0;
    if (i < 0) return;
  }
}

/**
 * What `work` gives at a point.
 *
 * @throws {Error} Whatever it throws, with the point's values before it; the first error is the cause.
 */
export function atPoint<Value>(values: object, work: () => Value): Value {
  try {
    return work();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const Kind = cause instanceof RangeError ? RangeError : Error;
    throw new Kind(`Cannot sweep at ${pointText(values)}: ${why}`, { cause });
  }
}

/** Refuses what is neither signals nor null. */
export function requireSignals(signals: unknown): void {
  if (typeof signals === "object" && !(signals instanceof Promise)) return; // null passes a point over
  throw new RangeError(
    `the strategy must return signals, such as { targets }, or null to pass the point over: it returned ${
      signals instanceof Promise ? "a promise. Load what it needs before the sweep." : shown(signals)
    }`,
  );
}

/** "fast 5, slow 10". */
function pointText(values: object): string {
  return Object.entries(values).map(([name, value]) => `${name} ${value}`).join(", ");
}
