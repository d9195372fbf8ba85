import { COMMON_GENES } from "../genome/common_genes.ts";
import { type Gene, type GeneSet, type GeneValues, weight } from "../genome/gene.ts";
import { encodeGenome, type Genome } from "../genome/genome.ts";
import type { Role } from "../genome/role.ts";
import { CATALOGUE, type CatalogueEntry, type CatalogueName } from "../features/catalogue.ts";
import type { SignalName } from "../features/signals/signals.ts";
import type { Method, Need } from "../inventory/method.ts";
import { methodNamed, type PoolName } from "../inventory/pools.ts";

/** A column of derivatives data, with its windows and what brings it to about unit scale. */
export interface DerivativesColumn {
  /** Name in the feature catalogue. */
  readonly column: CatalogueName;
  /** Windows, in bars. */
  readonly params: readonly number[];
  /** What it is multiplied by. */
  readonly scale: number;
}

/** What never moves in an agent: the methods it names, by key, and the numbers that belong to its kind. */
export interface Identities {
  /** What an analyst reads, and by which methods. */
  readonly analyst: {
    /** Methods of `analyst.features`; each has a weight gene. */
    readonly readings: readonly string[];
    /** Columns of derivatives data it looks at besides, with their windows. */
    readonly derivatives: readonly DerivativesColumn[];
    /** Cross-asset signals it looks at. */
    readonly signals: readonly SignalName[];
    readonly trend: string;
    readonly volatility: string;
    readonly regimes: string;
  };
  /** How a researcher forecasts. */
  readonly researcher: {
    /** Quantile levels it states, ascending. */
    readonly levels: readonly number[];
    readonly forecasting: string;
    /** What turns residuals into draws, for methods that need it. */
    readonly uncertainty: string | null;
    /** What turns predictions into distributions, for methods that need it. */
    readonly calibration: string | null;
    /** What moves the probability of a rise by what came of earlier ones; left out, it stays the distribution's. */
    readonly probabilities?: string;
  };
  /** How a trader turns a forecast into orders. */
  readonly trader: {
    readonly view: string;
    readonly stance: string;
    readonly style: string;
    /** How large its positions are; left out, by edge per risk. */
    readonly sizing?: string;
    /** Weight of the forecast's move in what it expects. */
    readonly forecastWeight: number;
    /** Its own belief about the move under way: +1 it goes on, -1 it is faded, 0 none. */
    readonly direction: -1 | 0 | 1;
    /** Expected move over its sd at which conviction is full. */
    readonly fullEdge: number;
  };
  /** By which method limits are set. */
  readonly risk: {
    readonly check: string;
  };
}

/** A variant: data that its role's function reads. It names methods by key and holds no code. */
export interface Variant<Kind extends Role = Role> {
  /** Unique in its role. */
  readonly name: string;
  /** The role that it plays. */
  readonly role: Kind;
  /** What it does, in one line. */
  readonly summary: string;
  /** Declared natural values of the role's common genes, and of own genes where they are not the method's. */
  readonly start: GeneValues;
  /** Common genes of its role that it does not have, as nothing in it would read them. */
  readonly lacks?: readonly string[];
  /** Genes that it has in common with others of its kind beside those of its role; its methods' own may be among them. */
  readonly shares?: readonly Gene[];
  /** True for one that plays only where it is named, as it needs what a run has not by default. */
  readonly byName?: true;
  /** The methods that it names, and the numbers of its kind. */
  readonly identity: Identities[Kind];
}

/** A method that a variant names. */
export interface NamedMethod {
  readonly pool: PoolName;
  readonly key: string;
}

/** Which methods a variant names, in the order of its own genes. */
const NAMED: { readonly [Kind in Role]: (identity: Identities[Kind]) => readonly NamedMethod[] } = {
  analyst: ({ readings, trend, volatility, regimes }) => [
    ...readings.map((key) => ({ pool: "analyst.features", key }) as const),
    { pool: "analyst.trends", key: trend },
    { pool: "analyst.volatility", key: volatility },
    { pool: "analyst.regimes", key: regimes },
  ],
  researcher: ({ forecasting, uncertainty, calibration, probabilities }) => [
    { pool: "researcher.forecasting", key: forecasting },
    ...(uncertainty === null ? [] : [{ pool: "researcher.uncertainty", key: uncertainty } as const]),
    ...(calibration === null ? [] : [{ pool: "researcher.calibration", key: calibration } as const]),
    ...(probabilities === undefined
      ? []
      : [{ pool: "researcher.probabilities", key: probabilities } as const]),
  ],
  trader: ({ view, stance, style, sizing }) => [
    { pool: "trader.views", key: view },
    { pool: "trader.stances", key: stance },
    { pool: "trader.styles", key: style },
    ...(sizing === undefined ? [] : [{ pool: "trader.sizing", key: sizing } as const]),
  ],
  risk: ({ check }) => [{ pool: "risk.checks", key: check }],
};

/** The methods a variant names. */
export function methodsOf<Kind extends Role>({ role, identity }: Variant<Kind>): readonly NamedMethod[] {
  return NAMED[role](identity);
}

function records<Kind extends Role>(variant: Variant<Kind>): Method<never, unknown>[] {
  return methodsOf(variant).map(({ pool, key }) => methodNamed(pool, key) as Method<never, unknown>);
}

/** The weight gene of a method in a group that is mixed. */
export function weightGene(key: string, group: string): Gene {
  return weight(`${key}Weight`, group);
}

/**
 * The genes of a variant: those of its role but for those it lacks, those of its kind, the weights of its readings, its
 * methods' own.
 *
 * @throws {RangeError} If two have one name.
 */
export function geneSet<Kind extends Role>(variant: Variant<Kind>): GeneSet {
  const mixed = methodsOf(variant).filter(({ pool }) => pool === "analyst.features");
  const taught = variant.shares?.map(({ name }) => name) ?? [];
  const own = [
    ...mixed.map(({ key }) => weightGene(key, "readings")),
    ...records(variant).flatMap(({ genes }) => genes),
  ].filter(({ name }) => !taught.includes(name));
  const common = [
    ...COMMON_GENES[variant.role].filter(({ name }) => !variant.lacks?.includes(name)),
    ...(variant.shares ?? []),
  ];
  const names = [...common, ...own].map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new RangeError(
      `Cannot use the ${variant.role} ${variant.name} as its genes must have different names: ` +
        `two methods, or a method and the role, have one called ${twice}`,
    );
  }
  return { common, own };
}

/** The declared natural value of every gene of a variant: its methods' where it states none. */
export function startValues<Kind extends Role>(variant: Variant<Kind>): GeneValues {
  return Object.assign({}, ...records(variant).map(({ start }) => start), variant.start) as GeneValues;
}

/** The declared genome of a variant. */
export function startGenome<Kind extends Role>(variant: Variant<Kind>): Genome {
  return encodeGenome(variant.name, geneSet(variant), startValues(variant));
}

/** What a variant's methods read beside prices. */
export function needsOf<Kind extends Role>(variant: Variant<Kind>): readonly Need[] {
  return records(variant).flatMap(({ needs }) => needs);
}

/** Rows before a variant's output means anything: the longest of its methods' and columns'. */
export function warmUpOf<Kind extends Role>(variant: Variant<Kind>): number {
  const { identity } = variant;
  const columns = "derivatives" in identity ? identity.derivatives : [];
  return Math.max(
    ...records(variant).map(({ warmUp }) => warmUp),
    ...columns.map(({ column, params }) => (CATALOGUE[column] as CatalogueEntry).warmUp(params)),
  );
}
