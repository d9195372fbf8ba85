/**
 * Does a grid leave the same bytes whatever runs it, and does it last a night?
 *
 *   deno task grid-trials                    both of what follows
 *   deno task grid-trials --only same        the smoke grid with 1, 2, 4 and 8 workers, in 3 shards, after five kills
 *   deno task grid-trials --only night       300 cells of population runs with a kill every so often
 *   deno task grid-trials --only night --cells 600 --every 120
 *
 * Results go to tests/results/grid_same.json and grid_night.json; the exit code is 1 if anything differs.
 */
import { parseArgs } from "node:util";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gridHash, gridNamed, type PlacedCell, placedCells } from "../src/adapters/ledger/grid_table.ts";
import { openLedger, openLedgerToRead } from "../src/adapters/ledger/ledger_file.ts";
import { type Session, sessionsOf } from "../src/adapters/ledger/session_table.ts";
import { storePlaces } from "../src/adapters/ledger/store_folder.ts";
import { rng } from "../src/core/rng.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const SMOKE = join(ROOT, "configs/experiments/smoke.yaml");

/** What a store holds of its newest grid. */
export interface Held {
  readonly hash: string | null;
  readonly cells: readonly PlacedCell[];
  readonly sessions: readonly Session[];
  /** How the starts of each cell ended, by its hash. */
  readonly ends: ReadonlyMap<string, readonly string[]>;
}

/** Reads a store that no process is at. */
export function held(store: string, name: string): Held {
  using db = openLedger(storePlaces(store).ledger, "process");
  const { id } = gridNamed(db, name);
  const cells = placedCells(db, id);
  const ends = db.prepare("SELECT ended FROM attempts WHERE cell = ? ORDER BY number");
  return {
    hash: gridHash(cells),
    cells,
    sessions: sessionsOf(db, id),
    ends: new Map(cells.map(({ key }) => [key, ends.all(key).map(({ ended }) => String(ended))])),
  };
}

/** How many cells are done in a store, while it is being worked on too. */
function doneIn(store: string): number {
  using db = openLedgerToRead(storePlaces(store).ledger) ?? undefined;
  return Number(db?.prepare("SELECT count(*) AS n FROM cells WHERE state = 'done'").get()?.n ?? 0);
}

function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
}

/** How a command ended. */
interface Ended {
  readonly code: number;
  readonly killed: boolean;
  readonly stderr: string;
}

/** When to kill: so many seconds after the start, or after the first moment in which `from` holds. */
interface Kill {
  readonly after: number;
  readonly from?: () => boolean;
}

/** Runs `popagent experiment ...`, and kills it if asked to. */
export async function experiment(args: readonly string[], kill: Kill | null = null): Promise<Ended> {
  const flags = "--max-semi-space-size=8";
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", `--v8-flags=${flags}`, join(ROOT, "src/cli/main.ts"), "experiment", ...args],
    stdout: "null",
    stderr: "piped",
    env: { NO_COLOR: "1", MALLOC_ARENA_MAX: "1" }, // as the tasks have it
  }).spawn();
  let ended = false;
  const output = child.output().finally(() => ended = true);
  if (kill) {
    while (!ended && kill.from && !kill.from()) await pause(0.2);
    const due = performance.now() + 1000 * kill.after;
    while (!ended && performance.now() < due) await pause(0.01);
    if (!ended) child.kill("SIGKILL");
  }
  const { code, signal, stderr } = await output;
  return { code, killed: signal === "SIGKILL", stderr: new TextDecoder().decode(stderr) };
}

/** As `experiment`, where it must end well. */
async function mustRun(...args: readonly string[]): Promise<Ended> {
  const ended = await experiment(args);
  if (ended.code !== 0) {
    throw new Error(`Cannot try grids as this must run: ${args.join(" ")}: ${ended.stderr}`);
  }
  return ended;
}

/** The smoke grid under 1, 2, 4 and 8 workers, in three shards, and after kills at seeded times. */
async function sameBytes(folder: string, kills: number, seed: number) {
  const hashes: Record<string, string | null> = {};
  let seconds = 0;
  for (const workers of [1, 2, 4, 8]) {
    const store = join(folder, `w${workers}`);
    const begun = performance.now();
    await mustRun("run", SMOKE, "--workers", `${workers}`, "--store", store);
    if (workers === 2) seconds = (performance.now() - begun) / 1000;
    hashes[`${workers} workers`] = held(store, "smoke").hash;
  }
  const shards = [0, 1, 2].map((index) => join(folder, `shard${index}`));
  for (const [index, store] of shards.entries()) {
    await mustRun("shard", SMOKE, "--index", `${index}`, "--count", "3", "--store", store);
  }
  await mustRun("merge", ...shards, "--store", join(folder, "merged"));
  hashes["3 shards merged"] = held(join(folder, "merged"), "smoke").hash;

  const store = join(folder, "killed");
  const random = rng("grid kills", seed);
  let done = 0;
  for (let tries = 0; done < kills && tries < 3 * kills; tries++) {
    const after = 2 + random.uniform() * seconds / kills;
    const { killed } = await experiment(["run", SMOKE, "--store", store], { after });
    if (killed) done++;
  }
  await mustRun("run", SMOKE, "--store", store);
  const after = held(store, "smoke");
  hashes[`after ${done} kills`] = after.hash;
  return {
    grid: "smoke",
    cells: after.cells.length,
    seed,
    kills: done,
    hashes,
    same: new Set(Object.values(hashes)).size === 1 && after.hash !== null,
    startsBeyondKills: startsBeyondKills(after),
  };
}

/** Starts that neither gave a result nor were struck by a kill: 0 where no cell was ever started for nothing. */
function startsBeyondKills({ ends }: Held): number {
  const useless = [...ends.values()].map((all) => all.filter((how) => how !== "killed").length - 1);
  return useless.reduce((sum, more) => sum + Math.abs(more), 0);
}

/** A grid of so many cells: four arms on two worlds, three seeds a market. */
function nightGrid(cells: number): string {
  const seeds = 3, arms = 4, worlds = 2;
  const markets = Math.ceil(cells / (seeds * arms * worlds));
  const world = (mode: string) => `{ settings: { market: { mode: "${mode}" } }, marketSeeds: 1-${markets} }`;
  return `question: Does a grid last a night?
settings:
  data.source: synthetic
  market.rows: 1000
  population: { size: 3, transferEvery: 2, committeeShare: 0.11 }
  iterations: 5
markets: { regimes: ${world("default")}, nothing: ${world("null")} }
seeds: 1-${seeds}
arms: { noTransfer: { population.transfer: none }, noMutation: { population.mutation: off } }
sweep: { population.transferTau: [0.3] }
`;
}

/**
 * A night's worth of cells, killed every so many seconds (from the first cell that is done) until half of them are
 * done; the rest runs on undisturbed.
 */
async function night(folder: string, cells: number, every: number) {
  const file = join(folder, "night.yaml"), store = join(folder, "data");
  await Deno.writeTextFile(file, nightGrid(cells));
  const begun = performance.now();
  const args = ["run", file, "--store", store];
  let kills = 0, last: Ended;
  for (;;) {
    const before = kills === 0 ? 0 : doneIn(store);
    const from = () => doneIn(store) > before;
    last = await experiment(args, 2 * before >= cells ? null : { after: every, from });
    if (!last.killed) break;
    kills++;
  }
  if (last.code !== 0) throw new Error(last.stderr);
  const after = held(store, "night");
  const total = (of: (session: Session) => number) => after.sessions.reduce((sum, one) => sum + of(one), 0);
  const cpuSeconds = after.cells.reduce((sum, { cpuSeconds }) => sum + (cpuSeconds ?? 0), 0);
  return {
    cells: after.cells.length,
    kills,
    everySeconds: every,
    wallSeconds: Math.round((performance.now() - begun) / 1000),
    cellCpuSeconds: Math.round(cpuSeconds),
    complete: after.hash !== null,
    failed: after.cells.filter(({ state }) => state === "failed").length,
    startsBeyondKills: startsBeyondKills(after),
    /** The ledger's CPU time over that of the cells, and its time over that of the sessions (it waits for a core too). */
    ledgerShare: {
      cpu: share(total((one) => one.ledgerCpuSeconds), cpuSeconds),
      time: share(total((one) => one.ledgerSeconds), total((one) => one.elapsedSeconds)),
    },
    /** A session that ran long takes no more than one that was killed early. */
    peakMegabytesBySession: after.sessions.map(({ peakBytes }) => Math.round(peakBytes / 2 ** 20)),
  };
}

function share(part: number, whole: number): number {
  return Number((part / whole).toFixed(4));
}

if (import.meta.main) {
  const { values } = parseArgs({
    args: [...Deno.args],
    options: {
      only: { type: "string", default: "both" },
      kills: { type: "string", default: "5" },
      seed: { type: "string", default: "1" },
      cells: { type: "string", default: "300" },
      every: { type: "string", default: "45" },
    },
  });
  const trials = {
    same: (folder: string) => sameBytes(folder, Number(values.kills), Number(values.seed)),
    night: (folder: string) => night(folder, Number(values.cells), Number(values.every)),
  };
  for (const name of ["same", "night"] as const) {
    if (values.only !== "both" && values.only !== name) continue;
    const folder = await Deno.makeTempDir({ prefix: "popagent-grid-" });
    const report = await trials[name](folder);
    await Deno.remove(folder, { recursive: true });
    const out = join(ROOT, "tests/results", `grid_${name}.json`);
    await Deno.writeTextFile(out, `${JSON.stringify(report, null, 2)}\n`);
    console.log(report);
    const fine = "same" in report ? report.same : report.complete && report.failed === 0;
    if (!fine || report.startsBeyondKills > 0) Deno.exit(1);
  }
}
