/** Whole runs of the main command as a user starts them: what they cost, the memory they take, the time they say is left. */

import { join } from "node:path";

/** What a run cost, in seconds; CPU is user and system time of the process with its workers. */
export interface Cost {
  readonly cpu: number;
  readonly wall: number;
}

/** Works in a folder of its own, which goes afterwards: where the version in `home` may write. */
async function inFolder<Value>(home: string, work: (folder: string) => Promise<Value>): Promise<Value> {
  const folder = await Deno.makeTempDir({ dir: join(home, "data"), prefix: "bench-" });
  try {
    return await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** Cost of one run of the main command in the version that stands in `home`. */
export function costOf(home: string, args: readonly string[]): Promise<Cost> {
  return inFolder(home, async (out) => {
    const words = ["run", "-A", "src/cli/main.ts", "population", ...args, "--out", out],
      began = performance.now();
    const { success, stdout, stderr } = await new Deno.Command("sh", {
      args: ["-c", '"$0" "$@" >/dev/null; code=$?; times; exit $code', Deno.execPath(), ...words],
      cwd: home,
    }).output();
    if (!success) throw new Error(`Cannot time a run as it failed in ${home}: ${text(stderr)}`);
    const children = text(stdout).trim().split("\n")[1]!; // "1m2.3s 0m0.4s"
    const cpu = [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
      (sum, [, m, s]) => sum + 60 * Number(m) + Number(s),
      0,
    );
    return { cpu, wall: (performance.now() - began) / 1000 };
  });
}

/** Largest resident memory of `deno task population` with all its processes, MB, looked up four times a second; null without `ps`. */
export function peakOf(home: string, args: readonly string[]): Promise<number | null> {
  return inFolder(home, async (out) => {
    const command = ["task", "population", ...args, "--out", out];
    const child = new Deno.Command(Deno.execPath(), {
      args: command,
      cwd: home,
      stdout: "null",
      stderr: "null",
    }).spawn();
    let peak = 0, running = true;
    const ended = child.status.finally(() => running = false);
    while (running) {
      peak = Math.max(peak, ...await sizesOfTree(child.pid));
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 250))]);
    }
    if (!(await ended).success) {
      throw new Error(`Cannot measure the memory of a run as it failed: ${args.join(" ")}`);
    }
    return peak === 0 ? null : peak / 1024;
  });
}

/** Resident size in kB of a process and of each of its descendants; `deno task` starts the job as a child. None without `ps`. */
async function sizesOfTree(root: number): Promise<number[]> {
  const rows = (await processTable()).trim().split("\n").map((line) => line.trim().split(/\s+/).map(Number));
  const below = new Set([root]);
  for (let known = 0; known !== below.size;) {
    known = below.size;
    for (const [pid, parent] of rows) if (below.has(parent!)) below.add(pid!);
  }
  return rows.filter(([pid]) => below.has(pid!)).map(([, , size]) => size!);
}

async function processTable(): Promise<string> {
  try {
    const { stdout } = await new Deno.Command("ps", { args: ["-e", "-o", "pid=,ppid=,rss="] }).output();
    return text(stdout);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}

/** What a run said of its time after a tenth of its work, and what became of it; seconds. */
export interface TimeLeft {
  readonly share: number;
  readonly said: number;
  readonly was: number;
}

const LINE = /^Whole run: (\d+) % of the work, about ([\d.]+) (s|min) left$/;

/** Runs the main command without a terminal, and notes the first time left that it tells from a tenth of its work on. */
export function timeLeftOf(home: string, args: readonly string[]): Promise<TimeLeft | null> {
  return inFolder(home, async (out) => {
    const command = ["run", "-A", "src/cli/main.ts", "population", ...args, "--out", out];
    const child = new Deno.Command(Deno.execPath(), {
      args: command,
      cwd: home,
      stdout: "null",
      stderr: "piped",
    }).spawn();
    let told: { readonly share: number; readonly said: number; readonly at: number } | null = null;
    for await (const line of linesOf(child.stderr)) {
      const [, share, amount, unit] = LINE.exec(line) ?? [];
      if (told !== null || share === undefined || Number(share) < 10) continue;
      told = {
        share: Number(share) / 100,
        said: Number(amount) * (unit === "min" ? 60 : 1),
        at: performance.now(),
      };
    }
    if (!(await child.status).success) {
      throw new Error(`Cannot measure a run as it failed: ${args.join(" ")}`);
    }
    return told && { share: told.share, said: told.said, was: (performance.now() - told.at) / 1000 };
  });
}

async function* linesOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  let rest = "";
  for await (const part of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + part).split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
}
