/** The lock of a network folder: a folder that only one can make, whose time its holder renews while it lives. */
import lockfile from "proper-lockfile";
import { type FileLock, type Held, type Holder, readHolder } from "./file_lock.ts";

/** Ms without a sign of life after which a lock is anybody's. A run that keeps its one thread busy gives none for a while. */
const STALE = 180_000;
/** Ms between two signs of life. */
const UPDATE = 15_000;

/**
 * Takes the lock of a path on a network folder. After a holder was killed it stays locked for three minutes.
 *
 * @returns The lock, or who holds it.
 */
export async function tryLockOnNetwork(path: string, holder: Holder): Promise<FileLock | Held> {
  const onCompromised = () => {
    console.error(`Stopped: the lock ${path} was lost, for the network folder did not answer in time.`);
    Deno.exit(1); // another may be writing the same files by now
  };
  const options = { stale: STALE, update: UPDATE, realpath: false, lockfilePath: `${path}.d`, onCompromised };
  let unlock: () => Promise<void>;
  try {
    unlock = await lockfile.lock(path, options);
  } catch (error) {
    if ((error as { readonly code?: string }).code !== "ELOCKED") throw error;
    return { holder: readHolder(path) };
  }
  const release = async () => {
    await Deno.remove(path).catch(() => {}); // somebody may have taken the folder away
    await unlock();
  };
  try {
    await Deno.writeTextFile(path, `${JSON.stringify(holder)}\n`);
  } catch (error) {
    await release();
    throw error;
  }
  return { release };
}
