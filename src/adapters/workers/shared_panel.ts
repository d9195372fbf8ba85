import { type CoinBars, COLUMN_NAMES, type Panel } from "../../market/panel.ts";

/** The panel with all its columns in one SharedArrayBuffer, so that workers see the same memory instead of copies. */
export function sharePanel(panel: Panel): Panel {
  const columns = 1 + panel.coins.length * COLUMN_NAMES.length;
  const memory = new SharedArrayBuffer(columns * panel.rows * Float64Array.BYTES_PER_ELEMENT);
  let next = 0;
  const shared = (column: Float64Array): Float64Array => {
    const view = new Float64Array(memory, next++ * panel.rows * Float64Array.BYTES_PER_ELEMENT, panel.rows);
    view.set(column);
    return view;
  };
  const openTime = shared(panel.openTime);
  const coins = panel.coins.map((bars) => {
    const views = Object.fromEntries(COLUMN_NAMES.map((name) => [name, shared(bars[name])]));
    return { coin: bars.coin, ...views } as CoinBars;
  });
  return { ...panel, openTime, coins };
}
