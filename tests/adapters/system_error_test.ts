import assert from "node:assert/strict";
import { join } from "node:path";
import { asUserError, reasonOf } from "popagent/adapters/files/system_error.ts";
import { UserError } from "popagent/core/user_error.ts";
import { inFolder } from "../cli/cli.ts";

/** What the system says to what people do wrong, and what they are told. `at` is a folder with a file and a loop. */
const MISTAKES: readonly (readonly [string, (at: string) => unknown, RegExp])[] = [
  [
    "a missing file",
    (at) => Deno.readTextFileSync(join(at, "nothing")),
    /^Cannot read .*nothing as it must exist/,
  ],
  [
    "a folder for a file",
    (at) => Deno.readTextFileSync(at),
    /^Cannot read .* as it must be a file: it is a folder/,
  ],
  [
    "a file for a folder",
    (at) => Deno.readTextFileSync(join(at, "file", "x")),
    /a folder is wanted where a file stands/,
  ],
  ["a file for a folder of runs", (at) => [...Deno.readDirSync(join(at, "file"))], /a folder is wanted/],
  [
    "a circle of links",
    (at) => Deno.readTextFileSync(join(at, "loop")),
    /^Cannot .* as its links.*in a circle/,
  ],
  [
    "something in the way",
    (at) => Deno.mkdirSync(join(at, "file")),
    /^Cannot make the folder .*nothing may be there yet/,
  ],
  ["a folder in the way", (at) => {
    Deno.mkdirSync(join(at, "full", "inside"), { recursive: true });
    Deno.mkdirSync(join(at, "empty"));
    Deno.renameSync(join(at, "empty"), join(at, "full"));
  }, /^Cannot rename .*empty to .*full as the folder must be empty/],
  ["a long name", (at) => Deno.readTextFileSync(join(at, "x".repeat(300))), /its name must be shorter/],
  [
    "a name that is none",
    (at) => Deno.readTextFileSync(join(at, "a\0b")),
    /the system must know such a name/,
  ],
  ["a port that is taken", () => {
    using first = Deno.listen({ port: 0, hostname: "127.0.0.1" });
    Deno.listen({ port: (first.addr as Deno.NetAddr).port, hostname: "127.0.0.1" });
  }, /its port must be free: another program has it/],
];

for (const [what, mistake, says] of MISTAKES) {
  Deno.test(`findings J.7: ${what} is told as a person's mistake`, () =>
    inFolder((folder) => {
      Deno.writeTextFileSync(join(folder, "file"), "");
      Deno.symlinkSync(join(folder, "loop"), join(folder, "loop"));
      try {
        mistake(folder);
        assert.fail("it must be refused");
      } catch (error) {
        const told = asUserError(error);
        assert.ok(told, Deno.inspect(error));
        assert.match(told.message, says);
        assert.match(told.message, /\. [A-Z][^.]*\.$/, "it says what to do");
        assert.equal(told.cause, error);
        const wrapped = asUserError(new Error("within", { cause: error }));
        assert.equal(wrapped?.message, told.message, "however deep it is wrapped");
      }
      return Promise.resolve();
    }));
}

/** Errors that cannot be made here at will, as the system gives them. */
const MADE: readonly (readonly [Error, RegExp])[] = [
  [
    coded("ENOSPC", "No space left on device (os error 28): writefile 'a'"),
    /^Cannot write a as .*disk is full. Make room/,
  ],
  [coded("EDQUOT", "Disk quota exceeded (os error 122)"), /^Cannot go on as .*quota/],
  [coded("EFBIG", "File too large (os error 27)"), /ulimit -f/],
  [
    coded("EROFS", "Read-only file system (os error 30): mkdir 'a'"),
    /^Cannot make the folder a as .*read-only/,
  ],
  [coded("EIO", "Input/output error (os error 5)"), /the disk must work/],
  [coded("EMFILE", "Too many open files (os error 24)"), /ulimit -n/],
  [
    coded("EACCES", "Permission denied (os error 13): readfile 'a'", Deno.errors.PermissionDenied),
    /^Cannot read a as the system must allow it/,
  ],
  [coded("EPIPE", "Broken pipe (os error 32)", Deno.errors.BrokenPipe), /its reader must be there/],
  [
    new Deno.errors.NotCapable('Requires read access to "/home/bars", run again with the --allow-read flag'),
    /^Cannot read \/home\/bars as the tasks of this project may read its own folder.*\. Take a place there, or a link/,
  ],
  [
    new Deno.errors.NotCapable(
      'Requires write access to "/home/runs", run again with the --allow-write flag',
    ),
    /^Cannot write \/home\/runs as the tasks/,
  ],
];

function coded(code: string, message: string, kind: new (message: string) => Error = Error): Error {
  return Object.assign(new kind(message), { code });
}

for (const [error, says] of MADE) {
  Deno.test(`findings J.7: ${error.message.slice(0, 60)} is told as a person's mistake`, () => {
    assert.match(asUserError(error)!.message, says);
  });
}

Deno.test("findings J.7: what is no refusal of the system stays what it is", () => {
  for (const fault of [new TypeError("x is not a function"), new Error("boom"), "text", null]) {
    assert.equal(asUserError(fault), null);
  }
  // The lists of what our tasks may ask the system for are ours to keep right.
  for (const kind of ["env", "sys", "run", "ffi", "net"]) {
    assert.equal(asUserError(new Deno.errors.NotCapable(`Requires ${kind} access to "x", run again`)), null);
  }
  const said = new UserError("said already", {
    cause: coded("ENOENT", "No such file (os error 2): stat 'a'"),
  });
  assert.equal(asUserError(said), said);
  assert.equal(reasonOf(said), "said already");
});
