import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * The folder of the real Bybit bars, or null where there are none: POPAGENT_DATA, else data/bybit. A test that
 * runs without them says so.
 */
export function realBarsFolder(): string | null {
  const named = Deno.env.get("POPAGENT_DATA");
  const folder = named ?? join(ROOT, "data", "bybit");
  return existsSync(join(folder, "Bybit_BTC.csv")) ? folder : null;
}
