import type { Gene, GeneValues } from "../../../genome/gene.ts";
import type { Need } from "../../method.ts";
import type { CheckInput, CheckMethod } from "./check.ts";

/** What a check measures at each row and what is allowed of it, in one unit; shape [rows] each. */
export interface Measurement {
  /** At the whole leverage limit, >= 0. */
  readonly measured: Float64Array;
  /** Above 0. */
  readonly allowed: Float64Array;
}

/** A check that measures one thing: where more is measured than allowed, leverage is cut in proportion. */
export interface MeasuredCheck extends CheckMethod {
  readonly measure: (input: CheckInput, genes: GeneValues) => Measurement;
  /** What is measured, as a sentence begins: "The plan's one-day expected shortfall at the leverage limit". */
  readonly what: string;
  /** What is allowed: "the daily loss limit times its tolerance". */
  readonly limit: string;
  /** How the numbers are read. */
  readonly unit: "share" | "times";
  /** From this multiple of what is allowed on nothing is granted. */
  readonly hardAt: number;
}

/** What is left of the leverage limit where nothing is granted: shares are above 0, and so little trades nothing. */
export const NOTHING = 1e-3;

/** A multiple of what is allowed that is never reached: such a check always grants something. */
export const NEVER_HARD = 1e12;

/** What a check of this kind states. */
export interface MeasuredCheckParts {
  readonly summary: string;
  readonly genes: readonly Gene[];
  readonly start: GeneValues;
  readonly warmUp: number;
  readonly needs?: readonly Need[];
  readonly source: string;
  readonly what: string;
  readonly limit: string;
  readonly unit?: "share" | "times";
  readonly hardAt: number;
  readonly measure: (input: CheckInput, genes: GeneValues) => Measurement;
}

/** A check made of what it measures. */
export function measuredCheck(
  { needs = [], unit = "share", measure, hardAt, ...rest }: MeasuredCheckParts,
): MeasuredCheck {
  return {
    ...rest,
    refitEvery: 1,
    needs,
    unit,
    hardAt,
    measure,
    run: (input, genes) => {
      const { measured, allowed } = measure(input, genes), share = new Float64Array(measured.length);
      for (let t = 0; t < share.length; t++) share[t] = grantedShare(measured[t]!, allowed[t]!, hardAt);
      return { share, end: [] };
    },
  };
}

/** The share of its leverage limit that an agent is granted. */
export function grantedShare(measured: number, allowed: number, hardAt: number): number {
  if (measured <= allowed) return 1;
  return measured >= hardAt * allowed ? NOTHING : Math.max(NOTHING, allowed / measured);
}
