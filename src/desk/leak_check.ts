/** Does anything of one's own know the future? Its methods, columns, agents and strategies on bars that go on otherwise. */
import { bareMethod } from "../adapters/extensions/guarded_method.ts";
import { barePart } from "../adapters/extensions/guarded_parts.ts";
import { loadExtensions } from "../adapters/extensions/load_extensions.ts";
import { ownVariants } from "../agents/catalogue.ts";
import { requireKeys, requireKnown } from "../core/known_names.ts";
import { UserError } from "../core/user_error.ts";
import { shown } from "../core/shown.ts";
import type { PooledMethod } from "../experiments/leakage/method_outputs.ts";
import { type OwnParts, partChecks, type PartFinding } from "../experiments/leakage/own_checks.ts";
import { OWN_PASSIVE } from "../experiments/references/passive.ts";
import { CATALOGUE, type CatalogueEntry } from "../features/catalogue.ts";
import { displayed } from "../figures/displayed.ts";
import type { Table } from "../figures/table.ts";
import type { Method } from "../inventory/method.ts";
import { type PoolName, POOLS } from "../inventory/pools.ts";
import { FIRST_SEALED_SEED } from "../market/seal.ts";
import { inNotebookWords } from "./said_in_notebook.ts";

/** What is looked at. */
export interface LeakCheckOptions {
  /** Paths of modules of one's own, loaded first; what is declared already is looked at too. */
  readonly extensions?: readonly string[];
  /** Parts that are looked at, by name ("mine") or as a finding names them ("column mine"); all of one's own unless given. */
  readonly only?: readonly string[];
  /** Seed of the synthetic market, an integer >= 0; 3 unless given. */
  readonly seed?: number;
  /** Told each part once it was looked at. */
  readonly onPart?: (finding: PartFinding) => void;
}

/**
 * Shows everything that was added to the house bars that are cut off after a row, or go on in another way: what was
 * said by that row must be the same, bit for bit. A method, column, agent or strategy that differs knows the future.
 *
 * @returns What was found, a part each, in the order methods, columns, agents, strategies.
 * @throws {RangeError} If there is no part of a name, or the seed breaks its rule.
 * @throws {UserError} If an extension cannot be loaded, or there is nothing of one's own.
 */
export async function leakCheck(options: LeakCheckOptions = {}): Promise<PartFinding[]> {
  requireKeys("Cannot look for leaks as the options", options, ["extensions", "only", "seed", "onPart"]);
  const { extensions = [], only, seed = 3, onPart } = options;
  for (const [name, list] of Object.entries({ extensions, only: only ?? [] })) {
    if (Array.isArray(list)) continue;
    throw new RangeError(
      `Cannot look for leaks as ${name} must be a list, such as ["mine"]: current value is ${shown(list)}`,
    );
  }
  if (!Number.isInteger(seed) || seed < 0 || seed >= FIRST_SEALED_SEED) {
    throw new RangeError(
      `Cannot look for leaks as seed must be an integer from 0 to ${
        FIRST_SEALED_SEED - 1
      }: current value is ${shown(seed)}`,
    );
  }
  await inNotebookWords(() => loadExtensions(extensions));
  const checks = partChecks(ownParts(), seed), names = checks.map(({ name }) => name);
  if (names.length === 0) {
    throw new UserError(
      "Cannot look for leaks as at least one method, column, agent or strategy must be of one's own: there is none. " +
        "Declare it first, or name its module in extensions.",
    );
  }
  const isMeant = (name: string, asked: string) => name === asked || name.endsWith(` ${asked}`);
  for (const asked of only ?? []) {
    if (!names.some((name) => isMeant(name, asked))) {
      requireKnown("Cannot look for leaks as a part", asked, names);
    }
  }
  const found: PartFinding[] = [];
  for (const { name, run } of checks) {
    if (only !== undefined && !only.some((asked) => isMeant(name, asked))) continue;
    const finding = await run();
    onPart?.(finding);
    found.push(finding);
  }
  return found;
}

/** Everything that was added to the house, as it was written: a guard would stop at a value before it is compared. */
function ownParts(): OwnParts {
  const methods = (Object.keys(POOLS) as PoolName[]).flatMap((pool) =>
    Object.entries(POOLS[pool]).flatMap(([key, method]): PooledMethod[] => {
      const bare = bareMethod(method);
      return bare === method ? [] : [{ pool, key, method: bare as Method<unknown, unknown> }];
    })
  );
  const columns = Object.entries(CATALOGUE as Readonly<Record<string, CatalogueEntry>>).flatMap(
    ([name, entry]) => barePart(entry) === entry ? [] : [{ name, entry: barePart(entry) }],
  );
  const strategies = Object.entries(OWN_PASSIVE).map(([name, one]) => ({ name, strategy: barePart(one) }));
  return { methods, columns, agents: ownVariants(), strategies };
}

/** What a look for leaks found, a part a row; those that know the future stand out. */
export function leakCheckTable(found: readonly PartFinding[]): Table {
  const leaks = found.filter(({ holds }) => !holds).length;
  return displayed({
    name: "leak-check",
    title: leaks === 0
      ? `Nothing of ${found.length} knows the future`
      : `${leaks} of ${found.length} know the future, or could not be looked at`,
    caption:
      "Each was shown bars that are cut off after a row, or go on in another way; what it said by that row " +
      "must stay the same.",
    columns: [
      { label: "Part", align: "left", hint: "method, column, agent or strategy" },
      { label: "Verdict", align: "left", hint: "clear, or LEAKS" },
      { label: "First row", align: "right", hint: "earliest row that changed with what came later" },
      { label: "Worlds", align: "right", hint: "other futures that it was shown" },
      { label: "Values", align: "right", hint: "values compared" },
      { label: "What was seen", align: "left", hint: "the value there, and what became of it" },
    ],
    rows: found.map(({ name, holds, first, worlds, compared, told }) => ({
      cells: [
        name,
        verdictOf({ holds, first }),
        first === null ? "–" : String(first.row),
        String(worlds),
        compared.toLocaleString("en"),
        told || "–",
      ],
      strong: !holds,
    })),
  });
}

/** One word for a finding: what could not be looked at is not clear, and no leak either. */
export function verdictOf(
  { holds, first }: Pick<PartFinding, "holds" | "first">,
): "clear" | "LEAKS" | "fails" {
  return holds ? "clear" : first === null ? "fails" : "LEAKS";
}
