/** Whether a decision survives changes that do not matter, and turns with those that do. */
import { nominalAlpha } from "../../stats/krippendorff.ts";
import { mean } from "../../stats/moments.ts";
import { type Share, wilsonShare } from "../../stats/wilson.ts";
import type { Decision } from "./benchmark.ts";
import type { Probe } from "./probes.ts";
import { answered, type Answers } from "./scored.ts";

/** Probes after which the decision should be the same, or mirrored. */
export const CONSISTENCY_PROBES = ["paraphrase", "fieldOrder", "units", "mirrored"] as const;

/** Pairs of the plain decision and the probed one at the same point, both answered. */
export interface Consistency {
  /** What was changed. */
  readonly probe: Probe;
  /** The same action; of mirrored markets the mirrored one. */
  readonly agreement: Share;
  /** Krippendorff's alpha of the two actions: agreement beyond chance; null where only one action was ever taken. */
  readonly alpha: number | null;
  /** Mean distance of the two probabilities of a rise, of mirrored markets p and 1 - p. */
  readonly shift: number | null;
  /** Mirrored markets alone: mean of (p + p' - 1) / 2, which habit alone can move from 0. */
  readonly habit: number | null;
}

/** Compares a model's plain decisions with those of a probe. */
export function consistencyOf({ byProbe }: Answers, probe: Probe): Consistency {
  const plain = new Map(answered(byProbe.plain ?? []).map((one) => [one.point.id, one.decision]));
  const isMirror = probe === "mirrored";
  const pairs = answered(byProbe[probe] ?? []).flatMap(({ point, decision }) => {
    const before = plain.get(point.id);
    return before ? [{ before, after: isMirror ? unmirrored(decision) : decision }] : [];
  });
  const same = pairs.filter(({ before, after }) => before.action === after.action).length;
  return {
    probe,
    agreement: wilsonShare(same, pairs.length),
    alpha: nominalAlpha(pairs.map(({ before, after }) => [before.action, after.action])),
    shift: meanOf(pairs.map(({ before, after }) => Math.abs(before.pUp - after.pUp))),
    habit: isMirror ? meanOf(pairs.map(({ before, after }) => (before.pUp - after.pUp) / 2)) : null,
  };
}

/** A decision about a mirrored market as one about the market itself. */
function unmirrored(decision: Decision): Decision {
  const { action, pUp } = decision;
  return {
    ...decision,
    action: action === "long" ? "short" : action === "short" ? "long" : action,
    pUp: 1 - pUp,
  };
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : mean(values);
}
