import type { RunResult } from "../experiments/result.ts";
import { type MarketSource, OWN_TABLE } from "../market/panel.ts";
import { NOT_POINT_IN_TIME } from "../market/panel_news.ts";
import { count, day } from "./format.ts";

/** What a reader must know of where the bars come from; synthetic, unsealed and untimed data are said in capitals. */
export function sourceText(source: MarketSource): string {
  return source.untimedNews ? `${barsText(source)}, ${NOT_POINT_IN_TIME}` : barsText(source);
}

function barsText(source: MarketSource): string {
  if (source.kind === "synthetic") {
    const signal = source.ic > 0 ? `, information coefficient ${source.ic}` : "";
    return `SYNTHETIC data (${source.mode} world, market seed ${source.seed}${signal})`;
  }
  if (source.folder === OWN_TABLE) return "Data of a table";
  const whose = source.imported ? "Imported data" : "Bybit data";
  return source.unsealed ? `${whose}, SEALED ROWS OPENED` : whose;
}

/** The subtitle of every figure of a run. */
export function runSubtitle(result: RunResult): string {
  const { start, end } = result.reported;
  const iterations = result.iterations === 0
    ? ""
    : `${count(result.iterations)} iteration${result.iterations === 1 ? "" : "s"}; `;
  return `${sourceText(result.source)}; ${day(start)} to ${day(end)}; ${iterations}seed ${result.seed}`;
}
