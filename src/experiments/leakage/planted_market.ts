import { isFundingTime } from "../../core/universe.ts";
import type { Panel } from "../../market/panel.ts";
import { trendRegimes } from "../../market/regimes.ts";
import { syntheticMarket } from "../../market/synthetic/synthetic_market.ts";

/** The market of most proofs: a planted edge, so that agents do trade. */
export function plantedPanel(rows: number, seed = 3): Panel {
  return syntheticMarket({ seed, rows, mode: "planted", ic: 0.08 }).panel;
}

/**
 * `count` rows of from..to-1 to cut after: evenly spread, then moved so that in turn funding settles at the
 * row, at the next one, and, where there is one near, a trend label changes at the row.
 */
export function boundaryRows(panel: Panel, from: number, to: number, count: number): number[] {
  const labels = trendRegimes(panel.coins[0]!.close);
  const rules: readonly ((t: number) => boolean)[] = [
    (t) => isFundingTime(panel.openTime[t]!),
    (t) => isFundingTime(panel.openTime[t + 1]!),
    (t) => labels[t] !== labels[t - 1],
  ];
  const rows = Array.from({ length: count }, (_, i) => {
    const start = from + Math.floor(i * (to - from) / count);
    const end = Math.min(start + Math.ceil((to - from) / count), to);
    for (let t = start; t < end; t++) if (rules[i % rules.length]!(t)) return t;
    return start;
  });
  return [...new Set(rows)];
}
