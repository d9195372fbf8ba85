import type { Computation } from "../probe.ts";
import type { PlantedCheat } from "./planted_cheat.ts";

/** Columns that are stamped at the open of their row: row t+1's bear the very time of row t's close, but arrive after it. */
export const SNAPSHOTS = ["openInterest", "longRatio", "fundingRate"] as const;

function snapshots(lead: number): Computation {
  return (panel) => ({
    series: SNAPSHOTS.map((name) => {
      const column = panel.coins[0]![name];
      return { name, values: column.map((_, t) => column[t + lead]!) };
    }),
  });
}

/** CHEAT: open interest, long ratio or funding of row t+1 at row t. Honest: row t's own. */
export const nextRowSnapshot: PlantedCheat = { cheat: snapshots(1), honest: snapshots(0) };
