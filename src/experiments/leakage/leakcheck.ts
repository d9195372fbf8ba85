/** The proof of no look-ahead as a list of checks: planted cheats that must be caught, and the product, which must be clear. */
import { flagged, type Verdict } from "./probe.ts";
import { plantedChecks } from "./planted_checks.ts";
import { productChecks } from "./product_checks.ts";

/** What is looked at. */
export type LeakLayer =
  | "data"
  | "features"
  | "methods"
  | "agents"
  | "learner state"
  | "whole run"
  | "lag"
  | "start-up";

/** One check, before it is run. */
export interface LeakCheck {
  readonly name: string;
  readonly layer: LeakLayer;
  /** True for a cheat that was planted: the check holds if it is caught. */
  readonly planted: boolean;
  readonly run: () => Promise<LeakFinding>;
}

/** What a check found. */
export interface LeakFinding {
  readonly holds: boolean;
  readonly worlds: number;
  /** Values compared. */
  readonly compared: number;
  /** Outputs that knew the future, and the first places where they did. */
  readonly flagged: readonly string[];
  /** What a person is to read: where it was found, or what was measured. */
  readonly told: string;
}

/**
 * All checks, the planted cheats first.
 *
 * @param seed Of the market that the product is probed on.
 */
export function leakChecks(seed: number): LeakCheck[] {
  return [...plantedChecks(), ...productChecks(seed)];
}

/** A verdict of the probe as a finding. */
export function findingOf(verdict: Verdict): Omit<LeakFinding, "holds" | "told"> {
  return { worlds: verdict.trials, compared: verdict.compared, flagged: flagged(verdict) };
}
