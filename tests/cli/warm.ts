/** The command line in one process per test file: what a start costs (loading every module) is paid once. */
import { fileURLToPath } from "node:url";
import type { Spoken } from "./cli.ts";
import { type Asked, END } from "./warm_words.ts";

const WARM = fileURLToPath(new URL("warm_main.ts", import.meta.url));
const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Reads a stream up to the next END. */
function untilEnd(stream: ReadableStream<Uint8Array>): { read: () => Promise<string>; cancel: () => void } {
  const reader = stream.getReader(); // not piped through a decoder: that would read on between two tests
  const decoder = new TextDecoder();
  let text = "";
  return {
    cancel: () => void reader.cancel(),
    async read() {
      while (!text.includes(END)) {
        const { value, done } = await reader.read();
        if (done) throw new Error(`Cannot hear the command to its end as its process has ended: ${text}`);
        text += decoder.decode(value, { stream: true });
      }
      const [said, ...rest] = text.split(END);
      text = rest.join(END);
      return said!;
    },
  };
}

/** JSON in ASCII: other signs end lines too, such as U+2028. */
function plainLine(asked: Asked): string {
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(asked).replace(/[^ -~]/g, escaped);
}

/**
 * Starts the process before a file's tests and ends it after them. For tests of what a command says and leaves;
 * those of processes themselves (kills, signals, permissions) start their own.
 *
 * @param stdout "full" for one that takes nothing, as on a full disk (Linux alone).
 * @returns The real command line in a folder, as `popagent` of cli.ts is.
 */
export function warmPopagent(
  stdout: "heard" | "full" = "heard",
): (cwd: string, ...args: readonly string[]) => Promise<Spoken> {
  let hear: ((asked: Asked) => Promise<Spoken>) | null = null;
  let stop = () => Promise.resolve();
  Deno.test.beforeAll(() => {
    const line = [Deno.execPath(), "run", "-A", WARM];
    const child = new Deno.Command("sh", {
      args: ["-c", `exec "$@"${stdout === "full" ? " > /dev/full" : ""}`, "sh", ...line],
      cwd: ROOT,
      env: { NO_COLOR: "1" },
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const input = child.stdin.getWriter();
    const [out, err] = [untilEnd(child.stdout), untilEnd(child.stderr)];
    hear = async (asked) => {
      await input.write(new TextEncoder().encode(`${plainLine(asked)}\n`));
      const [printed, told] = await Promise.all([stdout === "full" ? "" : out.read(), err.read()]);
      const [, stderr, code] = /^([^]*?)(\d+)$/.exec(told)!;
      return { code: Number(code), stdout: printed, stderr: stderr! };
    };
    stop = async () => {
      await input.close();
      await child.status;
      out.cancel();
      err.cancel();
    };
  });
  Deno.test.afterAll(() => stop());
  return (cwd, ...args) => hear!({ cwd, args });
}
