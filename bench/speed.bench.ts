/**
 * CPU of whole runs as ratios: this version, and beside it version 0.1.0 where its folder is named (a checkout of
 * commit a420aea with `deno install` run in it). Runs take turns, so that what else the machine does falls on all
 * alike; CPU is user and system time of the process with its workers.
 *
 * deno run -A bench/speed.bench.ts [--base=FOLDER] [--rounds=1] [--rows=4380] [--only=population,main,years,size,workers]
 */
import { fileURLToPath } from "node:url";

const option = (name: string, usual: string) =>
  Deno.args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? usual;
const HERE = fileURLToPath(new URL("..", import.meta.url));
const BASE = option("base", "");
const ROUNDS = Number(option("rounds", "1")), ROWS = Number(option("rows", "4380"));
const ONLY = option("only", "population,main,years,size,workers").split(",");

interface Cost {
  readonly cpu: number;
  readonly wall: number;
}

/** Seconds of one run of the main command in the version that stands in `folder`. */
async function cost(folder: string, args: readonly string[]): Promise<Cost> {
  const out = await Deno.makeTempDir();
  const words = [
    "run",
    "-A",
    "src/cli/main.ts",
    "population",
    "--synthetic",
    "planted",
    "--ic",
    ".1",
    ...args,
  ];
  const began = performance.now();
  try {
    const { success, stdout, stderr } = await new Deno.Command("sh", {
      args: [
        "-c",
        '"$0" "$@" >/dev/null 2>&1; code=$?; times; exit $code',
        Deno.execPath(),
        ...words,
        "--out",
        out,
      ],
      cwd: folder,
    }).output();
    if (!success) {
      throw new Error(`Cannot time a run as it failed in ${folder}: ${new TextDecoder().decode(stderr)}`);
    }
    const children = new TextDecoder().decode(stdout).trim().split("\n")[1]!; // "1m2.3s 0m0.4s"
    const cpu = [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
      (sum, [, m, s]) => sum + 60 * Number(m) + Number(s),
      0,
    );
    return { cpu, wall: (performance.now() - began) / 1000 };
  } finally {
    await Deno.remove(out, { recursive: true });
  }
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!;
const rows = (count: number) => ["--set", `market.rows=${count}`];
const ALONE = ["--no-references", "--workers", "1"];

/** Runs two kinds of runs in turn and prints the ratio of their CPU (or wall) time. */
async function ratio(
  what: string,
  first: readonly [string, readonly string[]],
  second: readonly [string, readonly string[]],
  kind: keyof Cost = "cpu",
): Promise<void> {
  const a: number[] = [], b: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    a.push((await cost(...first))[kind]);
    b.push((await cost(...second))[kind]);
  }
  const each = a.map((value, i) => value / b[i]!);
  console.log(
    `${what}: ${median(each).toFixed(2)} (median of ${ROUNDS}; ${median(a).toFixed(1)} and ${
      median(b).toFixed(1)
    } s ${kind})`,
  );
}

if (BASE === "") console.log("No --base=FOLDER of version 0.1.0: ratios against it are left out.");
if (BASE !== "" && ONLY.includes("population")) {
  await ratio("population alone, 0.1.0 over now", [BASE, [...ALONE, ...rows(ROWS)]], [HERE, [
    ...ALONE,
    ...rows(ROWS),
  ]]);
}
if (BASE !== "" && ONLY.includes("main")) {
  await ratio("main job, 0.1.0 over now", [BASE, rows(ROWS)], [HERE, rows(ROWS)]);
}
if (ONLY.includes("years")) {
  await ratio("population, four years over two", [HERE, [...ALONE, ...rows(2 * ROWS)]], [HERE, [
    ...ALONE,
    ...rows(ROWS),
  ]]);
}
if (ONLY.includes("size")) {
  const of = (size: string) => [...ALONE, ...rows(ROWS), "--pop-size", size];
  await ratio("population, nine agents a role over five", [HERE, of("9")], [HERE, of("5")]);
}
if (ONLY.includes("workers")) {
  const by = (workers: string) => [...rows(ROWS), "--workers", workers];
  await ratio("main job, one worker over two", [HERE, by("1")], [HERE, by("2")], "wall");
}
