import { join } from "node:path";
import { PROJECT } from "popagent/adapters/files/project.ts";

/** The cells of docs/LIBRARY.md, in order. Two tests read them: one runs them, one checks their types. */
export async function libraryCells(): Promise<string[]> {
  const text = await Deno.readTextFile(join(PROJECT, "docs", "LIBRARY.md"));
  return [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code!);
}
