import assert from "node:assert/strict";
import type { Decision, DecisionPoint } from "../../../src/experiments/decisions/benchmark.ts";
import { consistencyOf } from "../../../src/experiments/decisions/consistency.ts";
import { paretoFrontier } from "../../../src/experiments/decisions/cost.ts";
import { formFaults } from "../../../src/experiments/decisions/form.ts";
import { memoryProbe } from "../../../src/experiments/decisions/memory.ts";
import { pairsOf } from "../../../src/experiments/decisions/pairs.ts";
import { netReturn } from "../../../src/experiments/decisions/positions.ts";
import { qualityOf } from "../../../src/experiments/decisions/quality.ts";
import type { ReplyRecord } from "../../../src/experiments/decisions/reply_record.ts";
import type { Answers, ScoredDecision } from "../../../src/experiments/decisions/scored.ts";
import { assertClose } from "../../close_to.ts";

const decision = (pUp: number, action: Decision["action"] = pUp > 0.5 ? "long" : "short"): Decision => ({
  action,
  size: 0.2,
  leverage: 2,
  stop: 0,
  target: 0,
  confidence: 0.6,
  pUp,
  quantiles: { p05: -0.05, p25: -0.02, p50: 0, p75: 0.02, p95: 0.05 },
});
const point = (id: number, move: number) => ({ id: `${id}`, move, traded: move }) as unknown as DecisionPoint;
const scored = (id: number, pUp: number | null, move: number): ScoredDecision => ({
  point: point(id, move),
  decision: pUp === null ? null : decision(pUp),
  rose: move > 0 ? 1 : 0,
  record: null,
});
const answers = (name: string, byProbe: Answers["byProbe"], simulated = false): Answers => ({
  name,
  simulated,
  control: false,
  cutoff: null,
  byProbe,
});

// By hand: p .8 .6 .3 .5 against rises 1 0 0 1: right 2 of 3, Brier (.04 + .36 + .09 + .25) / 4 = .185,
// bias .55 - .5, sureness (.8 + .6 + .7 + .5) / 4 = .65 less (2 + .5) / 4 = .625.
Deno.test("qualityOf() matches four decisions worked by hand, and leaves abstentions out", () => {
  const quality = qualityOf([
    scored(1, 0.8, 0.01),
    scored(2, 0.6, -0.01),
    scored(3, 0.3, -0.02),
    scored(4, 0.5, 0.03),
    scored(5, null, 0.03),
  ], null);
  assert.deepEqual([quality.asked, quality.answered], [5, 4]);
  assert.deepEqual([quality.direction.successes, quality.direction.trials], [2, 3]);
  assertClose(quality.brier!, 0.185, 1e-12);
  assertClose(quality.bias!, 0.05, 1e-12);
  assertClose(quality.overconfidence!, 0.025, 1e-12);
  assert.equal(qualityOf([scored(1, null, 0.01)], "nobody").brier, null);
});

const record = (verdicts: readonly string[], reason: string | null): ReplyRecord => ({
  point: "1",
  probe: "plain",
  decision: reason === null ? decision(0.6) : null,
  reason,
  repairs: [],
  grounding: null,
  calls: verdicts.map((verdict) => ({
    hash: "",
    rung: "jsonSchema",
    verdict,
    input: 1,
    output: 1,
    latencyMs: 1,
    dollars: 0,
  })),
});

Deno.test("formFaults(): a first fault that a turn mends is a first fault alone; refusals and failed calls are neither", () => {
  const faults = formFaults([
    record(["proposal"], null),
    record(["repaired"], null), // fenced: first fault, mended in the text
    record(["wrongSchema", "proposal"], null),
    record(["noJson", "noJson"], "noJson"),
    record(["refused"], "refused"),
    record(["failed"], "timeout"),
  ]);
  assert.deepEqual([faults.first.successes, faults.first.trials], [3, 5]);
  assert.deepEqual([faults.final.successes, faults.final.trials], [1, 5]);
  assert.deepEqual([faults.refused.successes, faults.refused.trials], [1, 5]);
  assert.deepEqual([faults.failed.successes, faults.failed.trials], [1, 6]);
});

Deno.test("consistencyOf(): a mirrored decision agrees if it turns; habit is what does not turn", () => {
  const plain = [scored(1, 0.7, 0.01), scored(2, 0.6, 0.01)];
  const turned = consistencyOf(answers("a", { plain, mirrored: [scored(1, 0.3, 0.01)] }), "mirrored");
  assert.deepEqual([turned.agreement.successes, turned.agreement.trials], [1, 1]);
  assertClose(turned.habit!, 0, 1e-12);
  const stuck = consistencyOf(answers("a", { plain, mirrored: [scored(1, 0.7, 0.01)] }), "mirrored");
  assert.equal(stuck.agreement.successes, 0);
  assertClose(stuck.habit!, 0.2, 1e-12);
});

Deno.test("memoryProbe() flags who is right by name and date alone, and no one who says one direction throughout", () => {
  const moves = Array.from({ length: 40 }, (_, i) => i % 2 === 0 ? 0.01 : -0.01);
  const recall = (pUp: (move: number) => number) =>
    memoryProbe(answers("a", { recall: moves.map((move, i) => scored(i, pUp(move), move)) }));
  assert.equal(recall((move) => move > 0 ? 0.9 : 0.1).flagged, true);
  assert.equal(recall(() => 0.9).flagged, false);
  assert.equal(memoryProbe(answers("a", {})).p, null);
  const few = (n: number) =>
    memoryProbe(answers("a", { recall: moves.slice(0, n).map((move, i) => scored(i, 0.9, move)) }));
  assert.deepEqual([few(7).p, few(8).p === null], [null, false], "seven recalls say nothing");
});

Deno.test("pairsOf(): an abstention counts as 1/2, and pairs with a simulated model do not make real ones pay", () => {
  const moves = Array.from({ length: 60 }, (_, i) => i % 2 === 0 ? 0.01 : -0.01);
  const of = (name: string, pUp: (move: number, i: number) => number | null, simulated = false) =>
    answers(name, { plain: moves.map((move, i) => scored(i, pUp(move, i), move)) }, simulated);
  const good = of("good", (move, i) => (move > 0) === (i % 5 > 0) ? 0.7 : 0.3),
    silent = of("silent", (_, i) => i === 1 ? 0.5 : null);
  const [alone] = pairsOf([good, silent]);
  assert.equal(alone!.brier!.n, 60);
  assert.ok(alone!.brier!.difference < 0 && alone!.brier!.holmP < 0.05);
  assert.equal(alone!.crps, null); // nothing that both answered
  const more = pairsOf([good, silent, of("s1", () => 0.5, true), of("s2", () => 0.4, true)]);
  assert.equal(
    more.find((one) => one.first === "good" && one.second === "silent")!.brier!.holmP,
    alone!.brier!.holmP,
  );
});

Deno.test("pairsOf(): whoever answered nothing is not tested, and nobody pays for it", () => {
  const moves = Array.from({ length: 30 }, (_, i) => i % 2 === 0 ? 0.01 : -0.01);
  const of = (name: string, pUp: (move: number, i: number) => number | null) =>
    answers(name, { plain: moves.map((move, i) => scored(i, pUp(move, i), move)) });
  const [first, second] = [
    of("first", (move, i) => (move > 0) === (i % 5 > 0) ? 0.7 : 0.3),
    of("second", (_, i) => i % 3 === 0 ? 0.6 : 0.4),
  ];
  const [alone] = pairsOf([first!, second!]);
  const beside = pairsOf([first!, second!, of("mute", () => null)]);
  assert.deepEqual(beside[0], alone);
  assert.deepEqual(
    beside.slice(1).map(({ brier, crps, direction }) => [brier, crps, direction]),
    [[null, null, null], [null, null, null]],
  );
});

Deno.test("paretoFrontier() and netReturn() by hand", () => {
  const all = [{ loss: 0.2, cost: 3 }, { loss: 0.25, cost: 1 }, { loss: 0.25, cost: 2 }, {
    loss: null,
    cost: 0,
  }];
  assert.deepEqual(paretoFrontier(all), [true, true, false, false]);
  assertClose(netReturn(decision(0.6), 0.01, 0.0015), 0.4 * 0.0085, 1e-12);
  assertClose(netReturn(decision(0.4), 0.01, 0.0015), -0.4 * 0.0115, 1e-12);
  assert.equal(netReturn(decision(0.4), 0.9, 0), -0.2); // no more than the margin
  assert.equal(netReturn(decision(0.4, "hold"), 0.9, 0.0015), 0);
});
