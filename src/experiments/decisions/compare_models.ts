import { mean } from "../../stats/moments.ts";
import { type Benchmark, benchmarkHash } from "./benchmark.ts";
import { type Consistency, CONSISTENCY_PROBES, consistencyOf } from "./consistency.ts";
import { type Cost, costOfRecords, paretoFrontier } from "./cost.ts";
import { type FormFaults, formFaults } from "./form.ts";
import { type MemoryProbe, memoryProbe } from "./memory.ts";
import { LEAST_COMMON, type Pair, pairsOf } from "./pairs.ts";
import { type Positions, positionsOf } from "./positions.ts";
import { type Quality, qualityOf } from "./quality.ts";
import { putAlone } from "./kept_records.ts";
import type { ModelRecords, ReplyRecord } from "./reply_record.ts";
import {
  type Answers,
  answersOf,
  brierLoss,
  controlAnswers,
  type ScoredDecision,
  shuffledFeatures,
} from "./scored.ts";
import { STRATA, type Stratum, stratumOf } from "./strata.ts";

/** Cited numbers found in what was shown, and in what was not. */
export interface GroundedNumbers {
  /** Numbers cited. */
  readonly numbers: number;
  /** Found in what was shown. */
  readonly matched: number;
  /** Found in the observation of another decision. */
  readonly elsewhere: number;
}

/** All that is known of one decider in one stratum. */
export interface StratumSummary {
  /** Before, around or after the cutoff, or synthetic. */
  readonly stratum: Stratum;
  /** Scores of plain decisions. */
  readonly quality: Quality;
  /** Its scores with another decision's features, and when shown nothing. */
  readonly shuffled: Quality;
  /** Scores of its one answer without features; null where it was not asked. */
  readonly prior: Quality | null;
  /** What its positions earned. */
  readonly positions: Positions;
  /** One entry a probe that was asked. */
  readonly consistency: readonly Consistency[];
  /** Signs of memory. */
  readonly memory: MemoryProbe;
  /** Of models; null of controls. */
  readonly form: FormFaults | null;
  /** Cited numbers; null of controls. */
  readonly grounding: GroundedNumbers | null;
  /** What answers took; null of controls. */
  readonly cost: Cost | null;
  /** Mean net return on 10,000 USDT of equity for each USD that a decision cost; null where it cost nothing. */
  readonly returnPerDollar: number | null;
}

/** A decider by stratum. */
export interface DeciderSummary {
  /** Of the model in the table, or of the control. */
  readonly name: string;
  /** True for scripted models. */
  readonly simulated: boolean;
  /** True for what is no model. */
  readonly control: boolean;
  /** Month up to which it may have read; null if unstated. */
  readonly cutoff: string | null;
  /** Those that hold decisions of it. */
  readonly strata: readonly StratumSummary[];
  /** Mean Brier score over all decisions that were asked, an abstention saying 1/2; null where nothing was answered. */
  readonly loss: number | null;
  /** On the frontier of that loss and USD, and of Brier score and latency; of models that answered. */
  readonly cheapest: boolean;
  /** See `cheapest`. */
  readonly fastest: boolean;
}

/** The comparison of all deciders on one benchmark. */
export interface ModelComparison {
  /** What was decided on. */
  readonly benchmark: Pick<Benchmark, "name" | "source" | "synthetic" | "prompt" | "horizon"> & {
    /** See `benchmarkHash`. */
    readonly hash: string;
    /** Decisions that it holds. */
    readonly points: number;
  };
  /** Real models, controls, simulated models. */
  readonly deciders: readonly DeciderSummary[];
  /** Paired tests. */
  readonly pairs: readonly Pair[];
}

/** What a return is earned on when it is set against what decisions cost, USDT. */
const EQUITY = 10_000;

/**
 * Scores, controls and tests of all models that were asked a benchmark: a pure function of what is stored. Questions that
 * were never put are left out, and models of which nothing else is kept.
 */
export function compareModels(benchmark: Benchmark, kept: readonly ModelRecords[]): ModelComparison {
  const models = kept.map(putAlone).filter(({ records }) => records.length > 0);
  const all = answersInOrder(benchmark, models);
  const { name, source, synthetic, prompt, horizon, points } = benchmark;
  const hash = benchmarkHash(benchmark);
  return {
    benchmark: { name, source, synthetic, prompt, horizon, hash, points: points.length },
    deciders: decidersOf(benchmark, models),
    pairs: pairsOf(all),
  };
}

/** Every decider on its own, without the tests in pairs: real models, controls, simulated models. */
export function decidersOf(benchmark: Benchmark, models: readonly ModelRecords[]): readonly DeciderSummary[] {
  const records = new Map(models.map((one) => [one.model.name, one.records]));
  const all = answersInOrder(benchmark, models), frontiers = frontiersOf(all, records);
  return all.map((one) => ({
    ...summaryOf(benchmark, one, records.get(one.name) ?? null),
    loss: lossOf(one.byProbe.plain ?? []),
    cheapest: frontiers.cheapest.has(one.name),
    fastest: frontiers.fastest.has(one.name),
  }));
}

function answersInOrder(benchmark: Benchmark, models: readonly ModelRecords[]): readonly Answers[] {
  const answers = models.map((model) => answersOf(benchmark, model));
  return [
    ...answers.filter(({ simulated }) => !simulated),
    ...controlAnswers(benchmark),
    ...answers.filter(({ simulated }) => simulated),
  ];
}

/** Names on each frontier, real models that were asked enough among themselves; simulated ones have no price and no time of their own. */
function frontiersOf(answers: readonly Answers[], records: ReadonlyMap<string, readonly ReplyRecord[]>) {
  const real = answers.filter(({ simulated, control, byProbe }) =>
    !simulated && !control && (byProbe.plain ?? []).length >= LEAST_COMMON
  );
  const priced = real.map(({ name, byProbe }) => ({
    loss: lossOf(byProbe.plain ?? []),
    cost: costOfRecords(records.get(name)!),
  }));
  const on = (costOf: (cost: Cost) => number | null) => {
    const frontier = paretoFrontier(priced.map(({ loss, cost }) => ({ loss, cost: costOf(cost) })));
    return new Set(real.flatMap(({ name }, i) => frontier[i] ? [name] : []));
  };
  return {
    cheapest: on(({ dollars }) => dollars),
    fastest: on(({ medianLatencyMs }) => medianLatencyMs),
  };
}

/** Mean Brier score over all decisions that were asked, an abstention saying 1/2; null where nothing was answered. */
function lossOf(decisions: readonly ScoredDecision[]): number | null {
  if (decisions.every(({ decision }) => decision === null)) return null;
  return mean(decisions.map(brierLoss));
}

function summaryOf(
  benchmark: Benchmark,
  answers: Answers,
  records: readonly ReplyRecord[] | null,
): Omit<DeciderSummary, "loss" | "cheapest" | "fastest"> {
  const { name, simulated, control, cutoff } = answers;
  const stratum = ({ point }: ScoredDecision) => stratumOf(benchmark, point, cutoff);
  const held = new Set((answers.byProbe.plain ?? []).map(stratum));
  const strata = STRATA.filter((one) => held.has(one)).map((one) =>
    stratumSummary(answers, one, (decision) => stratum(decision) === one, records)
  );
  return { name, simulated, control, cutoff, strata };
}

function stratumSummary(
  answers: Answers,
  stratum: Stratum,
  keep: (one: ScoredDecision) => boolean,
  all: readonly ReplyRecord[] | null,
): StratumSummary {
  const { name } = answers;
  const byProbe = Object.fromEntries(
    Object.entries(answers.byProbe).map(([probe, decisions]) => [probe, decisions.filter(keep)]),
  ) as Answers["byProbe"];
  const plain = byProbe.plain ?? [];
  const ids = new Set(plain.map(({ point }) => point.id));
  const records = all?.filter(({ point }) => ids.has(point)) ?? null;
  const positions = positionsOf(plain), cost = records && costOfRecords(records);
  return {
    stratum,
    quality: qualityOf(plain, `${name} ${stratum}`),
    shuffled: qualityOf(shuffledFeatures(plain), null),
    prior: priorQuality(answers, plain),
    positions,
    consistency: CONSISTENCY_PROBES.filter((probe) => byProbe[probe] !== undefined).map((probe) =>
      consistencyOf({ ...answers, byProbe }, probe)
    ),
    memory: memoryProbe(answers, keep),
    form: records && formFaults(records),
    grounding: records && groundedNumbers(records),
    cost,
    returnPerDollar: cost && cost.dollars > 0 && positions.net !== null
      ? EQUITY * positions.net / cost.dollars
      : null,
  };
}

/** The one answer that was given without features, at every decision: it is asked once. */
function priorQuality(
  { byProbe }: Answers,
  plain: readonly ScoredDecision[],
): Quality | null {
  const [asked] = byProbe.prior ?? [];
  return asked ? qualityOf(plain.map((one) => ({ ...one, decision: asked.decision })), null) : null;
}

function groundedNumbers(records: readonly ReplyRecord[]): GroundedNumbers {
  const total = { numbers: 0, matched: 0, elsewhere: 0 };
  for (const { grounding } of records) {
    if (grounding === null) continue;
    total.numbers += grounding.numbers;
    total.matched += grounding.matched;
    total.elsewhere += grounding.elsewhere;
  }
  return total;
}
