/** Notices as lines of a file that is only added to. */
import { readFileSync, statSync } from "node:fs";
import type { Notifier } from "../../admin/notices/notifier.ts";
import { noticeLine } from "../../admin/notices/notice_line.ts";
import { channelOf } from "../../admin/notices/route.ts";
import { UserError } from "../../core/user_error.ts";
import { appendToDisk } from "../files/atomic_file.ts";
import { ruleOf } from "../files/system_error.ts";
import { failed } from "./failure.ts";

/** How a notice's line begins. */
const BEGIN = '{"id":';

/** Opens a file's channel. @throws {UserError} If the file cannot be written, or holds something else. */
export function fileNotifier(path: string): Notifier {
  appendToDisk(path, endsInside(path) ? "\n" : ""); // a line that a crash has cut stands alone
  return {
    channel: channelOf({ kind: "file", path }),
    gapMs: 0,
    send: (notice, again) => {
      const isThere = again && readFileSync(path, "utf8").includes(`${BEGIN}${JSON.stringify(notice.id)},`);
      try {
        if (!isThere) appendToDisk(path, `${noticeLine(notice)}\n`);
        return Promise.resolve({ sent: true });
      } catch (error) {
        return Promise.resolve(failed(ruleOf(error), [], { maybe: true }));
      }
    },
  };
}

/** True of a file whose last line has no end. @throws {UserError} If it is no file of notices: nothing is added to others. */
function endsInside(path: string): boolean {
  const there = statSync(path, { throwIfNoEntry: false });
  if (there === undefined || (there.isFile() && there.size === 0)) return false;
  if (there.isDirectory()) {
    throw new UserError(`Cannot notify by ${path} as it must be a file: it is a folder`);
  }
  if (!there.isFile()) return false; // a pipe or a terminal: nothing of it is read
  using file = Deno.openSync(path, { read: true });
  const first = new Uint8Array(BEGIN.length), last = new Uint8Array(1);
  const begins = new TextDecoder().decode(first.subarray(0, file.readSync(first) ?? 0));
  if (!BEGIN.startsWith(begins)) {
    throw new UserError(
      `Cannot notify by ${path} as a file that is there must hold notices: it holds something else; take another path`,
    );
  }
  file.seekSync(there.size - 1, Deno.SeekMode.Start);
  file.readSync(last);
  return last[0] !== 0x0a;
}
