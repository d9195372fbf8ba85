/** What every run does around its work: it is named, counted as a trial, and kept. */
import type { TradingConfig } from "./config.ts";
import type { OpenRun, RunIdentity, RunOutcome, RunStore } from "./ports/run_store.ts";
import type { TrialLedger } from "./ports/trials.ts";
import { trialKey } from "./trials.ts";

/** What a run keeps its outcome with, and the time. */
export interface RunServices {
  readonly runs: RunStore;
  readonly trials: TrialLedger;
  /** ms UTC. */
  readonly now: () => number;
}

/** A run that is kept. */
export interface KeptRun<Outcome extends RunOutcome> {
  readonly outcome: Outcome;
  /** Where its report is. */
  readonly report: string;
}

/**
 * Opens a run, counts it before its result is known, does its work, keeps what it leaves and closes it. A run
 * without checkpoints that fails is taken back.
 */
export async function keepRun<Outcome extends RunOutcome>(
  identity: RunIdentity,
  { checkpoints, resume }: {
    readonly checkpoints: boolean;
    /** Go on from the checkpoints of an unfinished run. */
    readonly resume: boolean;
  },
  { runs, trials, now }: RunServices,
  work: (run: OpenRun) => Outcome | Promise<Outcome>,
): Promise<KeptRun<Outcome>> {
  const startedAt = now();
  const run = await runs.open(identity, resume);
  try {
    const trial = trials.record(trialOf(identity, startedAt));
    const outcome = await work(run);
    const report = await runs.finish(run, outcome, { trial, startedAt, finishedAt: now() });
    return { outcome, report };
  } catch (error) {
    if (!checkpoints) await runs.discard(run);
    throw error;
  } finally {
    await runs.close(run);
  }
}

function trialOf({ command, plan }: RunIdentity, time: number) {
  const config: TradingConfig = plan.config;
  return {
    key: trialKey(command, plan),
    time: new Date(time).toISOString(),
    command,
    rowsHash: plan.panel.hash,
    seed: config.seed,
  };
}
