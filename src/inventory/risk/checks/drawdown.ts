import type { GeneValues } from "../../../genome/gene.ts";
import { linear } from "../../../genome/gene.ts";
import { OWN_RULE } from "../../method.ts";
import type { CheckInput, CheckMethod, Grant } from "./check.ts";
import { profileReturns } from "./profile_returns.ts";

/** Gross exposure (multiples of equity) the paper account of the drawdown method takes. */
const PAPER_GROSS = 1;
/** The peak fades towards the present (half-life 720 rows), or an old high would bind for ever. */
const FADE = 2 ** (-1 / 720);

/**
 * Full limits until the plan's paper account has lost `onset` of the drawdown limit, then down to `floor` at all
 * of it. Between rows it carries the paper account's equity and peak.
 */
export const drawdown: CheckMethod = {
  summary: "Tighter as the plan's own paper account loses from its peak",
  genes: [linear("onset", 0, 1), linear("floor", 0.05, 0.8)],
  start: { onset: 0.25, floor: 0.25 },
  warmUp: 250,
  refitEvery: 1,
  needs: [],
  source: `${OWN_RULE}, after Grossman & Zhou, Controlling Drawdowns, Mathematical Finance 3 (1993)`,
  run: (input, genes) => walk(input, genes, { share: new Float64Array(0), end: [1, 1] }),
  resume: (before, input, genes) => walk(input, genes, before),
};

function walk({ plan, market, genes: common }: CheckInput, genes: GeneValues, before: Grant): Grant {
  const profile = profileReturns(plan, market);
  const share = new Float64Array(plan.rows);
  share.set(before.share);
  let equity = before.end[0]!, peak = before.end[1]!;
  for (let t = before.share.length; t < plan.rows; t++) {
    equity *= 1 + PAPER_GROSS * profile[t]!;
    peak = Math.max(equity, equity + (peak - equity) * FADE);
    const lost = (1 - equity / peak) / common.maxDrawdown!;
    const beyond = Math.max(0, Math.min(1, (lost - genes.onset!) / Math.max(1 - genes.onset!, 1e-9)));
    share[t] = 1 - beyond * (1 - genes.floor!);
  }
  return { share, end: [equity, peak] };
}
