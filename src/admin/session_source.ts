import { sourceText } from "../figures/run_subtitle.ts";
import type { MarketSource } from "../market/panel.ts";

/** Where a session's bars come from, in words. @param from Of stored or synthetic bars their source; else the exchange's name. */
export function sessionSource(
  from: MarketSource | string,
): { readonly source: string; readonly synthetic: boolean } {
  return typeof from === "string"
    ? { source: `Bars of ${from} in real time`, synthetic: false }
    : { source: sourceText(from), synthetic: from.kind === "synthetic" };
}
