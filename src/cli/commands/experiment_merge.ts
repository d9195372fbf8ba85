import { Command } from "@commander-js/extra-typings";
import { openCellStore } from "../../adapters/ledger/cell_store.ts";
import { writeFrame } from "../../adapters/ledger/frame_file.ts";
import { gridHash, gridsOf, placedCells } from "../../adapters/ledger/grid_table.ts";
import { mergeStore } from "../../adapters/ledger/merge.ts";
import { countTrials } from "../../adapters/ledger/trial_table.ts";
import { withStore } from "../grid_command.ts";
import { say } from "../print.ts";

const EXAMPLES = `
Examples:
  deno task experiment merge data/shards/smoke-0-of-3 data/shards/smoke-1-of-3 data/shards/smoke-2-of-3
  deno task experiment merge data/shards/night --store data/all`;

/** popagent experiment merge: shards into one store. */
export function experimentMergeCommand() {
  return withStore(
    new Command("merge")
      .argument("<folders...>", "stores of shards, each with its ledger.sqlite")
      .description("Take what shards left into one store; every result is checked by its hash"),
  )
    .addHelpText("after", EXAMPLES)
    .action(async (folders, flags) => {
      const store = await openCellStore(flags.store);
      try {
        const lines = folders.map((folder) => {
          const { cells, trials } = mergeStore(store, folder);
          return `${folder}: ${cells} cells and ${trials} trials that were new here`;
        });
        const names = new Set<string>();
        for (const { id, name } of gridsOf(store.db)) {
          if (names.has(name)) continue;
          names.add(name);
          const cells = placedCells(store.db, id);
          const done = cells.filter(({ state }) => state === "done").length;
          const hash = gridHash(cells);
          if (hash !== null) {
            lines.push(`${name}: complete, hash ${hash}, ${await writeFrame(store, name, cells)}`);
          } else lines.push(`${name}: ${done} of ${cells.length} places are done`);
        }
        say([...lines, `The ledger counts ${countTrials(store.db)} distinct trials.`].join("\n"));
      } finally {
        await store.close();
      }
    });
}
