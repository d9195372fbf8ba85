import type { RecordedEvent } from "../../events/event.ts";
import type { TradingConfig } from "../config.ts";
import type { RunResult, RunSeries } from "../result.ts";
import type { RunPlan } from "../run_plan.ts";

/** What a run is known by: the same run always has the same name. */
export interface RunIdentity {
  readonly command: RunResult["command"];
  readonly plan: RunPlan<TradingConfig>;
}

/** A run that is under way. */
export interface OpenRun {
  readonly id: string;
  /** Where its checkpoints are kept; gone once it is finished. */
  readonly checkpoints: string;
  /** True if it goes on from checkpoints. */
  readonly resumed: boolean;
}

/** What a run leaves. */
export interface RunOutcome {
  readonly result: RunResult;
  readonly series: RunSeries;
  readonly events: readonly RecordedEvent[];
  /** Further findings by name, plain JSON. */
  readonly findings: Readonly<Record<string, unknown>>;
}

/** What is known of a run besides its outcome; no part of the same bytes. */
export interface RunFacts {
  readonly trial: number;
  /** ms UTC. */
  readonly startedAt: number;
  readonly finishedAt: number;
}

/** Port: keeps runs. */
export interface RunStore {
  /** How far a run has come. */
  stage(identity: RunIdentity): Promise<"finished" | "unfinished" | "absent">;
  /**
   * Begins a run, in the place of an earlier one of the same name (its bytes would be the same), or with `resume`
   * goes on with an unfinished one.
   *
   * @throws {Error} If there is nothing to resume, the source has changed since, or nothing can be written.
   */
  open(identity: RunIdentity, resume: boolean): Promise<OpenRun>;
  /** Keeps what a run left. @returns Where its report is. */
  finish(run: OpenRun, outcome: RunOutcome, facts: RunFacts): Promise<string>;
  /** Takes back a run that failed. */
  discard(run: OpenRun): Promise<void>;
  /** The result of a finished run. */
  result(identity: RunIdentity): Promise<RunResult>;
}
