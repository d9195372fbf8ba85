/** Which files of bars a folder holds. */
import { join } from "node:path";
import type { Coin } from "../../core/universe.ts";
import { csvFileName } from "./csv_columns.ts";

/** What is at a path: a file, a folder, a link that leads nowhere, or nothing. */
export type Found = "file" | "folder" | "dangling link" | "nothing";

/** What is at a path; links are followed. */
export function foundAt(path: string): Found {
  try {
    return Deno.statSync(path).isDirectory ? "folder" : "file";
  } catch (error) {
    if (error instanceof Deno.errors.FilesystemLoop) return "dangling link";
    if (!(error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory)) throw error;
  }
  try {
    return Deno.lstatSync(path).isSymlink ? "dangling link" : "nothing";
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return "nothing";
    throw error;
  }
}

/** What a folder may hold and still be empty to a person: READMEs and hidden files. */
const BESIDE_BARS = /^(\.|readme)/i;

/** True for a folder in which nobody has put anything. */
export function isEmptyFolder(path: string): boolean {
  if (foundAt(path) !== "folder") return false;
  for (const { name } of Deno.readDirSync(path)) {
    if (!BESIDE_BARS.test(name)) return false;
  }
  return true;
}

/** The coins' files that a folder does not hold, each with what is there in its place. */
export function absentFiles(folder: string, coins: readonly Coin[]): string[] {
  return coins.map(csvFileName).flatMap((name) => {
    const found = foundAt(join(folder, name));
    if (found === "file") return [];
    return [
      found === "nothing"
        ? name
        : `${name} (${found === "folder" ? "a folder" : "a link that leads nowhere"})`,
    ];
  });
}
