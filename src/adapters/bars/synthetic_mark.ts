/** The file beside written CSVs that says they are synthetic, so that whoever reads them back says so too. */
import { join } from "node:path";
import * as z from "zod";
import { canonicalJson } from "../../core/hash.ts";
import { printable } from "../../core/printable.ts";
import type { Coin } from "../../core/universe.ts";
import { type CoinBars, coinHash, type Panel, type SyntheticSource } from "../../market/panel.ts";
import { SYNTHETIC_MODES } from "../../market/synthetic/worlds.ts";
import { UserError } from "../../core/user_error.ts";

export const SYNTHETIC_FILE = "synthetic.json";

const markSchema = z.strictObject({
  mode: z.enum(SYNTHETIC_MODES),
  seed: z.int().min(0),
  ic: z.number().min(0),
  /** Hash of each coin's rows, so that one coin alone can be read back. */
  coins: z.record(z.string(), z.string()),
});

/** The text of the mark of a synthetic panel. */
export function syntheticMark({ mode, seed, ic }: SyntheticSource, { coins, openTime }: Panel): string {
  const hashes = Object.fromEntries(coins.map((bars) => [bars.coin, coinHash(bars, openTime)]));
  return `${canonicalJson({ mode, seed, ic, coins: hashes })}\n`;
}

/**
 * What the mark of a folder says its bars are, or null where there is no mark.
 *
 * @param coins Bars that the folder's CSVs hold, all of its coins or some.
 * @throws {UserError} If the mark cannot be read, or was written for other rows.
 */
export function markedSource(
  folder: string,
  coins: readonly CoinBars[],
  openTime: Float64Array,
): SyntheticSource | null {
  let text: string;
  try {
    text = Deno.readTextFileSync(join(folder, SYNTHETIC_FILE));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  const mark = markSchema.safeParse(jsonOf(text));
  const foreign: Coin[] = mark.success
    ? coins.filter((bars) => mark.data.coins[bars.coin] !== coinHash(bars, openTime)).map(({ coin }) => coin)
    : [];
  if (!mark.success || foreign.length > 0) {
    throw new UserError(
      `Cannot read the bars in ${printable(folder)} as ${SYNTHETIC_FILE} there must belong to them: it ${
        mark.success ? `was written for other rows of ${foreign.join(", ")}` : "cannot be read"
      }. Write the synthetic bars again, or take that file away if every CSV is real.`,
    );
  }
  const { mode, seed, ic } = mark.data;
  return { kind: "synthetic", mode, seed, ic };
}

/** Parsed JSON, or undefined if it is none. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the schema refuses it, with the file's name
  }
}
