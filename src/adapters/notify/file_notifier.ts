/** Notices as lines of a file that is only added to. */
import { existsSync, readFileSync } from "node:fs";
import type { Notifier } from "../../admin/notices/notifier.ts";
import { noticeLine } from "../../admin/notices/notice_line.ts";
import { channelOf } from "../../admin/notices/route.ts";
import { appendToDisk } from "../files/atomic_file.ts";
import { ruleOf } from "../files/system_error.ts";
import { failed } from "./failure.ts";

/** Opens a file's channel. @throws {UserError} If the file cannot be written. */
export function fileNotifier(path: string): Notifier {
  appendToDisk(path, endsInside(path) ? "\n" : ""); // a line that a crash has cut stands alone
  return {
    channel: channelOf({ kind: "file", path }),
    gapMs: 0,
    send: (notice, again) => {
      const isThere = again && readFileSync(path, "utf8").includes(`{"id":${JSON.stringify(notice.id)},`);
      try {
        if (!isThere) appendToDisk(path, `${noticeLine(notice)}\n`);
        return Promise.resolve({ sent: true });
      } catch (error) {
        return Promise.resolve(failed(ruleOf(error), [], { maybe: true }));
      }
    },
  };
}

/** True of a file whose last line has no end. */
function endsInside(path: string): boolean {
  if (!existsSync(path)) return false;
  using file = Deno.openSync(path, { read: true });
  const { size } = file.statSync();
  if (size === 0) return false;
  file.seekSync(size - 1, Deno.SeekMode.Start);
  const last = new Uint8Array(1);
  file.readSync(last);
  return last[0] !== 0x0a;
}
