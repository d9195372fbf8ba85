import { dirname, join } from "node:path";
import { canonicalJson } from "../../core/hash.ts";
import { UserError } from "../../core/user_error.ts";
import { runId } from "../../experiments/run_id.ts";
import type { OpenRun, RunIdentity, RunOutcome, RunStore } from "../../experiments/ports/run_store.ts";
import type { Provenance } from "../../experiments/provenance.ts";
import { writeFileAtomic } from "../files/atomic_file.ts";
import type { FileLock } from "../files/file_lock.ts";
import { reasonOf } from "../files/system_error.ts";
import { collectProvenance, sourceHash } from "./provenance.ts";
import { nothingToResume, requireSameConfig, requireSameSource } from "./resume.ts";
import { readRun, RUN_FILES, writeRun } from "./run_files.ts";
import { nextSequence } from "./run_list.ts";
import { lockRun } from "./run_lock.ts";
import { exists, isFinished, isTaken, placesOf, type RunPlaces } from "./run_places.ts";
import {
  begin,
  discard,
  requireReplaceable,
  requireWhole,
  setRight,
  settle,
  sweep,
  takeAway,
} from "./staging.ts";

/**
 * Runs as folders. A finished one is <root>/<id>; until then it is <root>/.unfinished/<id>, with its checkpoints,
 * and locked by the process that is at it. A finished run is replaced by a complete one only.
 */
export function runFolders(root: string): RunStore {
  const locks = new Map<string, FileLock>(); // of the runs that are open, by id
  const placesOfRun = (identity: RunIdentity) => placesOf(root, runId(identity));
  const configOf = (identity: RunIdentity) => `${canonicalJson(identity.plan.config)}\n`;

  async function open(identity: RunIdentity, resume: boolean): Promise<OpenRun> {
    const places = placesOfRun(identity);
    const { id, staging, checkpoints } = places;
    if (resume && !isTaken(staging)) throw await nothingToResume(places, identity.plan.config); // and nothing is written
    const lock = await writable(places, () => lockRun(places, resume ? "resume" : "run"));
    try {
      await writable(places, () => setRight(places));
      if (resume) {
        if (!isTaken(staging)) throw await nothingToResume(places, identity.plan.config);
        requireWhole(places);
        await requireSameConfig(places, configOf(identity));
        await requireSameSource(places, await sourceHash());
      } else {
        requireReplaceable(places);
        await writable(places, async () => {
          await takeAway(places, staging);
          await begin(places, configOf(identity), await sourceHash());
        });
      }
      await sweep(places);
    } catch (error) {
      await lock.release();
      throw error;
    }
    locks.set(id, lock);
    return { id, checkpoints, resumed: resume };
  }

  return {
    open,
    async stage(identity) {
      const places = placesOfRun(identity);
      const { staging, before } = places;
      const isBegun = isTaken(staging) && !isFinished(staging) && !isTaken(before);
      if (exists(dirname(staging)) && !isBegun) await tidy(places);
      if (isTaken(staging)) return "unfinished";
      return isFinished(places.home) ? "finished" : "absent";
    },
    async finish({ id, resumed }, outcome, facts) {
      const places = placesOf(root, id);
      const provenance = await collectProvenance(
        facts,
        resumed,
        await nextSequence(root),
        extensionsOf(outcome),
      );
      await writeFileAtomic(join(places.staging, RUN_FILES.report), await reportOf(outcome, provenance));
      await writeRun(places.staging, outcome, provenance);
      await settle(places);
      return join(places.home, RUN_FILES.report);
    },
    discard: ({ id }) => discard(placesOf(root, id)),
    async close({ id }) {
      await locks.get(id)?.release();
      locks.delete(id);
    },
    async result(identity) {
      const { home } = placesOfRun(identity);
      const { result, series } = await readRun(home);
      return { result, series, report: join(home, RUN_FILES.report) };
    },
  };
}

/**
 * Removes a run, finished or not.
 *
 * @throws {UserError} If there is no such run, or a process is at it.
 */
export async function removeRun(root: string, id: string): Promise<void> {
  const places = placesOf(root, id);
  const isRun = isFinished(places.home) || isTaken(places.staging);
  if (!/^[\w-]+$/.test(id) || !isRun) {
    throw new UserError(
      `Cannot remove a run as ${root} must hold it, finished or not: current value is ${id}`,
    );
  }
  const lock = await lockRun(places, "remove");
  try {
    for (const path of [places.staging, places.before, places.home]) await takeAway(places, path);
    await sweep(places);
  } finally {
    await lock.release();
  }
}

/** Sets right and takes away what a kill left of a run that is not under way. */
async function tidy(places: RunPlaces): Promise<void> {
  const lock = await lockRun(places, "finish");
  try {
    await setRight(places);
    await sweep(places);
  } finally {
    await lock.release();
  }
}

/** Does what writes; a refusal of the system is the person's to mend. */
async function writable<Value>({ home }: RunPlaces, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(
      `Cannot write the run as its folder must be writable: current value is ${home} (${reasonOf(error)})`,
      { cause: error },
    );
  }
}

/** Modules of one's own that a run was made with, by name and content. */
function extensionsOf({ result }: RunOutcome): string[] {
  const { extensions } = result.config;
  return Array.isArray(extensions) ? extensions.map(String) : [];
}

async function reportOf(outcome: RunOutcome, provenance: Provenance) {
  const { runPage } = await import("../../report/html/run_page.ts"); // drawing is loaded once there is something to draw
  return runPage({ ...outcome, provenance });
}
