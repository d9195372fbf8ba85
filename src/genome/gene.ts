/**
 * One gene: a number with bounds and a scale. In normalised coordinates every gene lies in [0, 1]:
 * `linear` maps the bounds evenly, `log` maps their logarithms, `integer` is log and rounded at use,
 * `weight` is one share of a simplex: the weights of one `group` of a genome sum to 1.
 */
export interface Gene {
  /** Unique in its genome. */
  readonly name: string;
  /** How bounds map to 0 and 1. */
  readonly scale: "linear" | "log" | "integer" | "weight";
  /** Least natural value. */
  readonly min: number;
  /** Largest natural value. */
  readonly max: number;
  /** Name of the simplex of a weight; genes of other scales have none. */
  readonly group?: string;
}

/** The genes of one variant: the role's common ones and its own. */
export interface GeneSet {
  readonly common: readonly Gene[];
  readonly own: readonly Gene[];
}

/** A genome's natural values, rounded as they are used. */
export type GeneValues = Readonly<Record<string, number>>;

/** All genes of a set, in the order of a genome's coordinates. */
export function genesOf(set: GeneSet): readonly Gene[] {
  return [...set.common, ...set.own];
}

export const linear = (name: string, min: number, max: number): Gene => ({ name, scale: "linear", min, max });
export const log = (name: string, min: number, max: number): Gene => ({ name, scale: "log", min, max });
export const integer = (name: string, min: number, max: number): Gene => ({
  name,
  scale: "integer",
  min,
  max,
});

/** One share of the simplex `group`. */
export const weight = (name: string, group: string): Gene => ({
  name,
  scale: "weight",
  min: 0,
  max: 1,
  group,
});
