import { analysisOf } from "../../../agents/desk.ts";
import { createMemo, type Memo } from "../../../core/memo.ts";
import { declaredGenomes, membersOf, teamPipeline } from "../../../population/members.ts";
import type { Computation } from "../probe.ts";
import { deskOf } from "../run_outputs.ts";
import type { PlantedCheat } from "./planted_cheat.ts";
import { probedConfig } from "../probed_config.ts";

/** A memo whose keys have lost the hash of the rows. */
function withoutRows(memo: Memo): Memo {
  return {
    ...memo,
    get: (_rows, what, compute, bytes) =>
      memo.get({ hash: "", rows: 0, grownFrom: null }, what, compute, bytes),
  };
}

/** One analyst's trend, over one memo for all worlds. */
function sharedTrend(memo: Memo): Computation {
  const config = probedConfig();
  const pipeline = teamPipeline(membersOf(declaredGenomes(5)), {
    analyst: 0,
    researcher: 0,
    trader: 0,
    risk: 0,
  });
  return (panel) => ({
    series: [{ name: "trend", values: analysisOf(deskOf(panel, config, memo), pipeline).coins[0]!.trend }],
  });
}

/** CHEAT: a cache that takes one market's series for another's. Honest: the same cache with whole keys. */
export const keyWithoutRows: PlantedCheat = {
  cheat: sharedTrend(withoutRows(createMemo(2 ** 26))),
  honest: sharedTrend(createMemo(2 ** 26)),
};
