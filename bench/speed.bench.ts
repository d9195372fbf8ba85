/**
 * Every figure of the table in docs/BENCHMARKS.md, in one table. Whole runs are those of `deno task population`, and
 * each tells CPU, wall, memory and its time left at once; where a version 0.1.0 is named by its folder (a checkout of
 * commit a420aea with `deno install` run in it) it takes turns with this one. Kernels are the other benchmarks.
 *
 * deno task bench speed [--base=FOLDER] [--rounds=3] [--rows=4380] [--iterations=N] [--only=PART,...] [--keep=FILE]
 *
 * Parts: kernels (four figures over C and polars), workers (main job, one worker and two in turn: its CPU, memory and
 * time left too), main, population (0.1.0 over now), years (main job, twice the rows), size (nine agents a role).
 * What was measured is kept in FILE, data/bench/speed.json: parts that are run one by one fill one table.
 * Does every part run? --rows=1000 --iterations=3 --rounds=1: minutes, and no figure.
 */
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { type FigureName, figureTable, type Measured } from "./figures.ts";
import { type WholeRun, wholeRun } from "./whole_run.ts";

const option = (name: string, usual: string) =>
  Deno.args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? usual;
const HERE = fileURLToPath(new URL("..", import.meta.url));
const BASE = option("base", ""),
  ITERATIONS = option("iterations", ""),
  KEEP = option(
    "keep",
    "data/bench/speed.json",
  );
const ROUNDS = Number(option("rounds", "3")), ROWS = Number(option("rows", "4380"));

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!;
const market = (rows = ROWS) => [
  ...["--synthetic", "planted", "--ic", ".1", "--set", `market.rows=${rows}`],
  ...(ITERATIONS === "" ? [] : ["--iterations", ITERATIONS]),
];
const ALONE = [...market(), "--no-references", "--workers", "1"], NINE = ["--pop-size", "9"];

const measured: Partial<Record<FigureName, Measured>> = await kept();

async function kept(): Promise<Partial<Record<FigureName, Measured>>> {
  try {
    return JSON.parse(await Deno.readTextFile(KEEP));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return {};
    throw error;
  }
}

async function note(name: FigureName, value: number, of: string): Promise<void> {
  measured[name] = { value, note: of };
  console.log(`${name}: ${value.toFixed(2)} (${of})`);
  await Deno.mkdir(dirname(KEEP), { recursive: true });
  await Deno.writeTextFile(KEEP, JSON.stringify(measured, null, 2));
}

/** Runs that are asked for by several figures, each run once. */
const runs = new Map<string, Promise<WholeRun>>();
function once(args: readonly string[]): Promise<WholeRun> {
  const key = args.join(" "), known = runs.get(key) ?? wholeRun(HERE, args);
  runs.set(key, known);
  return known;
}

const noteMemory = (name: FigureName, peak: number | null) =>
  peak === null ? console.log("There is no ps here, peak memory is left out.") : note(name, peak / 1000, "");
const ratio = (name: FigureName, a: number, b: number, unit: string) =>
  note(name, a / b, `${a.toFixed(1)} over ${b.toFixed(1)} s ${unit}`);

/** The main job by one worker and by two, in turn; the runs by two tell of CPU, memory and time left as well. */
async function workers(): Promise<void> {
  const one: WholeRun[] = [], two: WholeRun[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    one.push(await wholeRun(HERE, [...market(), "--workers", "1"]));
    two.push(await wholeRun(HERE, market()));
  }
  runs.set(market().join(" "), Promise.resolve(two[0]!));
  const gains = one.map(({ wall }, i) => wall / two[i]!.wall);
  await note(
    "workers",
    median(gains),
    `median of ${gains.map((gain) => gain.toFixed(2)).join(", ")}`,
  );
  await noteMemory("memory", median(two.map(({ peak }) => peak ?? NaN)) || null);
  const told = two.flatMap(({ left }) => left ? [left] : []);
  if (told.length === 0) return console.log("No run told its time left before it ended: take more rows.");
  const off = told.map(({ said, was }) => 100 * Math.abs(said - was) / was);
  const each = told.map(({ share, said, was }) =>
    `at ${(100 * share).toFixed(0)} % said ${said.toFixed(0)} s, was ${was.toFixed(0)}`
  );
  await note("left", median(off), each.join("; "));
}

/** A figure of another benchmark: the number that stands in its output where the pattern says. */
async function kernel(bench: string, figures: Readonly<Partial<Record<FigureName, RegExp>>>): Promise<void> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", `bench/${bench}.bench.ts`],
    cwd: HERE,
  }).output();
  const text = new TextDecoder().decode(stdout);
  if (!success) throw new Error(`Cannot take figures of ${bench} as it failed: ${decode(stderr)}`);
  for (const [name, pattern] of Object.entries(figures) as [FigureName, RegExp][]) {
    const [, value] = pattern.exec(text) ?? [];
    if (value === undefined) console.log(`${name} is left out, as ${bench} does not say it here`);
    else await note(name, Number(value), "");
  }
}
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

const parts: Readonly<Record<string, () => Promise<void>>> = {
  kernels: async () => {
    await kernel("event_loop", { eventLoop: /final equities agree; ratio ([\d.]+)x/ });
    await kernel("indicators", { indicators: /C: [\d.]+; ratio ([\d.]+)x, reach/ });
    await kernel("sweep", { sweep: /ratio ([\d.]+), reach 3/ });
    await kernel("load_bars", { cold: /cold: .*?ratio ([\d.]+);/, kept: /kept: .*?ratio ([\d.]+);/ });
  },
  workers,
  main: async () => ratio("main", (await wholeRun(BASE, market())).cpu, (await once(market())).cpu, "CPU"),
  population: async () =>
    ratio("population", (await wholeRun(BASE, ALONE)).cpu, (await once(ALONE)).cpu, "CPU"),
  years: async () => {
    const twice = await once(market(2 * ROWS));
    await ratio("years", twice.cpu, (await once(market())).cpu, "CPU");
    await noteMemory("memoryYears", twice.peak);
  },
  size: async () => {
    const nine = await once([...market(), ...NINE]);
    await ratio("size", nine.cpu, (await once(market())).cpu, "CPU");
    await noteMemory("memorySize", nine.peak);
  },
};

const only = option("only", Object.keys(parts).join(",")).split(",");
const unknown = only.filter((part) => !(part in parts));
if (unknown.length > 0) {
  throw new RangeError(`Cannot run ${unknown.join(", ")} as parts are ${Object.keys(parts).join(", ")}`);
}
if (BASE === "") console.log("No --base=FOLDER of version 0.1.0: ratios against it are left out.");
for (const part of only) if (BASE !== "" || (part !== "population" && part !== "main")) await parts[part]!();
console.log(`\n${figureTable(measured)}`);
