import type { GeneValues } from "../../../genome/gene.ts";
import { PLAN, type Plan, planIndex } from "../../../simulation/plan.ts";
import type { SelectingMethod } from "../../selection/selecting_method.ts";
import type { CheckInput, CheckMethod, Grant } from "./check.ts";
import { type MeasuredCheck, NOTHING } from "./measured_check.ts";

/** What a check says to a plan at one row. */
export interface CheckVerdict {
  /** pass: all that is wanted may be traded; soft_fail: less of it; hard_fail: none. */
  readonly verdict: "pass" | "soft_fail" | "hard_fail";
  /** Why, for a person to read: the cause, and what comes of it. */
  readonly reason: string;
  /** What the check looked at, and found. */
  readonly cause: string;
  /** Gross exposure that the plan wants, over equity. */
  readonly wanted: number;
  /** Gross exposure that is granted, over equity. */
  readonly granted: number;
}

/**
 * The verdict of a check on a plan at one row, with its reason. It is on the plan as a whole; what an account may do is
 * decided in the event loop, where the account is known.
 */
export function verdictAt(
  check: CheckMethod,
  input: CheckInput,
  genes: GeneValues,
  row: number,
): CheckVerdict {
  const share = check.run(input, genes).share[row]!;
  const limit = input.genes.maxLeverage!, granted = limit * share, wanted = wantedGross(input.plan, row);
  const verdict = wanted > 0 && share <= NOTHING
    ? "hard_fail"
    : wanted > granted * (1 + 1e-9)
    ? "soft_fail"
    : "pass";
  const cause = causeOf(check, input, genes, row, share);
  const reason = `${cause}. ${consequence(verdict, wanted, granted, limit)}`;
  return { verdict, reason, cause, wanted, granted };
}

/** Gross notional over equity that a plan's row asks for, before any stop cuts it. */
export function wantedGross({ coins, values }: Plan, row: number): number {
  let gross = 0;
  for (let coin = 0; coin < coins; coin++) {
    const at = planIndex(coins, row, coin), conviction = values[at + PLAN.conviction]!;
    if (conviction !== conviction) continue; // left as it is
    gross += Math.abs(conviction) * values[at + PLAN.baseSize]! * values[at + PLAN.leverage]!;
  }
  return gross;
}

/** What a check looked at; of one that chooses among others, what the chosen one did. */
function causeOf(
  check: CheckMethod,
  input: CheckInput,
  genes: GeneValues,
  row: number,
  share: number,
): string {
  if (isMeasured(check)) return measuredCause(check, input, genes, row);
  if (!isSelecting(check)) {
    return `${check.summary}: ${share < 1 ? percent(share) : "the whole"} of the leverage limit is left`;
  }
  const { keys, methods, select } = check, chosen = keys[select(input, genes).chosen[row]!]!;
  return `Chosen here: ${chosen}. ${causeOf(methods[chosen]!, input, genes, row, share)}`;
}

function isMeasured(check: CheckMethod): check is MeasuredCheck {
  return "measure" in check;
}

function isSelecting(check: CheckMethod): check is SelectingMethod<CheckInput, Grant> {
  return "select" in check;
}

function measuredCause(check: MeasuredCheck, input: CheckInput, genes: GeneValues, row: number): string {
  const { measured, allowed } = check.measure(input, genes), value = measured[row]!, bound = allowed[row]!;
  const text = (number: number) => check.unit === "share" ? percent(number) : `${times(number)}`;
  const side = value <= bound ? "within" : value >= check.hardAt * bound ? "far over" : "over";
  return `${check.what} is ${text(value)}, ${side} ${check.limit} of ${text(bound)}`;
}

function consequence(verdict: string, wanted: number, granted: number, limit: number): string {
  if (wanted === 0) return "Nothing is wanted";
  if (verdict === "hard_fail") return `The plan wants ${times(wanted)} equity and gets nothing`;
  if (verdict === "soft_fail") {
    return `The plan wants ${times(wanted)} equity and gets ${times(granted)}, of a limit of ${times(limit)}`;
  }
  return `The plan wants ${times(wanted)} equity, and ${times(granted)} is granted`;
}

const percent = (value: number) => `${Number((100 * value).toPrecision(3))} %`;
const times = (value: number) => `${Number(value.toPrecision(3))} times`;
