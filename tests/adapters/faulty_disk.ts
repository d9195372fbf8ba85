/** A disk that fails: calls of this process that change files are counted, and those that are chosen fail. */

/** Says of a call whether it fails: its number, from 1 on. */
export type Fails = (call: number) => boolean;

type Call = (...args: unknown[]) => unknown;

const CALLS = [
  ...["mkdir", "mkdirSync", "rename", "renameSync", "remove", "removeSync"],
  ...["writeFile", "writeFileSync", "writeTextFile", "writeTextFileSync", "truncate", "truncateSync"],
] as const;
const OPENS = ["open", "openSync"] as const;
const FILE_CALLS = [
  "write",
  "writeSync",
  "sync",
  "syncSync",
  "syncData",
  "syncDataSync",
  "truncateSync",
] as const;

function diskFull(): Error {
  return Object.assign(new Error("No space left on device (os error 28)"), { code: "ENOSPC" });
}

/**
 * Does some work on a disk that fails. A write that fails has written half before.
 *
 * @returns How many calls there were.
 */
export async function onFaultyDisk(fails: Fails, work: () => Promise<void>): Promise<number> {
  let calls = 0;
  const undo: (() => void)[] = [];
  const replace = (holder: object, name: string, wrapper: (original: Call) => Call) => {
    const target = holder as Record<string, Call>;
    const original = target[name]!;
    target[name] = wrapper(original);
    undo.push(() => void (target[name] = original));
  };
  const counted = (
    name: string,
    original: Call,
    before: (self: unknown, args: unknown[]) => void = () => {},
  ): Call =>
    function (this: unknown, ...args) {
      if (!fails(++calls)) return original.apply(this, args);
      before(this, args);
      if (!name.endsWith("Sync")) return Promise.reject(diskFull());
      throw diskFull();
    };
  for (const name of CALLS) replace(Deno, name, (original) => counted(name, original));
  for (const name of OPENS) {
    replace(Deno, name, (original) => {
      const writing = counted(name, original);
      return (...args) => {
        const options = args[1] as Deno.OpenOptions | undefined;
        return options?.write || options?.append ? writing(...args) : original(...args);
      };
    });
  }
  for (const name of FILE_CALLS) {
    const half = (self: unknown, [bytes]: unknown[]) => {
      if (bytes instanceof Uint8Array) (self as Deno.FsFile).writeSync(bytes.subarray(0, bytes.length >> 1));
    };
    replace(Deno.FsFile.prototype, name, (original) => {
      let inside = false; // the half is written by the same function
      return function (this: unknown, ...args) {
        if (inside) return original.apply(this, args);
        inside = true;
        try {
          return counted(name, original, half).apply(this, args);
        } finally {
          inside = false;
        }
      };
    });
  }
  try {
    await work();
    return calls;
  } finally {
    for (const one of undo.reverse()) one();
  }
}
