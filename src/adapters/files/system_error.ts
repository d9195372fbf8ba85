/**
 * What the operating system refused, as a sentence for whoever can do something about it. A full disk or a folder
 * where a file should be is no fault of the program.
 */
import { UserError } from "../../core/user_error.ts";

/** A rule that was broken, and what to do about it. */
interface Refusal {
  readonly rule: string;
  readonly remedy: string;
}

/** By the code that Node and Deno give the system's errors. */
const REFUSALS: Readonly<Record<string, Refusal>> = {
  ENOENT: { rule: "it must exist", remedy: "Look for a mistake in the path." },
  EACCES: { rule: "the system must allow it", remedy: "Change the rights, or take another place." },
  EPERM: { rule: "the system must allow it", remedy: "Change the rights, or take another place." },
  EISDIR: { rule: "it must be a file: it is a folder", remedy: "Give the path of a file." },
  ENOTDIR: {
    rule: "a folder is wanted where a file stands",
    remedy: "Move that file away, or take another path.",
  },
  ELOOP: { rule: "its links must lead somewhere: they lead in a circle", remedy: "Mend the links." },
  EEXIST: { rule: "nothing may be there yet", remedy: "Move away what is there, or take another path." },
  ENOTEMPTY: { rule: "the folder must be empty", remedy: "Move away what is there, or take another path." },
  ENAMETOOLONG: { rule: "its name must be shorter", remedy: "Take a shorter path." },
  EINVAL: { rule: "the system must know such a name", remedy: "Look for a mistake in the path." },
  ENOSPC: { rule: "there must be room: the disk is full", remedy: "Make room and start again." },
  EDQUOT: { rule: "there must be room: your quota is used up", remedy: "Make room and start again." },
  EFBIG: {
    rule: "the file must stay within the size that files may have here",
    remedy: "Raise the limit (ulimit -f) or the kind of disk.",
  },
  EROFS: { rule: "the disk must not be read-only", remedy: "Take another place." },
  EXDEV: { rule: "both places must be on one disk", remedy: "Take a folder on the same disk." },
  EBUSY: { rule: "nobody else may be using it", remedy: "Wait, or end what uses it." },
  EIO: { rule: "the disk must work: it reports an error", remedy: "Look after the disk." },
  ESTALE: { rule: "the network folder must be connected", remedy: "Mount it again." },
  EMFILE: { rule: "fewer files must be open at once", remedy: "Raise the limit (ulimit -n)." },
  ENFILE: { rule: "fewer files must be open at once", remedy: "End other programs." },
  ENOMEM: { rule: "there must be memory: there is none left", remedy: "End other programs." },
  EPIPE: { rule: "its reader must be there: it has gone", remedy: "Let the reader read to the end." },
  EADDRINUSE: { rule: "its port must be free: another program has it", remedy: "Take another port." },
  EADDRNOTAVAIL: { rule: "its address must be this machine's", remedy: "Take another address." },
  ECONNREFUSED: { rule: "somebody must listen there: nobody does", remedy: "Start the other side first." },
};

/** Deno's own refusal: the permissions of the task that runs. */
const NOT_CAPABLE: Refusal = {
  rule:
    "the tasks of this project may read its own folder, and write below data/, figures/, paper/ and results/, and nothing else",
  remedy: "Take a place there, or a link there to another one.",
};

/** Ends of Deno's messages: the call, and one or two paths. */
const CALL = /: (\w+) '(.*?)'(?: -> '(.*)')?$/s;
const REQUIRED = /^Requires (\w+) access to "(.*?)"/s;

const VERBS: Readonly<Record<string, string>> = {
  readfile: "read",
  readdir: "read",
  stat: "read",
  lstat: "read",
  realpath: "read",
  read: "read",
  writefile: "write",
  write: "write",
  mkdir: "make the folder",
  rename: "rename",
  remove: "remove",
};

function refusalOf(error: unknown): Refusal | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof Deno.errors.NotCapable) {
    return /^Requires (read|write|all) access/.test(error.message) ? NOT_CAPABLE : undefined; // any other: our own list is wrong
  }
  return REFUSALS[(error as { readonly code?: string }).code ?? ""];
}

/** The system's error in an error or in what caused it, if there is one. */
function systemErrorIn(error: unknown): Error | undefined {
  for (let one = error; one instanceof Error; one = one.cause) if (refusalOf(one)) return one;
  return undefined;
}

/** Why the system refused and what to do, in one line; the error's own words if it is none of the system's. */
export function reasonOf(error: unknown): string {
  if (error instanceof UserError) return error.message; // it has been said already
  const refusal = refusalOf(systemErrorIn(error));
  if (refusal) return `${refusal.rule}. ${refusal.remedy}`;
  return error instanceof Error ? error.message : String(error);
}

/** The rule that the system saw broken; the error's own words if it is none of the system's. */
export function ruleOf(error: unknown): string {
  return refusalOf(systemErrorIn(error))?.rule ?? (error instanceof Error ? error.message : String(error));
}

/** A refusal of the system as a person's mistake, with the path as far as it is known; null for any other error. */
export function asUserError(error: unknown): UserError | null {
  const cause = systemErrorIn(error);
  if (!cause) return null;
  if (error instanceof UserError) return error;
  const [, call = "", path, target] = REQUIRED.exec(cause.message) ?? CALL.exec(cause.message) ?? [];
  const place = path === undefined ? "" : ` ${path}${target === undefined ? "" : ` to ${target}`}`;
  const what = place === "" ? "go on" : `${VERBS[call] ?? "use"}${place}`;
  return new UserError(`Cannot ${what} as ${reasonOf(cause)}`, { cause });
}

/** An error of working with a path as it should be thrown: a refusal of the system names the path. */
export function atPath(verb: string, path: string, error: unknown): unknown {
  if (error instanceof UserError || !systemErrorIn(error)) return error;
  return new UserError(`Cannot ${verb} ${path} as ${reasonOf(error)}`, { cause: error });
}
