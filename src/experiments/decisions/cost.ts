/** What answers took: tokens, dollars, time; and who is on the frontier of score and cost. */
import { quantileOf } from "./quantile_of.ts";
import type { ReplyRecord } from "./reply_record.ts";

/** Means over questions, repair turns included, as they were when recorded. */
export interface Cost {
  /** Questions asked. */
  readonly questions: number;
  /** Calls that they took. */
  readonly calls: number;
  /** Tokens a question; null where a reply named none. */
  readonly input: number | null;
  /** The same of replies. */
  readonly output: number | null;
  /** USD a question at the table's price; 0 on a machine of one's own, whose power is not counted. */
  readonly dollars: number;
  /** Of questions, ms. */
  readonly medianLatencyMs: number | null;
  /** What 5 of 100 questions exceed, ms. */
  readonly slowLatencyMs: number | null;
}

/** @param records Any questions, at least none. */
export function costOfRecords(records: readonly ReplyRecord[]): Cost {
  const calls = records.flatMap((record) => record.calls), n = records.length;
  const latencies = records.map((record) => sumOf(record.calls.map(({ latencyMs }) => latencyMs)));
  const perQuestion = (values: readonly (number | null)[]) =>
    n === 0 || values.includes(null) ? null : sumOf(values as readonly number[]) / n;
  return {
    questions: n,
    calls: calls.length,
    input: perQuestion(calls.map(({ input }) => input)),
    output: perQuestion(calls.map(({ output }) => output)),
    dollars: n === 0 ? 0 : sumOf(calls.map(({ dollars }) => dollars)) / n,
    medianLatencyMs: quantileOf(latencies, 0.5),
    slowLatencyMs: quantileOf(latencies, 0.95),
  };
}

/** A loss and what it took. */
export interface Priced {
  readonly loss: number | null;
  readonly cost: number | null;
}

/**
 * Which of several are on the frontier: nobody else has a loss and a cost that are both as small and one smaller.
 * Those without a loss or a cost are not.
 */
export function paretoFrontier(all: readonly Priced[]): readonly boolean[] {
  return all.map(({ loss, cost }) =>
    loss !== null && cost !== null &&
    !all.some((other) =>
      other.loss !== null && other.cost !== null && other.loss <= loss && other.cost <= cost &&
      (other.loss < loss || other.cost < cost)
    )
  );
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
