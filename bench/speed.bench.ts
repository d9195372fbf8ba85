/**
 * Whole runs as ratios: this version, and beside it version 0.1.0 where its folder is named (a checkout of commit
 * a420aea with `deno install` run in it). Runs take turns, so that what else the machine does falls on all alike; CPU
 * is user and system time of the process with its workers. Medians are of the rounds.
 *
 * deno task bench speed [--base=FOLDER] [--rounds=1] [--rows=4380] [--iterations=N] [--only=PART,...]
 *
 * population, main: CPU, 0.1.0 over now. years: CPU of twice the rows over the rows. size: CPU per iteration, nine
 * agents a role over five. workers: wall, one worker over two. memory: peaks of the main job, of twice the rows, of nine
 * agents a role. left: the time left that a run tells after a tenth of its work (five rounds make the figure).
 * Tiny: --rows=1000 --iterations=3.
 */
import { fileURLToPath } from "node:url";
import { type Cost, costOf, peakOf, timeLeftOf } from "./whole_run.ts";

const option = (name: string, usual: string) =>
  Deno.args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? usual;
const HERE = fileURLToPath(new URL("..", import.meta.url));
const BASE = option("base", ""), ITERATIONS = option("iterations", "");
const ROUNDS = Number(option("rounds", "1")), ROWS = Number(option("rows", "4380"));

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!;
const market = (rows = ROWS) => [
  ...["--synthetic", "planted", "--ic", ".1", "--set", `market.rows=${rows}`],
  ...(ITERATIONS === "" ? [] : ["--iterations", ITERATIONS]),
];
const ALONE = ["--no-references", "--workers", "1"], NINE = ["--pop-size", "9"];

/** Runs two kinds of runs in turn and prints the ratio of their CPU (or wall) time. */
async function ratio(
  what: string,
  first: readonly [string, readonly string[]],
  second: readonly [string, readonly string[]],
  kind: keyof Cost = "cpu",
): Promise<void> {
  const a: number[] = [], b: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    a.push((await costOf(...first))[kind]);
    b.push((await costOf(...second))[kind]);
  }
  const each = a.map((value, i) => value / b[i]!);
  console.log(
    `${what}: ${median(each).toFixed(2)} (median of ${ROUNDS}; ${median(a).toFixed(1)} and ${
      median(b).toFixed(1)
    } s ${kind})`,
  );
}

/** Runs each kind in turn and prints the median of its peaks. */
async function peaks(kinds: Readonly<Record<string, readonly string[]>>): Promise<void> {
  const found = new Map<string, number[]>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const [what, args] of Object.entries(kinds)) {
      const peak = await peakOf(HERE, args);
      if (peak === null) return console.log("There is no ps here, peak memory is left out.");
      found.set(what, [...found.get(what) ?? [], peak]);
    }
  }
  for (const [what, values] of found) {
    console.log(`peak memory of ${what}: ${(median(values) / 1000).toFixed(2)} GB`);
  }
}

/** How far the time left after a tenth of the work is off: each round, and the median. */
async function timeLeft(args: readonly string[]): Promise<void> {
  const off: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const told = await timeLeftOf(HERE, args);
    if (told === null) return console.log("The run was over before it told its time left: take more rows.");
    const { share, said, was } = told;
    off.push(Math.abs(said - was) / was);
    console.log(
      `after ${(100 * share).toFixed(0)} % of the work ${said.toFixed(0)} s were left by the run, ${
        was.toFixed(0)
      } s ` +
        `by the clock: off by ${(100 * off.at(-1)!).toFixed(0)} %`,
    );
  }
  console.log(
    `time left after a tenth of the work: off by ${(100 * median(off)).toFixed(0)} % (median of ${ROUNDS})`,
  );
}

const again: readonly string[] = [...ALONE, ...market()];
const parts: Readonly<Record<string, () => Promise<void>>> = {
  population: () => ratio("population alone, 0.1.0 over now", [BASE, again], [HERE, again]),
  main: () => ratio("main job, 0.1.0 over now", [BASE, market()], [HERE, market()]),
  years: () => ratio("population, twice the rows", [HERE, [...ALONE, ...market(2 * ROWS)]], [HERE, again]),
  size: () => ratio("population, nine agents a role over five", [HERE, [...again, ...NINE]], [HERE, again]),
  workers: () => {
    const by = (workers: string) => [...market(), "--workers", workers];
    return ratio("main job, one worker over two", [HERE, by("1")], [HERE, by("2")], "wall");
  },
  memory: () =>
    peaks({
      "the main job": market(),
      "twice the rows": market(2 * ROWS),
      "nine agents a role": [...market(), ...NINE],
    }),
  left: () => timeLeft(market()),
};

const only = option("only", Object.keys(parts).join(",")).split(",");
const unknown = only.filter((part) => !(part in parts));
if (unknown.length > 0) {
  throw new RangeError(`Cannot run ${unknown.join(", ")} as parts are ${Object.keys(parts).join(", ")}`);
}
if (BASE === "") console.log("No --base=FOLDER of version 0.1.0: ratios against it are left out.");
for (const part of only) if (BASE !== "" || (part !== "population" && part !== "main")) await parts[part]!();
