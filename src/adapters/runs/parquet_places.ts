/**
 * What the places of a run's populations earned, as one Parquet file: a column of simple net returns for each place,
 * named by population and place, such as selectionOnly.25; one row a reported bar, as in series.parquet.
 */
import { join } from "node:path";
import type { PlaceReturns } from "../../experiments/population_mean.ts";
import { UserError } from "../../core/user_error.ts";
import { readParquetTable, tableToParquet } from "./parquet.ts";
import { requireFolderText } from "./folder_text.ts";

/** Parquet bytes of populations' places. Equal returns give equal bytes, in whatever order the populations ran. */
export function placesToParquet(populations: PlaceReturns): Promise<Uint8Array> {
  const names = Object.keys(populations).sort();
  return tableToParquet(
    Object.fromEntries(
      names.flatMap((name) =>
        populations[name]!.map((returns, place) => [`${name}.${place + 1}`, returns] as const)
      ),
    ),
  );
}

/**
 * What the places of a finished run's populations earned over its reported rows.
 *
 * @param directory The run's folder.
 * @throws {UserError} If it has no population, or the file is not as it was written.
 */
export async function readPlaces(directory: string): Promise<PlaceReturns> {
  requireFolderText(directory);
  const path = join(directory, "places.parquet");
  let columns;
  try {
    columns = Object.entries(await readParquetTable(path));
  } catch (cause) {
    throw new UserError(
      `Cannot read ${path} as it must be the Parquet file of a run in which a population learned`,
      { cause },
    );
  }
  const places: Record<string, Float64Array[]> = {};
  for (const [column, returns] of columns) {
    (places[column.split(".")[0]!] ??= []).push(returns as Float64Array);
  }
  return places;
}
