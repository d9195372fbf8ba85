/** The eight cross-asset signals as small plots. */
import { displayed } from "../figures/displayed.ts";
import { SIGNAL_NAMES, SIGNALS } from "../features/signals/signals.ts";
import type { Figure } from "../figures/figure.ts";
import { seriesFigure } from "../figures/series.ts";
import type { Table } from "../figures/table.ts";
import { signals } from "./columns.ts";
import type { Market } from "./market.ts";
import { requireMarket } from "./request_checks.ts";
import { marketSource } from "./market_summary.ts";

/** The eight signals as agents read them: causal z-scores, a small plot each, on one scale. */
export function signalsFigure(market: Market): Figure {
  requireMarket(market);
  const all = signals(market);
  const series = SIGNAL_NAMES.map((name) => ({
    label: name,
    note: SIGNALS[name].readsAs,
    values: all[name].z,
  }));
  return displayed({
    ...seriesFigure(series, market.panel.openTime, {
      title: "The eight cross-asset signals",
      subtitle: marketSource(market),
      caption:
        "Causal z-scores, cut at −4 and 4; 0 while a signal warms up, and throughout where it cannot be had.",
    }),
    name: "signals",
  });
}

/** What each signal measures and how a trader reads it. */
export function signalsTable(): Table {
  return displayed({
    name: "signals",
    title: "Eight signals about the market as a whole",
    caption: "Each value at a row reads that row and earlier ones alone.",
    columns: [
      { label: "Signal", align: "left", hint: "Its name" },
      { label: "Measures", align: "left", hint: "With its unit" },
      { label: "Reads as", align: "left", hint: "What a trader takes from it" },
    ],
    rows: SIGNAL_NAMES.map((name) => ({
      cells: [name, SIGNALS[name].summary, SIGNALS[name].readsAs],
      strong: false,
    })),
  });
}
