/**
 * How the manifest names files: results/... and paper/..., wherever these two folders lie. A draft that is exported elsewhere so is the same
 * export, and no path of one machine gets into the repository.
 */
import { join, relative } from "node:path";

/** Where an export goes. */
export interface PaperPlaces {
  /** Folder of stored results. */
  readonly results: string;
  /** Folder of the paper. */
  readonly paper: string;
}

/** The manifest's name of a file in one of the folders; the one of the paper is tried first, as it may lie in the other. */
export function listedName(path: string, { results, paper }: PaperPlaces): string {
  for (const [name, folder] of [["paper", paper], ["results", results]] as const) {
    const inside = relative(folder, path);
    if (!inside.startsWith("..") && inside !== path) return `${name}/${inside.replaceAll("\\", "/")}`;
  }
  throw new RangeError(
    `Cannot list ${path} as it must lie in the folder of results or of the paper: they are ${results}, ${paper}`,
  );
}

/** Where a file of the manifest is. */
export function listedPath(name: string, { results, paper }: PaperPlaces): string {
  const [folder, ...rest] = name.split("/");
  return join(folder === "paper" ? paper : results, ...rest);
}
