/** Decisions joined with what came of them: what every score reads. */
import type { Benchmark, Decision, DecisionPoint } from "./benchmark.ts";
import type { Probe } from "./probes.ts";
import type { ModelRecords, ReplyRecord } from "./reply_record.ts";

/** A question, its answer and the outcome. */
export interface ScoredDecision {
  readonly point: DecisionPoint;
  /** Null where the model abstained. */
  readonly decision: Decision | null;
  /** 1 if the price rose over the horizon, else 0. */
  readonly rose: 0 | 1;
  readonly record: ReplyRecord | null;
}

/** What a decider said, by the probe that asked. */
export interface Answers {
  readonly name: string;
  readonly simulated: boolean;
  /** True for what is no model: rules, the prior. */
  readonly control: boolean;
  readonly cutoff: string | null;
  readonly byProbe: Readonly<Partial<Record<Probe, readonly ScoredDecision[]>>>;
}

/** A model's answers to a benchmark. Records of questions that it does not hold are an error. */
export function answersOf(benchmark: Benchmark, { model, records }: ModelRecords): Answers {
  const points = new Map(benchmark.points.map((point) => [point.id, point]));
  const byProbe: Partial<Record<Probe, ScoredDecision[]>> = {};
  for (const record of records) {
    const point = points.get(record.point);
    if (!point) {
      throw new RangeError(
        `Cannot score ${model.name} as its records must be of points of the benchmark: ${record.point} is none`,
      );
    }
    (byProbe[record.probe as Probe] ??= []).push(scored(point, record.decision, record));
  }
  const { name, simulated, cutoff } = model;
  return { name, simulated, control: false, cutoff, byProbe };
}

/** The control that every decider must beat. */
export const NO_VIEW = "no view";

/** The rules-based desk on the same features, and the prior: no view of direction, the market's usual spread. */
export function controlAnswers({ points }: Benchmark): readonly Answers[] {
  const control = (name: string, decide: (point: DecisionPoint) => Decision): Answers => ({
    name,
    simulated: false,
    control: true,
    cutoff: null,
    byProbe: { plain: points.map((point) => scored(point, decide(point), null)) },
  });
  return [control("rules", ({ rules }) => rules), control(NO_VIEW, noView)];
}

/** Stays out, says 1/2, and takes the spread that the rules state around 0. */
function noView({ rules: { quantiles } }: DecisionPoint): Decision {
  const { p05, p25, p50, p75, p95 } = quantiles;
  return {
    action: "flat",
    size: 0,
    leverage: 1,
    stop: 0,
    target: 0,
    confidence: 0.5,
    pUp: 0.5,
    quantiles: { p05: p05 - p50, p25: p25 - p50, p50: 0, p75: p75 - p50, p95: p95 - p50 },
  };
}

function scored(
  point: DecisionPoint,
  decision: Decision | null,
  record: ReplyRecord | null,
): ScoredDecision {
  return { point, decision, rose: point.move > 0 ? 1 : 0, record };
}

/**
 * The control of shuffled features: each decision as if the observation of the next had been shown. Nothing in a plain
 * question but its observation depends on the point, so that the answer to it is the one that was given there.
 */
export function shuffledFeatures(plain: readonly ScoredDecision[]): readonly ScoredDecision[] {
  return plain.map((one, i) => ({ ...one, decision: plain[(i + 1) % plain.length]!.decision }));
}

/** A decision that was answered. */
export type AnsweredDecision = ScoredDecision & { readonly decision: Decision };

/** Those that were answered. */
export function answered(decisions: readonly ScoredDecision[]): readonly AnsweredDecision[] {
  return decisions.filter((one): one is AnsweredDecision => one.decision !== null);
}

/** Those that name a direction: answered, with a probability other than 1/2. */
export function pointed(decisions: readonly ScoredDecision[]): readonly AnsweredDecision[] {
  return answered(decisions).filter(({ decision }) => decision.pUp !== 0.5);
}

/** Whether the likelier direction came; of a decision that names one. */
export function isRight({ decision, rose }: AnsweredDecision): boolean {
  return (decision.pUp > 0.5) === (rose === 1);
}

/** Squared error of the probability; an abstention says 1/2, so that nobody gains by leaving the hard ones out. */
export function brierLoss({ decision, rose }: ScoredDecision): number {
  return ((decision?.pUp ?? 0.5) - rose) ** 2;
}
