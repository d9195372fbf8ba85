import { shown } from "../../core/shown.ts";

/** Refuses what is no path. @throws {RangeError} With what it is. */
export function requireFolderText(folder: unknown): void {
  if (typeof folder === "string") return;
  throw new RangeError(
    `Cannot read runs as their folder must be a path, such as "data/runs": current value is ${shown(folder)}`,
  );
}
