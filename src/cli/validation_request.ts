/** What a world of `popagent validate` is asked for, and what it answers. */
import type { ThresholdCheck } from "../experiments/validation.ts";

/** What a world is asked for, the flags read. */
export interface WorldRequest {
  readonly marketSeeds: readonly number[];
  readonly rows: number;
  readonly ic: number;
  /** `ic` as it was written. */
  readonly icText: string;
  readonly workers: number;
  /** Folder of real bars; undefined for none. */
  readonly data: string | undefined;
  /** Further settings, as of --set. */
  readonly set: readonly string[];
  /** Folder of the ledger. */
  readonly store: string;
  /** True to run nothing and say what is stored. */
  readonly storedOnly: boolean;
  /** The file that holds the outcomes. */
  readonly out: string;
}

/** What came of it: as text, and its thresholds. */
export interface Validated {
  readonly text: string;
  readonly checks: readonly ThresholdCheck[];
  /** How it ended, where more is to be said than how many of them fail. */
  readonly told?: string;
}
