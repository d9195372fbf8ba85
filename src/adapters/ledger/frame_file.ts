import { join } from "node:path";
import { writeFileAtomic } from "../files/atomic_file.ts";
import type { CellStore } from "./cell_store.ts";
import { frameOf } from "./grid_frame.ts";
import type { PlacedCell } from "./grid_table.ts";

/**
 * Writes the frame of a grid whose cells are all done as <store>/grids/<name>.parquet, for whatever reads Parquet.
 *
 * @returns Its path.
 */
export async function writeFrame(
  { places, results }: CellStore,
  name: string,
  cells: readonly PlacedCell[],
): Promise<string> {
  const frame = await frameOf(cells, results);
  const path = join(places.frames, `${name}.parquet`);
  await writeFileAtomic(path, new Uint8Array(frame.writeParquet({ compression: "zstd" })));
  return path;
}
