import { BAR_MS } from "../core/universe.ts";
import { appendRows, type CoinBars, COLUMN_NAMES, createPanel, type Panel } from "../market/panel.ts";

/**
 * The panel with the bar under way, of which the open alone is known: it stands for the whole bar, so that what the
 * exchange fixes at that row (ticks, lots, tiers) can be read. Nothing is decided on it.
 *
 * @param opens USDT; [coin].
 */
export function withFormingBar(panel: Panel, opens: readonly number[]): Panel {
  const coins = panel.coins.map((bars, coin) => {
    const columns = COLUMN_NAMES.map((name) => {
      const last = bars[name].at(-1)!;
      const isPrice = /^(open|high|low|close|mark|index)/.test(name);
      return [name, Float64Array.of(isPrice ? opens[coin]! : name === "volume" ? 1 : last)];
    });
    return { coin: bars.coin, ...Object.fromEntries(columns) } as CoinBars;
  });
  const time = Float64Array.of(panel.openTime.at(-1)! + BAR_MS);
  const bar = createPanel(coins, time, panel.source, panel.instruments, panel.missing);
  return appendRows({ ...panel, news: null }, bar);
}
