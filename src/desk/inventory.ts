/** The inventory in hand: every method of every pool, with what it needs and what it costs. */
import { displayed } from "../figures/displayed.ts";
import { significant } from "../figures/format.ts";
import type { Table } from "../figures/table.ts";
import { inventoryEntries, type InventoryEntry, POOL_NAMES, warmUpText } from "../inventory/listing.ts";
import type { PoolName } from "../inventory/pools.ts";
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

/** The inventory as a table. */
export function inventoryTable(entries: readonly InventoryEntry[] = inventory()): Table {
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
