import { analysisOf } from "popagent/agents/desk.ts";
import { createMemo, type Memo } from "popagent/core/memo.ts";
import { runConfigSchema } from "popagent/experiments/config.ts";
import { declaredGenomes, membersOf } from "popagent/population/members.ts";
import type { Computation } from "../probe.ts";
import { deskOf } from "../run_outputs.ts";
import type { PlantedCheat } from "./planted_cheat.ts";

/** A memo whose keys have lost the hash of the rows. */
function withoutRows(memo: Memo): Memo {
  return {
    ...memo,
    get: (key, compute, bytes) => memo.get(key.replaceAll(/[0-9a-f]{64}/g, ""), compute, bytes),
  };
}

/** One analyst's trend, over one memo for all worlds. */
function sharedTrend(memo: Memo): Computation {
  const config = runConfigSchema.parse({});
  const analyst = membersOf(declaredGenomes()).analyst[0]!;
  return (panel) => ({
    series: [{ name: "trend", values: analysisOf(deskOf(panel, config, memo), analyst).coins[0]!.trend }],
  });
}

/** CHEAT: a cache that takes one market's series for another's. Honest: the same cache with whole keys. */
export const keyWithoutRows: PlantedCheat = {
  cheat: sharedTrend(withoutRows(createMemo(2 ** 26))),
  honest: sharedTrend(createMemo(2 ** 26)),
};
