/** What bars a configuration names, said without reading them. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { MarketConfig } from "../../experiments/config.ts";
import { sourceText } from "../../figures/run_subtitle.ts";
import { lastPart } from "../../core/plain_path.ts";
import { folderOf } from "./load_market.ts";
import { SYNTHETIC_FILE } from "./synthetic_mark.ts";

/** What is said of bars that nobody has read. */
export interface NamedSource {
  readonly text: string;
  /** True where no number says anything about a real market. */
  readonly synthetic: boolean;
}

/** What bars a configuration names. A folder whose files are marked as synthetic is. */
export function namedSource(config: MarketConfig): NamedSource {
  const folder = folderOf(config);
  if (folder === null) {
    const { mode, seed, ic } = config.market;
    return { text: sourceText({ kind: "synthetic", mode, seed, ic }), synthetic: true };
  }
  if (existsSync(join(folder, SYNTHETIC_FILE))) {
    return { text: `SYNTHETIC data of ${lastPart(folder)}`, synthetic: true };
  }
  return { text: sourceText({ kind: "bybit", folder, unsealed: false, sealedRows: 0 }), synthetic: false };
}
