/** What may be known of sealed rows: their form, which tells no price. */
import type { Coin } from "../../core/universe.ts";
import type { Panel } from "../panel.ts";

/** The form of all rows of a source, sealed ones too. */
export interface FileForm {
  /** Open times, ms UTC. */
  readonly openTime: Float64Array;
  /** Coins whose last bar traded less than any of the 540 before: it may have been cut short. */
  readonly quietLastBar: readonly Coin[];
}

/** A last bar with less turnover than all of this many before (90 days) may have been cut short. */
const QUIET_ROWS = 540;

/** The form of a panel's rows. */
export function formOf({ openTime, coins }: Panel): FileForm {
  const quiet = coins.filter(({ turnover }) => isQuiet(turnover)).map(({ coin }) => coin);
  return { openTime: openTime.slice(), quietLastBar: quiet };
}

function isQuiet(turnover: Float64Array): boolean {
  const last = turnover.length - 1;
  return last >= QUIET_ROWS && turnover[last]! < Math.min(...turnover.subarray(last - QUIET_ROWS, last));
}
