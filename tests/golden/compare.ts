import { fileURLToPath } from "node:url";
import { join } from "node:path";
import type { GoldenCase } from "./golden_runs.ts";
import type { GoldenRun } from "./golden_values.ts";

const FOLDER = fileURLToPath(new URL("values", import.meta.url));

/** Where the values of a run are stored. */
export function goldenFile(name: string): string {
  return join(FOLDER, `${name}.json`);
}

/** The stored values of a run. */
export function storedRun(name: string): GoldenRun {
  return JSON.parse(Deno.readTextFileSync(goldenFile(name))) as GoldenRun;
}

/** The run as JSON holds it: what is compared is what is stored. */
export async function madeRun({ make }: GoldenCase): Promise<GoldenRun> {
  return JSON.parse(JSON.stringify(await make())) as GoldenRun;
}

/** The paths at which a run differs from what is stored, none if it gives the same values; what is new is not stored yet. */
export function differences(stored: unknown, made: unknown, path = ""): string[] {
  if (Object.is(stored, made)) return [];
  const isTree = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null;
  if (isTree(stored) && isTree(made)) {
    if (Array.isArray(stored) && stored.length !== (made as unknown as unknown[]).length) {
      return [`${path}: ${(made as unknown as unknown[]).length} items where ${stored.length} are stored`];
    }
    return Object.keys(stored).flatMap((key) => differences(stored[key], made[key], `${path}/${key}`));
  }
  return [`${path}: ${JSON.stringify(made)} where ${JSON.stringify(stored)} is stored`];
}
