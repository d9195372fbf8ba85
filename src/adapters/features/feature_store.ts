/** Feature tables on disk, as Parquet, by content address: computed once per market, columns and code. */
import { join } from "node:path";
import pl from "nodejs-polars";
import { hashJson, sha256 } from "../../core/hash.ts";
import { type ColumnSpec, DEFAULT_COLUMNS } from "../../features/catalogue.ts";
import { assembleFeatures, type CoinFrames, featureAddress, panelToFrames } from "../../features/frame.ts";
import type { Coin } from "../../core/universe.ts";
import type { Panel } from "../../market/panel.ts";
import { sourceClosure } from "../files/source_closure.ts";

/** Where feature tables are kept unless said otherwise; relative to the working folder. */
export const FEATURE_FOLDER = "data/cache/features";

/** Feature tables with their address, and whether they came from disk. */
export interface StoredFeatures {
  readonly address: string;
  readonly cached: boolean;
  readonly frames: CoinFrames;
}

/**
 * The feature tables of a panel: read from `<folder>/<address>/<COIN>.parquet` where they are, else computed
 * and written there. All files appear at once (a folder is filled under another name, then renamed), so
 * a run killed at any moment leaves no half of a set.
 *
 * @param folder Holds one folder an address.
 * @param columns Catalogue columns of each table.
 * @throws {Error} If the folder cannot be written or a stored file cannot be read; the path is named.
 */
export async function loadFeatures(
  panel: Panel,
  folder = FEATURE_FOLDER,
  columns: readonly ColumnSpec[] = DEFAULT_COLUMNS,
): Promise<StoredFeatures> {
  const address = featureAddress(panel.hash, columns, await featureCodeHash());
  const home = join(folder, address);
  if (await exists(home)) {
    return {
      address,
      cached: true,
      frames: readFrames(home, panel.coins.map(({ coin }) => coin)),
    };
  }
  const frames = assembleFeatures(panelToFrames(panel), panel.source, columns, panel.missing, panel.news);
  await writeFrames(folder, home, frames);
  return { address, cached: false, frames };
}

/** What assembles the tables. */
const ASSEMBLY = new URL("../../features/frame.ts", import.meta.url);

/** What tables are computed with beside our own code: polars makes some columns and all bytes, V8 every logarithm. */
export const ENGINE_VERSIONS: Readonly<Record<string, string>> = {
  polars: pl.version,
  deno: Deno.version.deno,
  v8: Deno.version.v8,
};

/**
 * SHA-256 over the source text of everything that a table is computed by, the module that assembles it and all
 * that it imports, and over the versions of what it runs on: a changed formula is a changed address.
 */
export async function featureCodeHash(
  entry: URL = ASSEMBLY,
  versions: Readonly<Record<string, string>> = ENGINE_VERSIONS,
): Promise<string> {
  const files = await sourceClosure(entry);
  const hashes = files.map(async (file) => [
    file.href.slice(new URL("../", entry).href.length),
    sha256(await Deno.readFile(file)),
  ]);
  return hashJson([versions, await Promise.all(hashes)]);
}

function readFrames(home: string, coins: readonly Coin[]): CoinFrames {
  return Object.fromEntries(coins.map((coin) => {
    const path = join(home, `${coin}.parquet`);
    try {
      return [coin, pl.readParquet(path)];
    } catch (cause) {
      throw new Error(`Cannot read features as their file must be whole: current value is ${path}`, {
        cause,
      });
    }
  }));
}

async function writeFrames(folder: string, home: string, frames: CoinFrames): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  const temporary = await Deno.makeTempDir({ dir: folder, prefix: ".writing-" });
  try {
    for (const [coin, frame] of Object.entries(frames)) {
      frame.writeParquet(join(temporary, `${coin}.parquet`), { compression: "zstd" });
    }
    await Deno.rename(temporary, home);
  } catch (cause) {
    await Deno.remove(temporary, { recursive: true });
    if (await exists(home)) return; // another process stored the same tables first
    throw new Error(`Cannot store features as their folder must be writable: current value is ${folder}`, {
      cause,
    });
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
