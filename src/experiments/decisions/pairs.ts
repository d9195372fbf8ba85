/** Deciders against one another at the same decisions. */
import { rng } from "../../core/rng.ts";
import { mcnemarTest } from "../../stats/mcnemar.ts";
import { meanBootstrap } from "../../stats/mean_bootstrap.ts";
import { holm } from "../../stats/multiple_testing.ts";
import { signFlipDraws } from "../../stats/sign_flip.ts";
import { answered, type Answers, brierLoss, isRight, pointed } from "./scored.ts";
import { crpsOf } from "./quality.ts";

/** One measure of a pair: the first's mean loss less the second's, with its test. */
export interface PairedLoss {
  /** Decisions of both. */
  readonly n: number;
  /** Below 0 the first is better. */
  readonly difference: number;
  /** Lower end of the interval of 95 %. */
  readonly lower: number;
  /** Upper end. */
  readonly upper: number;
  /** Studentised bootstrap over decisions, which are more than a horizon apart. */
  readonly p: number;
  /** Random sign flips: of symmetric differences, as a second look. */
  readonly signFlipP: number;
  /** p after Holm over the pairs of its family in this measure. */
  readonly holmP: number;
}

/** Two deciders. */
export interface Pair {
  /** A decider. */
  readonly first: string;
  /** Another. */
  readonly second: string;
  /** True if one of the two is simulated: such pairs are a family of their own, and cost real ones nothing. */
  readonly simulated: boolean;
  /** An abstention says 1/2, so that nobody gains by leaving the hard ones out; null where one of the two answered nothing. */
  readonly brier: PairedLoss | null;
  /** At decisions that both answered. */
  readonly crps: PairedLoss | null;
  /** Directions at decisions where both named one, null without any: how often each alone was right, and McNemar's exact p. */
  readonly direction: {
    readonly onlyFirst: number;
    readonly onlySecond: number;
    readonly p: number;
    readonly holmP: number;
  } | null;
}

/** Pairs below this are not tested. */
export const LEAST_COMMON = 10;
const DRAWS = 4999;

type Losses = ReadonlyMap<string, number>;
type Untested = Omit<PairedLoss, "holmP"> | null;

/** Every pair of deciders, tested on the decisions that both were asked plainly; Holm within family and measure. */
export function pairsOf(all: readonly Answers[]): readonly Pair[] {
  const couples = all.flatMap((first, i) => all.slice(i + 1).map((second) => [first, second] as const));
  const brier = couples.map(([a, b]) =>
    lossTest(brierLosses(a), brierLosses(b), `brier ${a.name} ${b.name}`)
  );
  const crps = couples.map(([a, b]) => lossTest(crpsLosses(a), crpsLosses(b), `crps ${a.name} ${b.name}`));
  const direction = couples.map(([a, b]) => directionTest(a, b));
  const families = couples.map(([a, b]) => a.simulated || b.simulated);
  const brierHolm = adjusted(brier.map((test) => test?.p ?? null), families);
  const crpsHolm = adjusted(crps.map((test) => test?.p ?? null), families);
  const directionHolm = adjusted(direction.map((test) => test?.p ?? null), families);
  return couples.map(([first, second], i): Pair => ({
    first: first.name,
    second: second.name,
    simulated: families[i]!,
    brier: brier[i]! && { ...brier[i], holmP: brierHolm[i]! },
    crps: crps[i]! && { ...crps[i], holmP: crpsHolm[i]! },
    direction: direction[i]! && { ...direction[i], holmP: directionHolm[i]! },
  }));
}

/** None of whoever answered nothing: that says how it keeps to a form, and is no view to be tested. */
function brierLosses({ byProbe: { plain = [] } }: Answers): Losses {
  return new Map(answered(plain).length === 0 ? [] : plain.map((one) => [one.point.id, brierLoss(one)]));
}

function crpsLosses({ byProbe }: Answers): Losses {
  return new Map(
    answered(byProbe.plain ?? []).map(({ point, decision }) => [point.id, crpsOf(decision, point.move)]),
  );
}

function lossTest(first: Losses, second: Losses, name: string): Untested {
  const differences = [...first].flatMap(([id, loss]) => second.has(id) ? [loss - second.get(id)!] : []);
  if (differences.length < LEAST_COMMON) return null;
  const { mean, lower, upper, p } = meanBootstrap(
    differences,
    { blockLength: 1, draws: DRAWS, confidence: 0.95 },
    rng("pairs", name).uniform,
  );
  const signFlipP = signFlipDraws(differences, DRAWS, rng("flips", name).uniform);
  return { n: differences.length, difference: mean, lower, upper, p, signFlipP };
}

function directionTest(first: Answers, second: Answers) {
  const right = new Map(pointed(first.byProbe.plain ?? []).map((one) => [one.point.id, isRight(one)]));
  let common = 0, onlyFirst = 0, onlySecond = 0;
  for (const one of pointed(second.byProbe.plain ?? [])) {
    const other = right.get(one.point.id);
    if (other === undefined) continue;
    common++;
    if (other === isRight(one)) continue;
    if (other) onlyFirst++;
    else onlySecond++;
  }
  return common === 0 ? null : { onlyFirst, onlySecond, p: mcnemarTest(onlyFirst, onlySecond) };
}

/** Holm over those of each family that were tested. */
function adjusted(
  ps: readonly (number | null)[],
  families: readonly boolean[],
): readonly (number | null)[] {
  const out = ps.map(() => null as number | null);
  for (const family of [false, true]) {
    const places = ps.flatMap((p, i) => p !== null && families[i] === family ? [i] : []);
    holm(places.map((i) => ps[i]!)).forEach((p, k) => out[places[k]!] = p);
  }
  return out;
}
