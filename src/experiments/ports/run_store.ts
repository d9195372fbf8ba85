import type { RecordedEvent } from "../../events/event.ts";
import type { TradingConfig } from "../config.ts";
import type { PlaceReturns } from "../population_mean.ts";
import type { RunResult, RunSeries } from "../result.ts";
import type { RunPlan } from "../run_plan.ts";
import type { RunTables } from "../run_tables.ts";

/** What a run is known by: the same run always has the same name. */
export interface RunIdentity {
  readonly command: RunResult["command"];
  readonly plan: RunPlan<TradingConfig>;
}

/** A run that is under way. */
export interface OpenRun {
  readonly id: string;
  /** Where its checkpoints are kept; gone once it is finished, as is everything else that is unfinished. */
  readonly checkpoints: string;
  /** True if it goes on from checkpoints. */
  readonly resumed: boolean;
}

/** What a run leaves. */
export interface RunOutcome {
  readonly result: RunResult;
  readonly series: RunSeries;
  readonly events: readonly RecordedEvent[];
  /** Fills and what was read off of agents, by name. */
  readonly tables: RunTables;
  /** What the places of its populations earned; absent or empty of a run without any. */
  readonly placeReturns?: PlaceReturns;
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

/** A finished run as it is kept. */
export interface KeptResult {
  readonly result: RunResult;
  readonly series: RunSeries;
  /** Where its report is. */
  readonly report: string;
}

/** Port: keeps runs. One at a time is open under its name, wherever else it is asked for. */
export interface RunStore {
  /** How far a run has come; one that was finished and is being repeated is unfinished. */
  stage(identity: RunIdentity): Promise<"finished" | "unfinished" | "absent">;
  /**
   * Begins a run, beside an earlier one of the same name that it will replace once it is finished, or with `resume`
   * goes on with an unfinished one.
   *
   * @throws {UserError} If it is open already, there is nothing to resume, the source has changed since, or nothing
   *   can be written.
   */
  open(identity: RunIdentity, resume: boolean): Promise<OpenRun>;
  /** Keeps what a run left, all of it or nothing. @returns Where its report is. */
  finish(run: OpenRun, outcome: RunOutcome, facts: RunFacts): Promise<string>;
  /** Takes back what an unfinished run left; an earlier, finished one of its name stays. */
  discard(run: OpenRun): Promise<void>;
  /** Lets others open the run. What is unfinished may be resumed. */
  close(run: OpenRun): Promise<void>;
  /** A finished run. */
  result(identity: RunIdentity): Promise<KeptResult>;
}
