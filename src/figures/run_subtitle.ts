import type { RunResult } from "../experiments/result.ts";
import { lastPart } from "../core/plain_path.ts";
import { printable } from "../core/printable.ts";
import { type MarketSource, OWN_TABLE } from "../market/panel.ts";
import { NOT_POINT_IN_TIME } from "../market/panel_news.ts";
import { count, day } from "./format.ts";
import { requireResult } from "./run_parts.ts";

/** What a reader must know of where the bars come from; synthetic, unsealed and untimed data are said in capitals. */
export function sourceText(source: MarketSource): string {
  return source.untimedNews ? `${barsText(source)}, ${NOT_POINT_IN_TIME}` : barsText(source);
}

function barsText(source: MarketSource): string {
  if (source.kind === "synthetic") {
    const signal = source.ic > 0 ? `, information coefficient ${source.ic}` : "";
    return `SYNTHETIC data (${source.mode} world, market seed ${source.seed}${signal})`;
  }
  const text = sourceName(source) === null
    ? sourceKind(source)
    : `${sourceKind(source)} of ${sourceName(source)}`;
  return source.unsealed ? `${text}, SEALED ROWS OPENED` : text;
}

type FileSource = Exclude<MarketSource, { readonly kind: "synthetic" }>;

/** Whose bars files hold, as far as it is known: Bybit's are those of a folder of that name, where a fetch puts them. */
export function sourceKind(source: FileSource): string {
  if (source.imported) return "Imported data";
  return lastPart(source.folder).toLowerCase() === "bybit" ? "Bybit data" : "Data";
}

/** What a reader calls bars by whose source nothing else says: a file, a table, a folder; null where the kind says it. */
export function sourceName(source: FileSource): string | null {
  const { folder } = source;
  if (isNamedAlone(folder)) return printable(folder);
  return sourceKind(source) === "Data" ? printable(lastPart(folder)) : null;
}

/** True where the source is no folder: a table in memory, or files that were named one by one. */
export function isNamedAlone(folder: string): boolean {
  return folder === OWN_TABLE || /\.csv$/i.test(folder);
}

/** The subtitle of every figure of a run. */
export function runSubtitle(result: RunResult): string {
  requireResult(result, "reported");
  const { start, end } = result.reported;
  const iterations = result.iterations === 0
    ? ""
    : `${count(result.iterations)} iteration${result.iterations === 1 ? "" : "s"}; `;
  return `${sourceText(result.source)}; ${day(start)} to ${day(end)}; ${iterations}seed ${result.seed}`;
}
