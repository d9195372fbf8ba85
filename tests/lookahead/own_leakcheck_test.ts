/** Leakcheck of one's own: every kind of part that reads what follows is named with its first row, honest ones are cleared. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { leakCheck, leakCheckTable, type PartFinding } from "popagent/mod.ts";
import { declaredThings } from "popagent/adapters/extensions/extension.ts";
import { PROJECT } from "popagent/adapters/files/project.ts";
import { warmPopagent } from "../cli/warm.ts";
import { inProject } from "../desk/in_project.ts";

const popagent = warmPopagent();

const HEAD = `import { POOLS, VARIANTS } from "popagent/mod.ts";
const { rsi } = POOLS["analyst.features"], { stationaryBootstrap } = POOLS["researcher.uncertainty"];
const { twap } = POOLS["trader.styles"];
const [technical] = VARIANTS.analyst;
const clipped = (x) => Math.max(-3, Math.min(3, x));
const agent = (name, readings, columns = []) => ({
  ...technical, name,
  start: { shortLookback: 14, middleLookback: 30, longLookback: 60, trendSensitivity: .6, regimeThreshold: .5,
    ...Object.fromEntries(readings.map((key) => [key + "Weight", 1 / readings.length])) },
  identity: { ...technical.identity, readings, derivatives: columns, signals: [] },
});
let calls = 0;
`;

/** What reads the future, each beside the same done honestly. */
const LEAKY = `${HEAD}
const zScore = (values, from, to) => {
  const seen = values.slice(from, to), mean = seen.reduce((a, b) => a + b, 0) / seen.length;
  const sd = Math.sqrt(seen.reduce((a, b) => a + (b - mean) ** 2, 0) / seen.length) || 1;
  return (x) => clipped((x - mean) / sd);
};
export default {
  methods: {
    "analyst.features": {
      wholeSample: { ...rsi, run: ({ market, coin }) => {
        const { close } = market.panel.coins[coin];
        return close.map(zScore(close, 0, close.length));
      } },
      pastSample: { ...rsi, run: ({ market, coin }) => {
        const { close } = market.panel.coins[coin];
        return close.map((x, t) => zScore(close, 0, t + 1)(x));
      } },
      peek: { ...rsi, run: ({ market, coin }) => {
        const { close } = market.panel.coins[coin];
        return close.map((x, t) => Math.sign((close[t + 1] ?? x) - x));
      } },
      moody: { ...rsi, run: (input, genes) => rsi.run(input, genes).map((x, t) => t === 100 ? clipped(calls++ / 1000) : x) },
      silent: { ...rsi, run: ({ market }) => new Float64Array(market.panel.rows) },
    },
    "researcher.uncertainty": {
      laterBlocks: { ...stationaryBootstrap, run: (task, genes) => {
        const { draws, sums } = stationaryBootstrap.run(task, genes);
        return { draws, sums: (residuals, last, window, horizon, out) =>
          sums(residuals, Math.min(last + 1, residuals[0].length - 1), window, horizon, out) };
      } },
      ownBlocks: stationaryBootstrap,
    },
    "trader.styles": {
      hasty: { ...twap, run: (input, genes) => {
        const plan = twap.run(input, genes), width = plan.values.length / plan.rows;
        return { ...plan, values: plan.values.map((x, at) => plan.values[at + width] ?? x) };
      } },
    },
  },
  indicators: {
    centred: { summary: "x", params: ["n"], defaults: [3], warmUp: ([n]) => n, compute: ({ close }, [n]) =>
      close.map((_, t) => t < n ? NaN : (close[t - n] + close[t] + (close[t + n] ?? close[t])) / 3) },
    trailing: { summary: "x", params: ["n"], defaults: [3], warmUp: ([n]) => n, compute: ({ close }, [n]) =>
      close.map((x, t) => t < n ? NaN : x / close[t - n] - 1) },
  },
  strategies: {
    oracle: { label: "Oracle", kind: "reference", note: "", mandate: ({ market: { panel } }) => {
      const plan = { rows: panel.rows, coins: 5, values: new Float64Array(panel.rows * 5 * 8) };
      panel.coins[0].close.forEach((x, t, close) => plan.values[t * 40] = Math.sign((close[t + 1] ?? x) - x));
      return { plan, limits: { rows: panel.rows, values: new Float64Array(panel.rows) } };
    } },
  },
  variants: [agent("peeper", ["peek"]), agent("centredReader", ["rsi"], [{ column: "centred", params: [3], scale: 1e-4 }]),
    agent("honest", ["pastSample", "rsi"], [{ column: "trailing", params: [3], scale: 10 }])],
};`;

Deno.test("every kind of own part that reads what follows is named with its first row; honest, silent ones are clear", () =>
  inProject(async (folder) => {
    const path = join(folder, "leaky.ts"), before = new Set(declaredThings().keys());
    await Deno.writeTextFile(path, LEAKY);
    try {
      const heard: string[] = [];
      const found = await leakCheck({ extensions: [path], onPart: ({ name }) => void heard.push(name) });
      assert.deepEqual(found.map(({ name }) => name), heard);
      const byName = Object.fromEntries(found.map((one) => [one.name, one]));
      const verdicts = Object.fromEntries(found.map(({ name, holds }) => [name, holds]));
      assert.deepEqual(verdicts, {
        "method analyst.features wholeSample": false,
        "method analyst.features pastSample": true,
        "method analyst.features peek": false,
        "method analyst.features moody": false,
        "method analyst.features silent": true,
        "method researcher.uncertainty laterBlocks": false,
        "method researcher.uncertainty ownBlocks": true,
        "method trader.styles hasty": false,
        "column centred": false,
        "column trailing": true,
        "analyst peeper": false,
        "analyst centredReader": false,
        "analyst honest": true,
        "strategy oracle": false,
      });
      for (const one of found) {
        assert.equal(one.worlds, 14, one.name);
        assert.ok(one.compared > 0, one.name);
        assert.equal(one.told === "", one.holds, one.name);
      }
      const firstOf = (name: string) => (byName[name] as PartFinding).first!;
      assert.equal(
        firstOf("method analyst.features wholeSample").row,
        0,
        "a mean of all rows moves every one",
      );
      const { row, after } = firstOf("method analyst.features peek");
      assert.equal(row, after, "the next close is known at the last row that was left");
      const centred = firstOf("column centred");
      assert.equal(centred.row, centred.after - 2, "three rows ahead: the last three of what was left");
      assert.match(
        byName["method analyst.features peek"]!.told,
        /^It knows the future: analyst\.features peek reading 0 at row \d+ is -?1, and -?[01] where the rows after \d+ are (cut off|ten times as large|in reverse order|those of another coin)\. Value t may read rows up to t alone\.$/,
      );
      assert.match(
        byName["method analyst.features moody"]!.told,
        /^It gives other values on the same bars: .* at row 100 is [\d.]+, then [\d.]+\. It must be a function of what it is given\.$/,
      );
      const table = leakCheckTable(found);
      assert.equal(table.title, "9 of 14 know the future, or could not be looked at");
      assert.deepEqual(table.rows.map(({ strong }) => strong), found.map(({ holds }) => !holds));
      assert.deepEqual(table.rows[0]!.cells.slice(0, 3), [
        "method analyst.features wholeSample",
        "LEAKS",
        "0",
      ]);
      assert.equal(table.rows[3]!.cells[1], "fails");
      const only = await leakCheck({ only: ["column trailing", "honest"] });
      assert.deepEqual(only.map(({ name, holds }) => [name, holds]), [
        ["column trailing", true],
        ["analyst honest", true],
      ]);
      await assert.rejects(
        leakCheck({ only: "honest" as never }),
        /only must be a list, .*: current value is honest$/,
      );
      await assert.rejects(
        leakCheck({ only: ["column trailin"] }),
        /a part must be one of .*Did you mean column trailing\?/,
      );
    } finally {
      const things = [...declaredThings()].filter(([name]) => !before.has(name)).reverse();
      for (const [, { takeBack }] of things) takeBack();
    }
    await assert.rejects(leakCheck(), {
      name: "UserError",
      message:
        /^Cannot look for leaks as at least one method, .* must be of one's own: there is none\. Declare it first/,
    });
    await assert.rejects(
      leakCheck({ seed: -1 }),
      /seed must be an integer from 0 to 999999: current value is -1$/,
    );
    await assert.rejects(leakCheck({ extension: [] } as never), /Did you mean extensions\?/);
  }));

Deno.test("leakcheck --extensions fails by the name and the first row of what leaks, and clears what is honest", () =>
  inProject(async (folder) => {
    const leaky = join(folder, "peek.ts");
    await Deno.writeTextFile(
      leaky,
      `${HEAD}export default { methods: { "analyst.features": { peek: { ...rsi, run: ({ market, coin }) => {
        const { close } = market.panel.coins[coin];
        return close.map((x, t) => Math.sign((close[t + 1] ?? x) - x));
      } } } } };`,
    );
    const honest = await popagent(PROJECT, "leakcheck", "--extensions", "notebooks/own_analyst.ts");
    assert.equal(honest.code, 0, honest.stderr);
    assert.match(
      honest.stdout,
      /^clear {3}methods {7}method analyst\.features fadedRsi \(14 worlds, [\d,]+ values\)$/m,
    );
    assert.match(honest.stdout, /^clear {3}agents {8}analyst contrarian/m);
    const listed = await popagent(PROJECT, "inventory", "--pool", "analyst.features", "--extensions", leaky);
    assert.match(listed.stdout, /^ {2}peek /m);
    const { code, stdout, stderr } = await popagent(PROJECT, "leakcheck", "--extensions", leaky);
    assert.equal(code, 1);
    assert.match(
      stdout,
      /^LEAKS {3}methods {7}method analyst\.features peek .*\n {8}It knows the future: .* at row \d+ /m,
    );
    assert.match(
      stderr,
      /Cannot clear these extensions as no part may know the future, and each must be looked at: 1 of \d+ fail, method analyst\.features peek \(row \d+\)\. Let value t read rows up to t alone/,
    );
    const both = await popagent(PROJECT, "leakcheck", "--extensions", leaky, "--planted");
    assert.equal(both.code, 1);
    assert.match(both.stderr, /--planted must be left out beside --extensions/);
  }));
