/** Whole runs of the main job as a user starts them: what they cost, the memory they take, the time they say is left. */

import { join } from "node:path";

/** What a run cost and said. */
export interface WholeRun {
  /** User and system time of the process with its workers, s. */
  readonly cpu: number;
  /** s. */
  readonly wall: number;
  /** Largest resident memory of all its processes, MB; null where the system does not tell. */
  readonly peak: number | null;
  /** What it said of its time after a tenth of its work, and what became of it; null if it was over before. */
  readonly left: TimeLeft | null;
}

/** Seconds. */
export interface TimeLeft {
  readonly share: number;
  readonly said: number;
  readonly was: number;
}

/** How often memory is looked up, ms. */
const LOOK_EVERY = 500;

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** Runs `deno task population` in the version that stands in `home`, in a folder of its own where that may write. */
export async function wholeRun(home: string, args: readonly string[]): Promise<WholeRun> {
  const out = await Deno.makeTempDir({ dir: join(home, "data"), prefix: "bench-" });
  try {
    return await measured(home, ["task", "population", ...args, "--out", out]);
  } finally {
    await Deno.remove(out, { recursive: true });
  }
}

async function measured(home: string, words: readonly string[]): Promise<WholeRun> {
  const began = performance.now();
  const child = new Deno.Command("sh", {
    args: ["-c", '"$0" "$@" >/dev/null; code=$?; times; exit $code', Deno.execPath(), ...words],
    cwd: home,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const told = firstTimeLeft(child.stderr), times = new Response(child.stdout).text();
  let peak = 0, running = true;
  const ended = child.status.finally(() => running = false);
  while (running) {
    peak = Math.max(peak, ...await peaksOfTree(child.pid));
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, LOOK_EVERY))]);
  }
  const { success } = await ended, end = performance.now();
  const { said, tail } = await told;
  if (!success) throw new Error(`Cannot measure a run as it failed in ${home}: ${tail}`);
  return {
    cpu: childSeconds(await times),
    wall: (end - began) / 1000,
    peak: peak === 0 ? null : peak / 1024,
    left: said && { share: said.share, said: said.seconds, was: (end - said.at) / 1000 },
  };
}

/** CPU seconds of a shell's children, from what `times` prints: the shell's own, then theirs as "1m2.3s 0m0.4s". */
function childSeconds(times: string): number {
  const children = times.trim().split("\n")[1]!;
  return [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, m, s]) => sum + 60 * Number(m) + Number(s),
    0,
  );
}

const LINE = /^Whole run: (\d+) % of the work, about ([\d.]+) (s|min|h) left$/;
const SECONDS: Readonly<Record<string, number>> = { s: 1, min: 60, h: 3600 };
/** Signs of the last output that are shown where a run fails. */
const TAIL = 2000;

/** The first time left that a run tells from a tenth of its work on, and its last words. */
async function firstTimeLeft(stream: ReadableStream<Uint8Array<ArrayBuffer>>) {
  let said: { readonly share: number; readonly seconds: number; readonly at: number } | null = null;
  let tail = "";
  for await (const line of linesOf(stream)) {
    tail = `${tail}${line}\n`.slice(-TAIL);
    const [, share, amount, unit] = LINE.exec(line) ?? [];
    if (said !== null || share === undefined || Number(share) < 10) continue;
    said = { share: Number(share) / 100, seconds: Number(amount) * SECONDS[unit!]!, at: performance.now() };
  }
  return { said, tail };
}

/** Largest resident size in kB so far of a process and of each of its descendants. None where the system does not tell. */
async function peaksOfTree(root: number): Promise<number[]> {
  const rows = (await processTable()).trim().split("\n").map((line) => line.trim().split(/\s+/).map(Number));
  const below = new Set([root]);
  for (let known = 0; known !== below.size;) {
    known = below.size;
    for (const [pid, parent] of rows) if (below.has(parent!)) below.add(pid!);
  }
  return await Promise.all(
    rows.filter(([pid]) => below.has(pid!)).map(async ([pid, , size]) => await highWater(pid!) ?? size!),
  );
}

/** What Linux notes as the most that a process has had resident, kB; null elsewhere, or where it is gone. */
async function highWater(pid: number): Promise<number | null> {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(await Deno.readTextFile(`/proc/${pid}/status`))?.[1] ?? NaN) || null;
  } catch {
    return null; // another system, or the process ended between two looks: its size at the last one stands
  }
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

async function* linesOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  let rest = "";
  for await (const part of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + part).split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
  if (rest !== "") yield rest;
}
