/** Does the paper folder say what the stored results say? Everything is computed again and compared. */
import { join } from "node:path";
import { sha256 } from "../../core/hash.ts";
import { UserError } from "../../core/user_error.ts";
import {
  changedCells,
  type EvidenceRecord,
  evidenceRecordSchema,
} from "../../experiments/evidence/evidence_record.ts";
import type { RobustRecord } from "../../experiments/evidence/robust/robust_record.ts";
import { summarise } from "../../experiments/evidence/summarise.ts";
import { counted } from "../../report/text/counted.ts";
import { paperMacros, paperResults, paperTables } from "../../report/text/paper_texts.ts";
import { readJson } from "../files/json_file.ts";
import { exists } from "../runs/run_places.ts";
import { isAsDrawn } from "./draw_paper.ts";
import { listedPath, type PaperPlaces } from "./listed_files.ts";
import { type ExportedGrid, exportedRobust } from "./exported_grids.ts";
import { manifestEntries, type ManifestEntry, newestOf } from "./manifest.ts";
import { evidencePlaces } from "./places.ts";

/** What was found. */
export interface PaperCheck {
  readonly grids: readonly string[];
  /** Exported grids of which a draft holds nothing. */
  readonly elsewhere: readonly string[];
  /** Files that were compared. */
  readonly files: number;
  /** Figures that are not here: the repository holds none. */
  readonly undrawn: number;
  /** One sentence for each thing that is not as it was made. */
  readonly faults: readonly string[];
}

/**
 * Checks all exported grids. Stored results must be as they were exported, all of them. A folder with main.tex is the paper and must hold
 * all that it inputs; one without is a draft, which need not hold grids of which nothing lies there.
 *
 * @throws {UserError} If the manifest itself was changed.
 */
export async function verifyPaper({ results, paper }: PaperPlaces): Promise<PaperCheck> {
  const entries = await manifestEntries(evidencePlaces(results, "").manifest);
  const all = [...new Set(entries.map(({ grid }) => grid))].sort();
  const inPaper = (name: string) => name.startsWith("paper/");
  const held = all.filter((grid) =>
    Object.keys(newestOf(entries, grid)!.files).some((name) =>
      inPaper(name) && exists(listedPath(name, { results, paper }))
    )
  );
  const grids = held.length === 0 || exists(join(paper, "main.tex")) ? all : held;
  const faults: string[] = [], exported: Pick<ExportedGrid, "summary" | "robust">[] = [];
  const missing = new Set<string>(); // a table may be missed by the manifest and by what is computed
  const compare = async (path: string, text: string) => {
    if (!exists(path)) missing.add(path);
    else faults.push(...textFaults(path, await Deno.readTextFile(path), text));
  };
  let files = 0, undrawn = 0;
  for (const grid of all) {
    const { record: path } = evidencePlaces(results, grid);
    const { files: hashes } = newestOf(entries, grid)!;
    const summary = exists(path) ? summarise(await readJson(path, evidenceRecordSchema)) : null;
    for (const [name, hash] of Object.entries(hashes)) {
      if (inPaper(name) && !grids.includes(grid)) continue;
      const file = listedPath(name, { results, paper });
      files++;
      if (!exists(file) && /\.(svg|png|pdf)$/.test(file)) undrawn++; // the repository holds no figures
      else if (!exists(file)) missing.add(file);
      else if (sha256(await Deno.readFile(file)) !== hash && !file.endsWith(".tex")) {
        if (summary !== null && await isAsDrawn(file, paper, summary)) continue; // by later source than the export's
        faults.push(
          file === path ? await storedFault(path) : `${file}: its bytes are not those that were exported`,
        );
      }
    }
    if (summary === null) continue;
    const robust = await robustOr(summary.record, results, hashes, (fault) => faults.push(fault));
    exported.push({ summary, robust });
    if (!grids.includes(grid)) continue;
    for (const [name, text] of Object.entries(paperTables(summary, robust))) {
      await compare(join(paper, name), text);
    }
  }
  const shared = {
    "macros.tex": paperMacros(exported.map(({ summary }) => summary)),
    "results.tex": paperResults(exported),
  };
  if (grids.length > 0) {
    for (const [name, text] of Object.entries(shared)) {
      files++;
      await compare(join(paper, name), text);
    }
  }
  const elsewhere = all.filter((grid) => !grids.includes(grid));
  return {
    grids,
    elsewhere,
    files,
    undrawn,
    faults: [...faults, ...[...missing].map((file) => `${file}: is not there`)],
  };
}

/** What was exported of a grid under other terms; null, and a fault, where that is not about its cells. */
async function robustOr(
  record: EvidenceRecord,
  results: string,
  hashes: ManifestEntry["files"],
  onFault: (fault: string) => void,
): Promise<RobustRecord | null> {
  try {
    return await exportedRobust(record, results, hashes);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    onFault(error.message);
    return null;
  }
}

/** What a stored result's cells tell of the change in it. */
async function storedFault(path: string): Promise<string> {
  const changed = changedCells(await readJson(path, evidenceRecordSchema));
  const where = changed.length === 0 ? "outside its cells" : `in ${changed.slice(0, 5).join(", ")}`;
  return `${path}: the stored result was changed ${where}`;
}

/** The first line of a text that differs from what stored results give, and how many more do; none where none does. */
function textFaults(path: string, text: string, expected: string): string[] {
  const found = text.split("\n"), lines = expected.split("\n");
  const differing = Array.from({ length: Math.max(found.length, lines.length) }, (_, i) => i).filter((i) =>
    found[i] !== lines[i]
  );
  const [first] = differing, more = differing.length - 1;
  if (first === undefined) return [];
  const further = more === 0
    ? ""
    : `; ${counted(more, "further line")} of it ${more === 1 ? "differs" : "differ"}`;
  return [`${path}, line ${first + 1}: ${differenceOf(found[first] ?? "", lines[first] ?? "")}${further}`];
}

/** A macro, and the number or words that it stands for. */
const MACRO = /^\\newcommand\{(\\\w+)\}\{(.*)\}$/;
/** Signs of a line that are shown on either side of what differs. */
const AROUND = 40;

/** What two lines say: a macro's whole value, else all between the first and the last sign that differ, and some on either side. */
function differenceOf(found: string, expected: string): string {
  const a = MACRO.exec(found), b = MACRO.exec(expected);
  if (a && b && a[1] === b[1]) return `${a[1]} says "${a[2]}", stored results give "${b[2]}"`;
  const shorter = Math.min(found.length, expected.length);
  let start = 0, end = 0;
  while (start < shorter && found[start] === expected[start]) start++;
  while (end < shorter - start && found.at(-1 - end) === expected.at(-1 - end)) end++;
  const from = Math.max(0, start - AROUND), left = Math.max(0, end - AROUND);
  const cut = (line: string) =>
    line === ""
      ? "nothing"
      : `"${from > 0 ? "…" : ""}${line.slice(from, line.length - left)}${left > 0 ? "…" : ""}"`;
  return `says ${cut(found)}, stored results give ${cut(expected)}`;
}
