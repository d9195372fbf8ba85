import { hint } from "../../core/known_names.ts";
import { printable } from "../../core/printable.ts";
import { shown } from "../../core/shown.ts";
import { type Gene, type GeneValues, log, weight } from "../../genome/gene.ts";
import type { Method } from "../method.ts";
import { type PoolName, POOLS } from "../pools.ts";
import { learnedShares } from "./learned_shares.ts";
import { type MethodSelection, selectMethods } from "./select.ts";
import { requireSelection, type SelectionSettings, selectionSettings } from "./settings.ts";

/** A method that stands for several of its pool and chooses among them. */
export interface SelectingMethod<Input, Output> extends Method<Input, Output> {
  /** Keys of the methods that it chooses among, in the order of a selection's indices. */
  readonly keys: readonly string[];
  /** The methods themselves, by key. */
  readonly methods: Readonly<Record<string, Method<Input, Output>>>;
  /** What is chosen at each row, and what was pruned. */
  readonly select: (input: Input, genes: GeneValues) => MethodSelection;
}

/** What differs between the pools. */
export interface SelectingParts<Input, Output> {
  readonly summary: string;
  /** The pool of the methods, and name of the simplex that the choice probabilities are on. */
  readonly group: PoolName;
  readonly methods: Readonly<Record<string, Method<Input, Output>>>;
  readonly settings: Partial<SelectionSettings>;
  /** How well an output's row t-1 did over row t; shape [rows], 0 at row 0. What does not depend on the output is done once. */
  readonly merit: (input: Input) => (output: Output) => Float64Array;
  /** The regime at each row. */
  readonly contexts: (input: Input) => Int8Array;
  readonly firstRow: (input: Input) => number;
  /** The output whose row t is that of the method chosen there. */
  readonly pick: (outputs: readonly Output[], chosen: Uint8Array, input: Input) => Output;
}

/** The gene of a method's choice probability: what agents hand on of what they learned. */
export function choiceGene(key: string, group: string): Gene {
  return weight(`${key}Choice`, group);
}

/** Half-life of evidence, rows: how fast an agent forgets what a method once did. */
const choiceMemory = log("choiceMemory", 180, 8760);

/**
 * A method of a pool that chooses among others of it. Its genes are a choice probability for each, how fast it forgets, and
 * the genes of all of them; genes of one name are one gene. Choices are a function of rows and genes alone, so whoever has the
 * genes chooses alike.
 *
 * @throws {RangeError} If there are no methods, one is none, two have different genes of one name, or a setting breaks its rule.
 */
export function selectingMethod<Input, Output>(
  parts: SelectingParts<Input, Output>,
): SelectingMethod<Input, Output> {
  const { methods, group, merit, contexts, firstRow, pick } = parts;
  const keys = Object.keys(methods), all = Object.values(methods);
  if (keys.length === 0) throw new RangeError(`Cannot select in ${group} as it needs at least one method`);
  requireMethods(methods, group);
  const settings = selectionSettings(parts.settings);
  requireSelection(settings, keys.length);
  const select = (input: Input, genes: GeneValues) => selectAmong(runAll(input, genes), input, genes);
  const runAll = (input: Input, genes: GeneValues) => all.map((method) => method.run(input, genes));
  const selectAmong = (outputs: readonly Output[], input: Input, genes: GeneValues): MethodSelection =>
    selectMethods({
      merits: outputs.map(merit(input)),
      contexts: contexts(input),
      preferences: keys.map((key) => genes[choiceGene(key, group).name]!),
      firstRow: firstRow(input),
      seed: `${group}|${keys.join()}`,
    }, { ...settings, memory: genes.choiceMemory! });
  const shares = Object.fromEntries(keys.map((key) => [choiceGene(key, group).name, 1 / keys.length]));
  return {
    summary: parts.summary,
    genes: [...keys.map((key) => choiceGene(key, group)), choiceMemory, ...oneOfEach(all)],
    start: Object.assign(
      { ...shares, choiceMemory: settings.memory },
      ...all.map(({ start }) => start),
    ) as GeneValues,
    warmUp: Math.max(...all.map(({ warmUp }) => warmUp)),
    refitEvery: Math.max(...all.map(({ refitEvery }) => refitEvery)),
    needs: [...new Set(all.flatMap(({ needs }) => needs))],
    source: "Agrawal & Goyal, Thompson Sampling for Contextual Bandits, ICML (2013); Auer et al. (2002)",
    keys,
    methods,
    select,
    learned: (input, genes, row) => {
      const shares = learnedShares(select(input, genes), keys.length, row);
      return Object.fromEntries(keys.map((key, i) => [choiceGene(key, group).name, shares[i]!]));
    },
    run: (input, genes) => {
      const outputs = runAll(input, genes);
      return pick(outputs, selectAmong(outputs, input, genes).chosen, input);
    },
  };
}

/** Refuses what is no method, as one that is read of a pool by a name which it has not. */
function requireMethods(methods: Readonly<Record<string, unknown>>, group: PoolName): void {
  for (const [key, method] of Object.entries(methods)) {
    if (typeof (method as Partial<Method<never, unknown>> | null | undefined)?.run === "function") continue;
    throw new RangeError(
      `Cannot select in ${group} as ${printable(key)} must be a method of it: current value is ${
        shown(method)
      }.` +
        hint(key, Object.keys(POOLS[group])),
    );
  }
}

function oneOfEach(methods: readonly Method<never, unknown>[]): Gene[] {
  const byName = new Map<string, Gene>();
  for (const gene of methods.flatMap(({ genes }) => genes)) {
    const known = byName.get(gene.name);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(gene)) {
      throw new RangeError(
        `Cannot select as genes of one name must be one gene: two methods have a different ${gene.name}`,
      );
    }
    byName.set(gene.name, gene);
  }
  return [...byName.values()];
}
