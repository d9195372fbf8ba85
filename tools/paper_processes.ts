/** Real processes of `popagent paper`, killed with -9 again and again, and on a disk that is full: the same books in the end? */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openJournal } from "../src/adapters/exchange/journal_file.ts";
import { hashJson } from "../src/core/hash.ts";
import { rng } from "../src/core/rng.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
/** A small population on two coins, its window 18 rows: seconds to a bar's decision. */
export const ARGS = [
  "paper",
  "--symbols",
  "BTC",
  "ETH",
  "--rows",
  "200",
  "--history",
  "420",
  "--name",
  "trial",
  "--out",
  "sessions",
  "--synthetic",
  "planted",
  "--set",
  "market.rows=1000",
  "--set",
  "population.size=3",
  "--set",
  "clock.firstDecision=419",
  "--set",
  "clock.stepRows=18",
  "--set",
  "population.mirror.rules=[]",
  "--until",
  "2022-01-18 12:00",
];

/** What came of it. */
export interface ProcessReport {
  /** Processes that were killed, and those that met a full disk. */
  readonly kills: number;
  readonly fullDisks: number;
  /** Processes that met a full disk and did not say so. */
  readonly unsaid: number;
  /** Sessions that were driven to their end. */
  readonly sessions: number;
  /** Sessions that ended with other fills, bars, lessons or orders than one that nothing happened to. */
  readonly different: number;
}

/** Kills and full disks in turn, until so many have happened and their sessions are at their end. */
export async function processTrials(many: number, seed: number): Promise<ProcessReport> {
  const random = rng("paper processes", seed);
  const whole = await Deno.makeTempDir({ prefix: "popagent-paper-" });
  const before = performance.now();
  const ended = await start(whole, null, null);
  if (ended.code !== 0) {
    throw new Error(`Cannot try sessions as one must end without any fault: ${ended.stderr}`);
  }
  const duration = performance.now() - before, expected = await bytesOf(whole);
  let kills = 0, fullDisks = 0, unsaid = 0, sessions = 0, different = 0;
  while (kills + fullDisks < many) {
    const folder = await Deno.makeTempDir({ prefix: "popagent-paper-" });
    sessions++;
    let left = Math.min(5, many - kills - fullDisks);
    for (;;) {
      const full = left > 0 && (kills + fullDisks) % 4 === 3;
      const one = full
        ? await start(folder, null, 8 + random.int(200))
        : await start(folder, left > 0 ? duration * (0.2 + 0.8 * random.uniform()) : null, null);
      if (one.killed) kills++;
      else if (full && one.code !== 0) {
        fullDisks++;
        if (!/Cannot (write|open)|disk is full|No space|File too large/i.test(one.stderr)) unsaid++;
      } else if (one.code === 0 && left <= 0) break;
      else if (one.code !== 0) throw new Error(`A session could not go on: ${one.stderr}`);
      left--;
      if (one.code === 0) break; // it was faster than the fault that was meant for it
    }
    if (await bytesOf(folder) !== expected) different++;
    await Deno.remove(folder, { recursive: true });
  }
  await Deno.remove(whole, { recursive: true });
  return { kills, fullDisks, unsaid, sessions, different };
}

/** Runs the session. @param killAfter ms. @param blocks Blocks of 1 KiB beyond which no file may grow. */
async function start(folder: string, killAfter: number | null, blocks: number | null) {
  const deno = [
    Deno.execPath(),
    "run",
    "-A",
    "--no-check",
    `--config=${join(ROOT, "deno.json")}`,
    join(ROOT, "src/cli/main.ts"),
    ...ARGS,
  ];
  const quoted = deno.map((word) => `'${word}'`).join(" ");
  // a limit on the size of files stands for a disk without room: SQLite meets it in the middle of a write
  const command = new Deno.Command("bash", {
    args: ["-c", `${blocks === null ? "" : `ulimit -f ${blocks}; trap '' XFSZ; `}exec ${quoted}`],
    cwd: folder,
    env: { NO_COLOR: "1" },
    stdout: "piped",
    stderr: "piped",
  });
  const child = command.spawn();
  let killed = false;
  const timer = killAfter === null ? undefined : setTimeout(() => {
    try {
      child.kill("SIGKILL");
      killed = true;
    } catch {
      killed = false; // it had ended
    }
  }, killAfter);
  const { code, stderr } = await child.output();
  clearTimeout(timer);
  return { code, killed: killed && code !== 0, stderr: new TextDecoder().decode(stderr) };
}

/** What must be the same: all events but the ways of orders and the lives of processes, and where the session stands. */
async function bytesOf(folder: string): Promise<string> {
  await Promise.resolve();
  using journal = openJournal(join(folder, "sessions/trial/journal.sqlite"), "process");
  const events = journal.events().filter(({ type }) => type !== "order" && type !== "session");
  return hashJson([events, journal.point()]);
}
