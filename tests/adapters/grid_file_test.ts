import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gridIn, readGridFile } from "popagent/adapters/config/grid_file.ts";
import { settingsIn } from "popagent/adapters/config/settings_file.ts";
import { cellsOf, type Grid } from "popagent/experiments/grid/grid.ts";
import { tree } from "../cli/cli.ts";

const CONFIGS = fileURLToPath(new URL("../../configs/experiments", import.meta.url));

function grid(text: string): Grid {
  return gridIn(settingsIn(text, "g.yaml"), "g.yaml");
}

const HEAD = "question: why\n";
const MARKET =
  "markets: { weak: { settings: { data.source: synthetic, market: { mode: planted, ic: 0.06 } }, marketSeeds: 1-20 } }\n";

for (const file of (await tree(CONFIGS)).filter((path) => path.endsWith(".yaml"))) {
  Deno.test(`configs/experiments/${file} says what it asks and how it is run, and has cells`, async () => {
    const path = join(CONFIGS, file);
    assert.match(await Deno.readTextFile(path), /^# .*docs\/\w+\.md\n#\s+deno task /);
    const read = await readGridFile(path);
    assert.match(read.question, /\?$/);
    assert.ok(cellsOf(read).length >= 4);
    const source = file.endsWith("_real.yaml") ? "bybit" : "synthetic";
    for (const { config } of cellsOf(read)) assert.equal(config.data.source, source);
  });
}

Deno.test("a grid of markets alone has the arm full and the defaults", () => {
  const { name, markets, beside, keep } = grid(HEAD + MARKET);
  assert.deepEqual([name, beside, keep], ["g", [], ["series"]]);
  assert.equal(markets.length, 1);
  const [{ name: market, marketSeeds, seeds, arms }] = markets as [Grid["markets"][number]];
  assert.deepEqual([market, marketSeeds!.length, seeds], ["weak", 20, [1]]);
  assert.deepEqual(arms.map((arm) => arm.name), ["full"]);
  assert.equal(arms[0]!.config.market.ic, 0.06);
});

Deno.test("arms depart from the settings, groups and dotted keys alike; a sweep makes one for each value", () => {
  const { markets } = grid(`${HEAD}${MARKET}
settings: { population: { transferEvery: 2, transferTau: .3 }, costs.takerFee: 0 }
arms:
  neither: { population: { transfer: none }, population.mutation: off }
  full: {}
sweep: { population.transferTau: [0, .05, 0.1], population.transfer: [none, hybrid], signals: [off] }
`);
  const arms = new Map(markets[0]!.arms.map(({ name, config }) => [name, config]));
  assert.deepEqual([...arms.keys()], [
    ...["full", "neither", "transferTau=0", "transferTau=0.05", "transferTau=0.1"],
    ...["transfer=none", "transfer=hybrid", "signals=off"],
  ]);
  const population = (name: string) => arms.get(name)!.population;
  assert.equal(arms.get("full")!.costs.takerFee, 0);
  assert.deepEqual([population("neither").transfer, population("neither").mutation], ["none", "off"]);
  assert.equal(population("neither").transferEvery, 2);
  assert.equal(population("transferTau=0.05").transferTau, 0.05);
  assert.equal(population("transfer=hybrid").transferTau, 0.3, "all else as in full");
  assert.equal(arms.get("signals=off")!.signals, false);
});

Deno.test("markets have settings and seeds of their own", () => {
  const { markets } = grid(`${HEAD}
seeds: 1-3
markets:
  real: { settings: { data: { source: bybit, folder: bars } } }
  strong: { settings: { data.source: synthetic, market: { mode: planted, ic: 0.1 } }, marketSeeds: [2, 5], seeds: market }
`);
  assert.deepEqual(markets.map(({ marketSeeds, seeds }) => [marketSeeds, seeds]), [
    [null, [1, 2, 3]],
    [[2, 5], "market"],
  ]);
  assert.equal(markets[0]!.arms[0]!.config.data.folder, "bars");
});

/** What is wrong, and what must be said of it; the fault stands in the last line. */
const WRONG: readonly (readonly [string, RegExp])[] = [
  ["arm: {}", /arm: no such part of a grid \(g\.yaml, line 3\)\. Did you mean arms\?/],
  ["seeds: 5-1", /seeds: a range must ascend.*: current value is "5-1" \(g\.yaml, line 3\)/],
  ["seeds: some", /seeds: they must be written 1-5 or 1,4,7: current value is "some".*Or write market/],
  [
    "seeds: 1-5,3",
    /seeds: each seed must stand there once, and 3 stands there twice: .*"1-5,3" \(g\.yaml, line 3\)/,
  ],
  [
    "seeds: [4, 4]",
    /seeds: each seed must .* 4 stands there twice: current value is \[4, 4\] \(g\.yaml, line 3\)/,
  ],
  ["beside: [singleAgnt]", /beside: must be a list of .*line 3\)\. Did you mean singleAgent\?/],
  ["beside: [population]", /beside: must be a list of selectionOnly/],
  ["keep: [series, series]", /keep: must be a list of series, events, each once/],
  ["settings: { seed: 4 }", /settings\.seed: is set by seeds: current value is 4 \(g\.yaml, line 3\)/],
  ["settings: { references: false }", /settings\.references: is set by beside/],
  ["settings: { population: { transfr: none } }", /population\.transfr: no such setting \(g\.yaml, line 3\)/],
  ["settings: { population: { transfer: nothing } }", /population\.transfer: must be one of none.*line 3/],
  ["settings: { extensions: [./mine.ts] }", /settings\.extensions: is not taken by grids.*line 3/],
  ["arms: { full: { signals: off } }", /arms\.full: must change nothing/],
  ["arms: { x: { market: { ic: 0.1 } } }", /arms\.x\.market: belongs to the market, which all arms share/],
  ["arms: { x: { data.folder: other } }", /arms\.x\.data\.folder: belongs to the market/],
  ["arms: { x/y: {} }", /arms\.x\/y: a name must begin with a letter/],
  ["arms: { x: { signals: off }, x: {} }", /line 3, as keys must be unique: x stands in line 3 already/],
  ["arms: 3", /arms: must be a group: current value is 3/],
  [
    "sweep: { population.transferTau: .1 }",
    /sweep\.population\.transferTau: must be a list of 1 to 100 values/,
  ],
  ["sweep: { population: [1] }", /population: no such setting/],
  [
    "sweep: { population.transferTau: [2] }",
    /population\.transferTau: must be a number from 0 to 1: .* 2 \(g\.yaml, line 3\)/,
  ],
  ["sweep: { signals: [on, off, on] }", /arms: names must be unique: signals=on/],
  ["sweep: { seed: [1, 2] }", /sweep\.seed: is set by seeds/],
];

for (const [line, said] of WRONG) {
  Deno.test(`a grid with the line ${line} is refused with its place`, () => {
    assert.throws(() => grid(`${HEAD}${MARKET}${line}\n`), { name: "UserError", message: said });
  });
}

Deno.test("a market seed that is written twice is refused with its place: it would be one market and not two", () => {
  const doubled = MARKET.replace("marketSeeds: 1-20", 'marketSeeds: "401,401,402", seeds: "1-2,2"');
  assert.throws(() => grid(HEAD + doubled), {
    name: "UserError",
    message:
      /markets\.weak\.marketSeeds: each seed must stand there once, and 401 stands there twice: .*"401,401,402" \(g\.yaml, line 2\)\n.*markets\.weak\.seeds: .* 2 stands there twice/,
  });
});

Deno.test("a grid without a question or a market says what is missing, and several mistakes are said at once", () => {
  assert.throws(
    () => grid(MARKET),
    /question: must be a sentence: what the grid is to tell: nothing stands there/,
  );
  assert.throws(() => grid(HEAD), /markets: must name at least one market: nothing stands there/);
  assert.throws(
    () => grid(`${HEAD}markets: { a: { marketSeed: 3 }, b: { settings: { market.seed: 3 } } }\nseds: 1\n`),
    (error: Error) => {
      assert.match(error.message, /seds: no such part of a grid.*line 3/);
      assert.match(error.message, /markets\.a\.marketSeed: no such part .* Did you mean marketSeeds\?/);
      assert.match(error.message, /markets\.b\.settings\.market\.seed: is set by marketSeeds/);
      return true;
    },
  );
});
