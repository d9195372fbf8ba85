/** The inventory in hand: every method of every pool, with what it needs and what it costs. */
import { displayed } from "../figures/displayed.ts";
import { decimal, significant } from "../figures/format.ts";
import type { Table } from "../figures/table.ts";
import { inventoryEntries, type InventoryEntry, POOL_NAMES, warmUpText } from "../inventory/listing.ts";
import type { PoolName } from "../inventory/pools.ts";
import { shown } from "../core/shown.ts";
import { requireKnown } from "../core/known_names.ts";

/**
 * Every method that an agent may name, or those of one pool: what it needs, when it warms up and refits, what a bar of
 * it costs, where it comes from.
 *
 * @throws {RangeError} If there is no such pool.
 */
export function inventory(pool: PoolName | null = null): InventoryEntry[] {
  if (pool !== null) requireKnown("Cannot list the inventory as the pool", pool, POOL_NAMES);
  return inventoryEntries(pool);
}

/**
 * How far apart the costs of methods lie, pool by pool, in words and as Markdown; those that were not measured are left out.
 *
 * @param entries Of the pools to be compared; readings and forecasters unless given.
 */
export function costAnswer(
  entries: readonly InventoryEntry[] = [
    ...inventory("analyst.features"),
    ...inventory("researcher.forecasting"),
  ],
): { readonly markdown: string } {
  requireEntries(entries);
  const measured = entries.flatMap(({ pool, key, cost }) => cost === null ? [] : [{ pool, key, cost }])
    .toSorted((a, b) => a.cost - b.cost);
  const [cheapest] = measured, dearest = measured.at(-1);
  if (cheapest === undefined || dearest === undefined) {
    return displayed({ markdown: "None of these methods was measured." });
  }
  const named = ({ key, cost }: { readonly key: string; readonly cost: number }) =>
    `${significant(cost, 2)} (\`${key}\`)`;
  const pools = [...new Set(measured.map(({ pool }) => pool))].map((pool) => {
    const own = measured.filter((one) => one.pool === pool);
    const middle = own[Math.floor((own.length - 1) / 2)]!; // of an even number the lower one: a method that there is
    return own.length === 1
      ? `\`${pool}\` ${named(middle)}`
      : `\`${pool}\` from ${named(own[0]!)} to ${named(own.at(-1)!)}, half of them at most ${named(middle)}`;
  });
  const orders = decimal(Math.log10(dearest.cost / cheapest.cost), 1);
  return displayed({
    markdown:
      `In steps of an exponential mean a bar costs, of ${
        pools.join("; of ")
      }. Between \`${cheapest.key}\` and ` +
      `\`${dearest.key}\` lie ${orders} orders of magnitude.`,
  });
}

/** Refuses what is no list of entries, the name of a pool above all. */
function requireEntries(entries: unknown): void {
  if (Array.isArray(entries)) return;
  throw new RangeError(
    `Cannot show the inventory as its entries must be a list, such as inventory("risk.checks") gives: current value is ${
      shown(entries)
    }`,
  );
}

/** The inventory as a table. */
export function inventoryTable(entries: readonly InventoryEntry[] = inventory()): Table {
  requireEntries(entries);
  const pools = new Set(entries.map(({ pool }) => pool)).size;
  return displayed({
    name: "inventory",
    title: `${entries.length} methods in ${pools} ${pools === 1 ? "pool" : "pools"}`,
    caption:
      "Cost: time of one bar of five coins, in steps of an exponential mean; – where it was not measured.",
    columns: [
      { label: "Pool", align: "left", hint: "what the method is for" },
      { label: "Method", align: "left", hint: "the key by which a variant names it" },
      { label: "What it does", align: "left", hint: "in a few words" },
      { label: "Needs", align: "left", hint: "what it reads beside prices" },
      {
        label: "Warm-up",
        align: "right",
        hint: "rows before its output means anything; in brackets on one coin",
      },
      { label: "Refit", align: "right", hint: "rows between two fits" },
      { label: "Cost", align: "right", hint: "time of a bar, in steps of an exponential mean" },
      { label: "Source", align: "left", hint: "where it comes from" },
    ],
    rows: entries.map((entry, i) => ({
      cells: [
        i > 0 && entries[i - 1]!.pool === entry.pool ? "" : entry.pool,
        entry.key,
        entry.summary,
        entry.needs.length === 0 ? "prices" : entry.needs.join(", "),
        warmUpText(entry),
        String(entry.refitEvery),
        entry.cost === null ? "–" : significant(entry.cost, 2),
        entry.source === "" ? "–" : entry.source,
      ],
      strong: false,
    })),
  });
}
