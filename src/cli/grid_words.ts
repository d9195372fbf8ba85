/** Advice of a message in words that fit commands about grids, whose settings stand in a file and not in flags. */
import { fromHere } from "../adapters/files/from_here.ts";
import { printable } from "../core/printable.ts";
import { UserError } from "../core/user_error.ts";

/** What commands about one run advise, and what is to be done for a grid instead. */
const GRID_WORDS: readonly (readonly [RegExp, string])[] = [
  [/\(--set universe\.coins=\[BTC, \.\.\.\]\)/g, "(universe.coins below settings)"],
  [/\(--synthetic default\)/g, "(data.source: synthetic)"],
];

/**
 * What `work` gives.
 *
 * @param file The grid's file, whose line that names a folder of bars is told beside what that folder lacks.
 * @throws {UserError} Its own, its advice put for a grid.
 */
export async function inGridWords<Value>(file: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof UserError || cause instanceof RangeError)) throw cause;
    const said = GRID_WORDS.reduce((text, [flags, words]) => text.replace(flags, words), cause.message);
    if (said === cause.message) throw cause;
    throw new UserError(`${said} ${await whereFolderIsNamed(file)}`, { cause });
  }
}

async function whereFolderIsNamed(file: string): Promise<string> {
  const lines = (await Deno.readTextFile(file)).split("\n");
  const at = lines.findIndex((line) => /^[^#]*\bfolder\s*:/.test(line));
  const place = printable(fromHere(file));
  return at < 0
    ? `All of this stands in ${place}, which names no data.folder, so data/bybit is read; that may be a link to another folder.`
    : `All of this stands in ${place}: line ${at + 1} names the folder, which may be a link to another.`;
}
