/** Whether a model remembers: what coin and date alone tell it, and what they add to the features. */
import { rng } from "../../core/rng.ts";
import { isConstant } from "../../stats/constant.ts";
import { correlation } from "../../stats/correlation.ts";
import { mean } from "../../stats/moments.ts";
import { binomialTail } from "../../stats/binomial.ts";
import { meanBootstrap } from "../../stats/mean_bootstrap.ts";
import { type Share, wilsonShare } from "../../stats/wilson.ts";
import { answered, type Answers, brierLoss, isRight, pointed, type ScoredDecision } from "./scored.ts";

/** Signs of memory in decisions whose outcome it could know. */
export interface MemoryProbe {
  /** Right directions from coin and date alone, of probabilities other than 1/2. */
  readonly recall: Share;
  /** One-sided: chance of as many or more if each was right by the commoner direction's share; null of fewer than 8. */
  readonly recallP: number | null;
  /** Squared correlation of the probability from coin and date alone with the outcome; null if it never varies. */
  readonly recallR2: number | null;
  /** Mean Brier score masked less named, at the same points: what names and dates add to the features. */
  readonly gain: number | null;
  /** One-sided p that they add nothing; null of fewer than 8 points. */
  readonly gainP: number | null;
  /** The larger evidence, both looked at: min(1, 2 min p). Below 0.05 is flagged. */
  readonly p: number | null;
  /** True if p is below 0.05. */
  readonly flagged: boolean;
}

const LEVEL = 0.05;
/** Fewer recalls or pairs than this cannot be told from chance. */
const LEAST = 8;

/** @param keep Which decisions count: a cutoff stratum. */
export function memoryProbe(
  { byProbe, name }: Answers,
  keep: (one: ScoredDecision) => boolean = () => true,
): MemoryProbe {
  const recalled = pointed((byProbe.recall ?? []).filter(keep));
  const right = recalled.filter(isRight).length;
  const rises = recalled.reduce((sum, { rose }) => sum + rose, 0), n = recalled.length;
  const commoner = Math.max(rises, n - rises) / n; // whoever says one direction throughout is right that often
  const recallP = n < LEAST ? null : commoner === 1 ? 1 : binomialTail(right, n, commoner);
  const gains = gainsOf((byProbe.plain ?? []).filter(keep), (byProbe.named ?? []).filter(keep));
  const gainP = gains.length < LEAST ? null : oneSided(gains, name);
  const known = [recallP, gainP].filter((p) => p !== null);
  const p = known.length === 0 ? null : Math.min(1, known.length * Math.min(...known));
  return {
    recall: wilsonShare(right, n),
    recallP,
    recallR2: squaredCorrelation(recalled.map(({ decision, rose }) => [decision.pUp, rose])),
    gain: gains.length === 0 ? null : mean(gains),
    gainP,
    p,
    flagged: p !== null && p < LEVEL,
  };
}

/** Brier score of the masked decision less that of the named one, at points where both were answered. */
function gainsOf(masked: readonly ScoredDecision[], named: readonly ScoredDecision[]): readonly number[] {
  const losses = new Map(answered(masked).map((one) => [one.point.id, brierLoss(one)]));
  return answered(named).flatMap((one) => {
    const before = losses.get(one.point.id);
    return before === undefined ? [] : [before - brierLoss(one)];
  });
}

function oneSided(gains: readonly number[], name: string): number {
  const { mean: gain, p } = meanBootstrap(
    gains,
    { blockLength: 1, draws: 1999, confidence: 0.95 },
    rng("memory", name).uniform,
  );
  return gain > 0 ? p / 2 : 1 - p / 2;
}

function squaredCorrelation(pairs: readonly (readonly [number, number])[]): number | null {
  if (pairs.length < 3) return null;
  const x = pairs.map(([one]) => one), y = pairs.map(([, one]) => one);
  return isConstant(x) || isConstant(y) ? null : correlation(x, y) ** 2;
}
