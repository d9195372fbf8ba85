/**
 * Locks on paths. On a disk of this machine the system's own (flock): it dies with its process, whatever ends it.
 * On a network folder, where that one may hold on one machine only, a lock that shows signs of life.
 */
import { existsSync, statfsSync } from "node:fs";
import { dirname } from "node:path";
import * as z from "zod";

/** Who holds a lock. */
const holderSchema = z.object({
  pid: z.int(),
  host: z.string(),
  /** ISO time, UTC. */
  since: z.string(),
});
export type Holder = Readonly<z.output<typeof holderSchema>>;

/** A lock that is held. */
export interface FileLock {
  release(): Promise<void>;
}

/** A lock that another holds; `holder` is null where that cannot be read. */
export interface Held {
  readonly holder: Holder | null;
}

/**
 * Takes the lock of a path, a file that is made and, on release, taken away; it says who holds it. Its folder is
 * made if it is missing.
 *
 * @returns The lock, or who holds it.
 */
export async function tryLock(path: string, holder: Holder): Promise<FileLock | Held> {
  Deno.mkdirSync(dirname(path), { recursive: true });
  if (isOnNetwork(dirname(path))) {
    const { tryLockOnNetwork } = await import("./network_lock.ts");
    return await tryLockOnNetwork(path, holder);
  }
  for (;;) {
    const file = openOrNull(path);
    if (file === null) continue; // its folder went away in between
    if (!file.tryLockSync(true)) {
      file.close();
      return { holder: readHolder(path) };
    }
    if (!isStill(path, file)) { // its last holder took it away between our opening and our locking it
      file.close();
      continue;
    }
    const release = async () => {
      await Deno.remove(path).catch(() => {}); // while it is locked: whoever opened it meanwhile sees that it is gone
      file.close();
    };
    try {
      writeHolder(file, holder);
    } catch (error) {
      await release();
      throw error;
    }
    return { release };
  }
}

/**
 * Whether somebody holds the lock of a path, for who only looks: nothing is made, and a lock is shared with whoever
 * looks too.
 *
 * @returns Null where it cannot be told: on a network folder.
 */
export function isHeld(path: string): boolean | null {
  if (!existsSync(path)) return false;
  if (isOnNetwork(dirname(path))) return null;
  let file: Deno.FsFile;
  try {
    file = Deno.openSync(path, { read: true });
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false; // it was given back in between
    throw error;
  }
  try {
    return !file.tryLockSync(false);
  } finally {
    file.close(); // which gives the lock back
  }
}

/** The holder that a lock's file names; null if it names none. */
export function readHolder(path: string): Holder | null {
  try {
    return holderSchema.parse(JSON.parse(Deno.readTextFileSync(path)));
  } catch {
    return null; // half written, or not to be read while it is locked (Windows): there is no name to give
  }
}

function openOrNull(path: string): Deno.FsFile | null {
  try {
    Deno.mkdirSync(dirname(path), { recursive: true });
    return Deno.openSync(path, { read: true, write: true, create: true });
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** True if a path still is the file that was opened. */
function isStill(path: string, file: Deno.FsFile): boolean {
  try {
    return Deno.statSync(path).ino === file.statSync().ino;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

function writeHolder(file: Deno.FsFile, holder: Holder): void {
  file.truncateSync();
  file.writeSync(new TextEncoder().encode(`${JSON.stringify(holder)}\n`));
}

/** File systems that several machines share, by the magic number that Linux gives them (statfs(2)). */
const NETWORK_TYPES: ReadonlySet<number> = new Set([
  0x6969, // NFS
  0x517b, // SMB
  0xfe534d42, // SMB 2 and 3
  0xff534d42, // CIFS
  0x65735546, // FUSE: sshfs and its kin
  0x0bd00bd0, // Lustre
  0x00c36400, // Ceph
  0x47504653, // GPFS
  0x19830326, // BeeGFS
  0x01021997, // 9P
  0x5346414f, // AFS
  0x786f4256, // folders that a virtual machine shares with its host
]);

/** True if a folder is on a file system that several machines share, as far as the system tells (Linux alone does). */
export function isOnNetwork(folder: string): boolean {
  if (Deno.build.os !== "linux") return false;
  return NETWORK_TYPES.has(statfsSync(folder).type >>> 0);
}
