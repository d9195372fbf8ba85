import { join } from "node:path";
import { Command } from "@commander-js/extra-typings";
import { requireWritableFolder } from "../../adapters/files/writable_folder.ts";
import { barsOf, barsText, withDataFlags } from "../data_flags.ts";
import { say } from "../print.ts";

const EXAMPLES = `
One Parquet file a coin: bars, indicators, derivatives columns and the eight cross-asset signals, each in its
own unit and as the score agents read. The folder is named by a hash of rows, columns and code, so a table is
computed once and never stale. Sealed months are left out.

Examples:
  deno task popagent data features                     data/bybit where there are bars, else the synthetic market
  deno task popagent data features --data data/bybit
  deno task popagent data features --synthetic planted --ic 0.1 --out data/features`;

/** popagent data features: polars feature tables as Parquet. */
export function dataFeaturesCommand() {
  return withDataFlags(new Command("features"))
    .description("Assemble the feature tables of the bars and keep them as Parquet")
    .option("--out <folder>", "where tables are kept; data/cache/features unless given")
    .addHelpText("after", EXAMPLES)
    .action(async (flags) => {
      const { FEATURE_FOLDER, loadFeatures } = await import("../../adapters/features/feature_store.ts"); // polars stands behind it
      const root = flags.out ?? FEATURE_FOLDER;
      const panel = await barsOf(flags);
      await requireWritableFolder(root);
      const { address, cached, frames } = await loadFeatures(panel, root);
      const { height: rows, columns } = Object.values(frames)[0]!;
      const folder = join(root, address);
      if (flags.json) {
        say(JSON.stringify({ source: panel.source, address, cached, folder, rows, columns }), folder);
        return;
      }
      const lines = [
        barsText(panel),
        "",
        `Tables:   ${Object.keys(frames).map((coin) => `${coin}.parquet`).join(", ")}`,
        `Rows:     ${rows}`,
        `Columns:  ${columns.length}`,
        `Address:  ${address}`,
        `Cached:   ${cached ? "yes, they were there already" : "no, computed and stored now"}`,
        `Folder:   ${folder}`,
      ];
      say(lines.join("\n"), folder);
    });
}
