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
  /** Files that were compared. */
  readonly files: number;
  /** Figures that are not here: the repository holds none. */
  readonly undrawn: number;
  /** One sentence for each thing that is not as it was made. */
  readonly faults: readonly string[];
}

/** Checks all exported grids. @throws {UserError} If the manifest itself was changed. */
export async function verifyPaper({ results, paper }: PaperPlaces): Promise<PaperCheck> {
  const entries = await manifestEntries(evidencePlaces(results, "").manifest);
  const grids = [...new Set(entries.map(({ grid }) => grid))].sort();
  const faults: string[] = [], exported: Pick<ExportedGrid, "summary" | "robust">[] = [];
  let files = 0, undrawn = 0;
  for (const grid of grids) {
    const { record: path } = evidencePlaces(results, grid);
    const { files: hashes } = newestOf(entries, grid)!;
    const summary = exists(path) ? summarise(await readJson(path, evidenceRecordSchema)) : null;
    for (const [name, hash] of Object.entries(hashes)) {
      const file = listedPath(name, { results, paper });
      files++;
      if (!exists(file) && /\.(svg|png|pdf)$/.test(file)) undrawn++; // the repository holds no figures
      else if (!exists(file)) faults.push(`${file}: is not there`);
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
    for (const [name, text] of Object.entries(paperTables(summary, robust))) {
      faults.push(...await textFaults(join(paper, name), text));
    }
  }
  const shared = {
    "macros.tex": paperMacros(exported.map(({ summary }) => summary)),
    "results.tex": paperResults(exported),
  };
  if (grids.length > 0) {
    for (const [name, text] of Object.entries(shared)) {
      files++;
      faults.push(...await textFaults(join(paper, name), text));
    }
  }
  return { grids, files, undrawn, faults };
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

/** Lines of a text that differ from what stored results give. */
async function textFaults(path: string, expected: string): Promise<string[]> {
  if (!exists(path)) return [`${path}: is not there`];
  const found = (await Deno.readTextFile(path)).split("\n"), lines = expected.split("\n");
  const count = Math.max(found.length, lines.length);
  return Array.from({ length: count }, (_, i) => i).filter((i) => found[i] !== lines[i]).slice(0, 5).map((
    i,
  ) => `${path}, line ${i + 1}: ${differenceOf(found[i] ?? "", lines[i] ?? "")}`);
}

/** The words by which two lines differ. */
function differenceOf(found: string, expected: string): string {
  const a = found.trim().split(/(\s+|[&{}])/), b = expected.trim().split(/(\s+|[&{}])/);
  const at = a.findIndex((word, i) => word !== b[i]);
  const name = /\\newcommand\{(\\\w+)\}/.exec(expected)?.[1];
  return `${name === undefined ? "" : `${name} `}says ${a[at] ?? "less"}, stored results give ${
    b[at] ?? "nothing"
  }`;
}
