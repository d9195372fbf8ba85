import type { Coin } from "../core/universe.ts";
import { coinIndex, createPanel, type Panel } from "./panel.ts";

/**
 * The panel of some of its coins, in the order asked for.
 *
 * @throws {RangeError} If one of them is not there.
 */
export function selectCoins(panel: Panel, coins: readonly Coin[]): Panel {
  const at = coins.map((coin) => coinIndex(panel, coin));
  const absent = coins.filter((_, i) => at[i]! < 0);
  if (absent.length > 0) {
    throw new RangeError(`Cannot select coins as the panel must hold them: missing is ${absent.join(", ")}`);
  }
  const bars = at.map((i) => panel.coins[i]!), instruments = at.map((i) => panel.instruments[i]!);
  return createPanel(bars, panel.openTime, panel.source, instruments, panel.missing);
}
