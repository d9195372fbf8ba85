import { sha256 } from "../core/hash.ts";
import { shown } from "../core/shown.ts";
import { type Gene, type GeneSet, genesOf, type GeneValues } from "./gene.ts";

/**
 * What an agent can learn, as normalised coordinates: first the role's common genes, which mean the same in
 * every variant and may be taught, then the variant's own genes, which stay home. What never moves (an
 * indicator set, a method, a contrarian's sign) is not in the genome but in the variant.
 */
export interface Genome {
  /** Name of its variant. */
  readonly variant: string;
  /** In [0, 1], common genes first. */
  readonly coordinates: readonly number[];
}

/** The natural value at a normalised coordinate in [0, 1], before rounding. */
export function naturalValue(gene: Gene, coordinate: number): number {
  if (gene.scale === "linear" || gene.scale === "weight") {
    return gene.min + coordinate * (gene.max - gene.min);
  }
  return gene.min * Math.exp(coordinate * Math.log(gene.max / gene.min));
}

/** The normalised coordinate of a natural value within the gene's bounds. @throws {RangeError} If it is outside them. */
export function coordinateOf(gene: Gene, value: number): number {
  if (!(value >= gene.min && value <= gene.max)) {
    throw new RangeError(
      `Cannot encode gene ${gene.name} as it must lie in ${gene.min}..${gene.max}: current value is ${value}`,
    );
  }
  if (gene.scale === "linear" || gene.scale === "weight") return (value - gene.min) / (gene.max - gene.min);
  return Math.log(value / gene.min) / Math.log(gene.max / gene.min);
}

/** How far from 1 shares that somebody stated may sum to: thirds and sevenths are written with two digits. */
const STATED = 0.01 + 1e-9;

/**
 * What is wrong with stated shares, a line a group: its shares must sum to 1 to within .01. No other sum is brought
 * to 1 by itself, as nobody could tell which share was meant, and shares of 0 would become equal ones.
 */
export function shareFaults(set: GeneSet, values: GeneValues): string[] {
  const genes = genesOf(set);
  return [...new Set(genes.flatMap(({ group }) => group ?? []))].flatMap((group) => {
    const names = genes.filter((gene) => gene.group === group).map(({ name }) => name);
    const total = names.reduce((sum, name) => sum + values[name]!, 0);
    if (Number.isNaN(total) || Math.abs(total - 1) <= STATED) return []; // one that is missing is told as such
    const all = names.map((name) => `${name} ${shown(values[name])}`).join(", ");
    return [
      `the shares of ${group} must sum to 1: they sum to ${Number(total.toPrecision(6))} (${all}). ` +
      "Write each over their sum, or all of them where one is changed.",
    ];
  });
}

/**
 * Encodes natural values as a genome.
 *
 * @throws {RangeError} If a gene is missing or outside its bounds, or the shares of a group do not sum to 1.
 */
export function encodeGenome(variant: string, set: GeneSet, values: GeneValues): Genome {
  const [fault] = shareFaults(set, values);
  if (fault !== undefined) throw new RangeError(`Cannot encode a genome of ${variant} as ${fault}`);
  const coordinates = genesOf(set).map((gene) => {
    const value = values[gene.name];
    if (value === undefined) {
      throw new RangeError(`Cannot encode a genome of ${variant} as gene ${gene.name} must be given`);
    }
    return coordinateOf(gene, value);
  });
  return { variant, coordinates: settle(set, coordinates) };
}

/** Three significant digits: fine enough for any decision, coarse enough for genomes to share cached series. */
function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

/** Natural values as they are used: integers rounded, the rest to three significant digits. */
export function decodeGenome(set: GeneSet, genome: Genome): GeneValues {
  const values: Record<string, number> = {};
  genesOf(set).forEach((gene, i) => {
    const natural = naturalValue(gene, genome.coordinates[i]!);
    values[gene.name] = gene.scale === "integer" ? Math.round(natural) : rounded(natural);
  });
  return values;
}

/**
 * What seeds the random draws of a genome's methods: its variant's name and its rounded values. It knows nothing
 * of a registry, so declaring another method or variant moves no draw.
 */
export function seedLabel(set: GeneSet, genome: Genome): string {
  return sha256(JSON.stringify([genome.variant, Object.values(decodeGenome(set, genome))])).slice(0, 24);
}

/** How far from 1 a sum of weights may be and still count as 1. */
const ON_SIMPLEX = 1e-12;

/** Brings coordinates back where they belong: reflected into [0, 1], the weights of each group onto their simplex. */
export function settle(set: GeneSet, coordinates: readonly number[]): number[] {
  const out = coordinates.map(reflect);
  const genes = genesOf(set);
  for (const group of new Set(genes.flatMap(({ group }) => group ?? []))) {
    const weights = genes.flatMap((gene, i) => gene.group === group ? [i] : []);
    const total = weights.reduce((sum, i) => sum + out[i]!, 0);
    if (Math.abs(total - 1) < ON_SIMPLEX) continue; // there already: keeps every bit
    for (const i of weights) out[i] = total > 0 ? out[i]! / total : 1 / weights.length;
  }
  return out;
}

/** Reflects a coordinate at 0 and 1 until it lies in [0, 1]. */
export function reflect(coordinate: number): number {
  const folded = Math.abs(coordinate) % 2;
  return folded > 1 ? 2 - folded : folded;
}
