/**
 * Kills a run at seeded times, again and again, and resumes it each time: does it end with the bytes of a run that
 * was never killed? Half of the kills are aimed at the moments in which a run is finished: its files written, its
 * checkpoints taken away, its folder renamed.
 *
 *   deno task kill-trials                      50 kills, the result goes to tests/results/kill_trials.json
 *   deno task kill-trials --kills 10 --seed 2
 */
import { parseArgs } from "node:util";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rng } from "../src/core/rng.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const SAME_BYTES = ["result.json", "events.jsonl", "series.parquet", "places.parquet"];

/** Kills of one run before it may end. */
const MOST_KILLS = 5;

/** What is tried. */
export interface KillTrials {
  readonly kills: number;
  readonly seed: number;
  /** Arguments of the command that is killed; its runs go to `data/runs` of a folder of its own. */
  readonly args: readonly string[];
}

/** What came of it. */
export interface KillReport extends KillTrials {
  /** Runs that were killed until they were finished. */
  readonly runs: number;
  /** Kills that hit a run in its last moments. */
  readonly aimedKills: number;
  /** Kills after which there was nothing to resume yet, so that the run was started again. */
  readonly startedAgain: number;
  /** Runs that ended with other bytes, or with something left beside them. */
  readonly different: number;
  /** Starts that ended with an error that is no kill, as they said it. */
  readonly refused: readonly string[];
}

interface Ended {
  readonly code: number;
  readonly killed: boolean;
  readonly stderr: string;
}

/** Kills and resumes until so many kills are done and the last run is finished. */
export async function killTrials({ kills, seed, args }: KillTrials): Promise<KillReport> {
  const random = rng("kill trials", seed);
  const whole = await Deno.makeTempDir({ prefix: "popagent-kill-" });
  const before = performance.now();
  const { code, stderr } = await start(whole, args, null);
  if (code !== 0) throw new Error(`Cannot try kills as the run must end without any: ${stderr}`);
  const duration = performance.now() - before;
  const expected = await bytesOf(whole);

  let done = 0, aimedKills = 0, runs = 0, startedAgain = 0, different = 0;
  const refused: string[] = [];
  while (done < kills) {
    const folder = await Deno.makeTempDir({ prefix: "popagent-kill-" });
    runs++;
    let resume = false, left = 1 + random.int(MOST_KILLS);
    while (true) {
      const aimed = random.uniform() < 0.5;
      const kill = done < kills && left > 0
        ? { aimed, after: random.uniform() * (aimed ? 60 : duration) }
        : null;
      const ended = await start(folder, resume ? [...args, "--resume"] : args, kill);
      if (ended.killed) {
        done++;
        left--;
        if (aimed) aimedKills++;
        resume = true;
        continue;
      }
      if (ended.code === 0) break;
      if (!/There is no unfinished run/.test(ended.stderr)) refused.push(ended.stderr);
      startedAgain++;
      resume = false;
      if (refused.length > 3) break;
    }
    if (await bytesOf(folder) !== expected) different++;
    await Deno.remove(folder, { recursive: true });
  }
  await Deno.remove(whole, { recursive: true });
  return { kills: done, seed, args, runs, aimedKills, startedAgain, different, refused };
}

/** Runs the command, and kills it: so many ms after its start or, if `aimed`, after its last files begin to appear. */
async function start(
  cwd: string,
  args: readonly string[],
  kill: { readonly aimed: boolean; readonly after: number } | null,
): Promise<Ended> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", join(ROOT, "src/cli/main.ts"), ...args],
    cwd,
    stdout: "null",
    stderr: "piped",
    env: { NO_COLOR: "1" },
  }).spawn();
  let ended = false;
  const output = child.output().finally(() => ended = true);
  if (kill) {
    const begun = performance.now();
    while (!ended && kill.aimed && !isFinishing(join(cwd, "data", "runs", ".unfinished"))) await pause(2);
    const due = kill.aimed ? performance.now() + kill.after : begun + kill.after;
    while (!ended && performance.now() < due) await pause(1);
    if (!ended) child.kill("SIGKILL");
  }
  const { code, signal, stderr } = await output;
  return { code, killed: signal === "SIGKILL", stderr: new TextDecoder().decode(stderr) };
}

/** True once an unfinished run begins to write what it leaves. */
function isFinishing(folder: string): boolean {
  try {
    return [...Deno.readDirSync(folder)].some(({ name }) => {
      try {
        Deno.statSync(join(folder, name, "report.html"));
        return true;
      } catch {
        return false; // not yet
      }
    });
  } catch {
    return false; // there is no such folder yet, or no more
  }
}

/** All that must be the same, and what else lies in the folder of runs, as one text. */
async function bytesOf(folder: string): Promise<string> {
  const runs = join(folder, "data", "runs");
  const names = [...Deno.readDirSync(runs)].map(({ name }) => name).sort();
  const files = names.flatMap((name) => SAME_BYTES.map((file) => join(runs, name, file)));
  const bytes = await Promise.all(
    files.map((file) => Deno.readFile(file).then((all) => all.toHex(), String)),
  );
  return JSON.stringify([names, bytes]);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

if (import.meta.main) {
  const { values } = parseArgs({
    args: [...Deno.args],
    options: {
      kills: { type: "string", default: "50" },
      seed: { type: "string", default: "1" },
      out: { type: "string", default: "tests/results/kill_trials.json" },
    },
  });
  const args = ["population", "--config", join(ROOT, "configs/smoke.yaml")];
  const report = await killTrials({ kills: Number(values.kills), seed: Number(values.seed), args });
  const stored = { ...report, args: ["population", "--config", "configs/smoke.yaml"] };
  await Deno.writeTextFile(join(ROOT, values.out), `${JSON.stringify(stored, null, 2)}\n`);
  console.log(stored);
  if (report.different > 0 || report.refused.length > 0) Deno.exit(1);
}
