import { canonicalJson } from "../../core/hash.ts";
import { strictJson } from "../../core/strict_json.ts";
import type { CellFiles, CellOutcome } from "../../experiments/ports/cells.ts";
import { seriesToParquet } from "../runs/parquet_series.ts";

/** The files that are kept of what a cell left. */
export async function cellFiles({ result, series, events }: CellOutcome): Promise<CellFiles> {
  return {
    result: `${canonicalJson(result)}\n`,
    series: series && await seriesToParquet(series),
    events: events && events.map((event) => `${strictJson(event)}\n`).join(""),
  };
}
