/** All planted cheats: what a probe that is worth anything must catch. */
import { backFilledGap } from "./back_filled_gap.ts";
import { centredWindow } from "./centred_window.ts";
import { championOfTheWindow } from "./champion_of_its_window.ts";
import { dayOfTheBar } from "./day_of_the_bar.ts";
import { earlyLabel } from "./early_label.ts";
import { fillAtDecisionOpen } from "./fill_at_decision_open.ts";
import { fullSampleZScore } from "./full_sample_z.ts";
import { futureQuantile } from "./future_quantile.ts";
import { keyWithoutRows } from "./key_without_rows.ts";
import { nextClose } from "./next_close.ts";
import { nextRowSnapshot } from "./next_row_snapshot.ts";
import type { PlantedCheat } from "./planted_cheat.ts";
import { pooledNextMove } from "./pooled_next_move.ts";
import { seedOfTheRows } from "./seed_of_the_rows.ts";
import { smoothedHmm } from "./smoothed_hmm.ts";
import { twoSidedStl } from "./two_sided_stl.ts";

/** By name. */
export const CHEATS: Readonly<Record<string, PlantedCheat>> = {
  nextClose,
  fillAtDecisionOpen,
  fullSampleZScore,
  centredWindow,
  smoothedHmm,
  twoSidedStl,
  nextRowSnapshot,
  earlyLabel,
  futureQuantile,
  backFilledGap,
  championOfTheWindow,
  keyWithoutRows,
  dayOfTheBar,
  pooledNextMove,
  seedOfTheRows,
};
