import { Command } from "@commander-js/extra-typings";
import { loadExtensions } from "../../adapters/extensions/load_extensions.ts";
import { UserError } from "../../core/user_error.ts";
import { significant } from "../../figures/format.ts";
import { inventoryEntries, type InventoryEntry, POOL_NAMES, warmUpText } from "../../inventory/listing.ts";
import type { PoolName } from "../../inventory/pools.ts";
import { plainTable } from "../../report/text/plain_table.ts";
import { pathsIn } from "../chosen.ts";
import { say } from "../print.ts";

const EXAMPLES = `
Warm-up is the row from which a method's output means something, on five coins; in brackets on one, where it is another.
Cost is the time of one bar of five coins in steps of an exponential mean over one column, measured once by
deno task inventory-costs. docs/INVENTORY.md says how an agent comes to a method, and how it may choose among several.

Examples:
  deno task popagent inventory
  deno task popagent inventory --pool risk.checks
  deno task popagent inventory --pool analyst.features --extensions notebooks/own_analyst.ts
  deno task popagent inventory --json`;

/** popagent inventory: every method that an agent may name. */
export function inventoryCommand() {
  return new Command("inventory")
    .option("--pool <pool>", `one pool alone: ${POOL_NAMES.join(", ")}`)
    .option("--extensions <paths>", "modules of one's own whose methods are listed too, parted by commas")
    .option("--json", "print JSON instead of text")
    .addHelpText("after", EXAMPLES)
    .action(async ({ pool, extensions, json }) => {
      if (pool !== undefined && !POOL_NAMES.includes(pool as PoolName)) {
        throw new UserError(
          `Cannot list the inventory as --pool must be one of ${
            POOL_NAMES.join(", ")
          }: current value is ${pool}`,
        );
      }
      await loadExtensions(pathsIn(extensions));
      const entries = inventoryEntries(pool === undefined ? null : pool as PoolName);
      say(json ? JSON.stringify(entries) : inventoryText(entries));
    });
}

/** A pool a block: its methods with what they do, then what they need. */
function inventoryText(entries: readonly InventoryEntry[]): string {
  const pools = [...new Set(entries.map(({ pool }) => pool))];
  return pools.map((pool) => {
    const rows = entries.filter((entry) => entry.pool === pool).map((entry) => [
      entry.key,
      entry.summary,
      entry.needs.length === 0 ? "prices" : entry.needs.join(", "),
      warmUpText(entry),
      String(entry.refitEvery),
      entry.cost === null ? "-" : significant(entry.cost, 2),
      entry.source === "" ? "-" : entry.source,
    ]);
    return `${pool}\n${
      plainTable([
        ["method", "left"],
        ["what it does", "left"],
        ["needs", "left"],
        ["warm-up", "right"],
        ["refit", "right"],
        ["cost", "right"],
        ["source", "left"],
      ], rows)
    }`;
  }).join("\n\n");
}
