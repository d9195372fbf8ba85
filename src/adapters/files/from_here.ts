import { isAbsolute, relative } from "node:path";
import { PROJECT } from "./project.ts";

/** A path of the project as it is written from the working folder, the same on every machine; others as they are. */
export function fromHere(path: string): string {
  const inside = relative(PROJECT, path);
  const isInside = isAbsolute(path) && !inside.startsWith("..") && !isAbsolute(inside);
  return isInside ? relative(Deno.cwd(), path).replaceAll("\\", "/") : path;
}
