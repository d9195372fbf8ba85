/** One process at a time works on a run. */
import { dirname } from "node:path";
import { UserError } from "../../core/user_error.ts";
import { type FileLock, type Holder, tryLock } from "../files/file_lock.ts";
import type { RunPlaces } from "./run_places.ts";

/**
 * Takes a run for this process, until it is released or the process ends, however it ends.
 *
 * @param what What is to be done with the run, for the sentence of a refusal.
 * @throws {UserError} If another process, or this one, is at it already; the holder is named.
 */
export async function lockRun({ id, lock }: RunPlaces, what: string): Promise<FileLock> {
  const taken = await tryLock(lock, {
    pid: Deno.pid,
    host: Deno.hostname(),
    since: new Date().toISOString(),
  });
  if ("holder" in taken) {
    throw new UserError(
      `Cannot ${what} ${id} as one process at a time may work on a run: ${
        holderText(taken.holder)
      } is at it. ` +
        "Wait until it ends, or stop it.",
    );
  }
  return {
    async release() {
      await taken.release();
      await Deno.remove(dirname(lock)).catch(() => {}); // it stays where other runs are unfinished
    },
  };
}

function holderText(holder: Holder | null): string {
  if (holder === null) return "another process";
  const since = `${holder.since.slice(0, 16).replace("T", " ")} UTC`;
  return `process ${holder.pid} on ${holder.host}, since ${since},`;
}
