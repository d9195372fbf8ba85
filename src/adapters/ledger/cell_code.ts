import { fileURLToPath } from "node:url";
import { sha256 } from "../../core/hash.ts";
import { sourceClosure } from "../files/source_closure.ts";

const ROOT = new URL("../../../", import.meta.url);

/** What a cell is run by: the experiment's own files, and where rows come from. */
const ENTRIES = ["src/experiments/grid/run_cell.ts", "src/adapters/bars/load_market.ts"];

let kept: Promise<string> | null = null;

/**
 * Hash of all by which cells are run: their source files, the locked packages and the versions of Deno and V8. A cell
 * by another source is another cell; a command's texts, figures and reports are no part of it.
 */
export function cellCode(): Promise<string> {
  return kept ??= hashOfCode();
}

async function hashOfCode(): Promise<string> {
  const closures = await Promise.all(ENTRIES.map((entry) => sourceClosure(new URL(entry, ROOT))));
  const files = new Map(closures.flat().map((url) => [url.href, url]));
  const lines = await Promise.all(
    [...files.values(), new URL("deno.lock", ROOT)].map(async (url) =>
      `${url.href.slice(ROOT.href.length)} ${sha256(await Deno.readFile(fileURLToPath(url)))}`
    ),
  );
  const { deno, v8 } = Deno.version;
  return sha256([deno, v8, ...lines.sort()].join("\n"));
}
