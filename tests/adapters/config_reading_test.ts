import assert from "node:assert/strict";
import { parseAssignment } from "popagent/adapters/config/assignment.ts";
import { resolveSettings } from "popagent/adapters/config/resolve_settings.ts";
import { catalogueOf } from "popagent/adapters/config/setting_catalogue.ts";
import { settingsIn } from "popagent/adapters/config/settings_file.ts";
import { settingsSchema } from "popagent/experiments/config.ts";
import { complaints, resolved } from "./written_settings.ts";

Deno.test("every broken rule is one line: path, rule, value and place", () => {
  const lines = complaints(`popluation: {}
population: {transferTua: .2, transferTau: 1.5, size: 4, transferEvery: often}
clock:
  stepRows: 0
coins: [BTC, "pepe?"]
`);
  assert.deepEqual(lines.sort(), [
    "clock.stepRows: must be an integer from 1 to 1_000_000: current value is 0 (my.yaml, line 4)",
    'coins.1: must be a coin\'s symbol, such as BTC: current value is "pepe?" (my.yaml, line 5)',
    "popluation: no such setting (my.yaml, line 1). Did you mean population?",
    "population.size: must be one of 3, 5 or 9: current value is 4 (my.yaml, line 2)",
    'population.transferEvery: must be an integer from 1 to 1_000_000: current value is "often" (my.yaml, line 2)',
    "population.transferTau: must be a number from 0 to 1: current value is 1.5 (my.yaml, line 2)",
    "population.transferTua: no such setting (my.yaml, line 2). Did you mean population.transferTau?",
  ]);
});

Deno.test("a rule across settings is named like any other, with the default it meets", () => {
  assert.deepEqual(complaints("clock: {warmUpRows: 100}"), [
    "clock.warmUpRows: must be at least 360, the longest warm-up a variant declares: current value is 100 " +
    "(my.yaml, line 1)",
  ]);
  assert.deepEqual(complaints("", "clock.warmUpRows=800"), [
    "clock.firstDecision: must be at least clock.warmUpRows, 800: current value is the default, 719",
  ]);
});

const number = (text: string) => resolved(`startingEquity: ${text}`).settings.startingEquity;

// YAML 1.2 core schema, 10.3.2: [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?; _ is ours.
Deno.test("findings I.6: numbers are read as people write them", () => {
  for (
    const [text, value] of [
      ["1e3", 1000],
      ["1E+3", 1000],
      ["10_000", 10_000],
      ["+500", 500],
      ["500.", 500],
      ["0500", 500],
      [".5e3", 500],
      ["1_0_0", 100],
    ] as const
  ) assert.equal(number(text), value, text);
  assert.equal(resolved("", "population.transferTau=.2").settings.population.transferTau, .2);
  assert.ok(Object.is(resolved("", "population.transferTau=-0").settings.population.transferTau, 0));
  for (
    const text of [
      "1_",
      "_1",
      "1__0",
      "0x1F4",
      "0o700",
      "1:30",
      "1e",
      "e3",
      ".",
      "five",
      "1 000",
      "yes",
      ".inf",
      ".nan",
    ]
  ) {
    assert.match(
      complaints(`startingEquity: ${text}`)[0]!,
      /must be a number from 100 to 1_000_000_000/,
      text,
    );
  }
});

Deno.test("findings I.6: a number that is nearly one is refused with how to write it", () => {
  const hint = (text: string) => complaints(`costs: {takerFee: ${text}}`)[0]!.split("line 1)")[1];
  assert.equal(hint("50%"), ". Shares are fractions: write 0.5.");
  assert.equal(hint("0.1 %"), ". Shares are fractions: write 0.001.");
  assert.equal(hint('"0.001"'), ". Write it without quotes.");
  assert.equal(complaints("startingEquity: 0,5")[0]!.split("line 1)")[1], ". Write 0.5.");
  assert.equal(complaints("startingEquity: 10,000")[0]!.split("line 1)")[1], ". Write 10_000.");
});

Deno.test("findings I.6: yes, no, on and off are switches where a switch is wanted and texts elsewhere", () => {
  for (const text of ["true", "True", "yes", "Yes", "on", "ON"]) {
    assert.equal(resolved(`references: ${text}`).settings.references, true, text);
  }
  for (const text of ["false", "FALSE", "no", "No", "off"]) {
    assert.equal(resolved(`references: ${text}`).settings.references, false, text);
  }
  for (const text of ["1", "0", "y", '"yes"', "null", "[true]"]) {
    assert.match(complaints(`references: ${text}`)[0]!, /^references: must be true or false/, text);
  }
  const norway = resolved("universe: {coins: [BTC, NO, ON, 1000, Null]}\ndata: {folder: 2024}").settings;
  assert.deepEqual(norway.universe.coins, ["BTC", "NO", "ON", "1000", "NULL"]);
  assert.equal(norway.data.folder, "2024");
});

Deno.test("findings I.6: lists are read as people write them, coins in any case", () => {
  const coins = (...sets: readonly string[]) => resolved("", ...sets).settings.coins;
  assert.deepEqual(coins("coins=BTC,ETH"), ["BTC", "ETH"]);
  assert.deepEqual(coins("coins=[btc, Eth]"), ["BTC", "ETH"]);
  assert.deepEqual(coins("coins=sol"), ["SOL"]);
  assert.equal(coins("coins=null"), null);
  assert.deepEqual(resolved("coins: [btc]").settings.coins, ["BTC"]);
  assert.deepEqual(resolved("coins: btc, sol\n").settings.coins, ["BTC", "SOL"]);
  assert.deepEqual(resolved("coins:\n- btc\n- sol\n").settings.coins, ["BTC", "SOL"]);
});

Deno.test("findings I.6: a list, a group or a single value in the place of another is an error that says how", () => {
  const line = (yaml: string) => complaints(yaml)[0]!;
  assert.match(
    line("population: {size: [3]}"),
    /^population\.size: must be one of 3, 5 or 9, not a list.*\. Write 3\.$/,
  );
  assert.match(line("population: {size: {of: 3}}"), /not a group of settings/);
  assert.match(
    line("population: 3"),
    /^population: must be a group of settings: .* One of them is population\.size\.$/,
  );
  assert.match(line("population: [size]"), /must be a group of settings/);
  assert.match(complaints("", "coins=BTC,,ETH")[0]!, /^coins\.1: must be a coin's symbol.*is nothing/);
  assert.match(
    line("coins: [[BTC], ETH]"),
    /^coins: must be a list.*written \[BTC, ETH\] or BTC,ETH.*Item 1 is/,
  );
  assert.match(line("coins: {BTC: 1}"), /^coins: must be a list.*not a group of settings/);
  assert.match(line("coins: []"), /^coins: must be a list of 1 to 20/);
  assert.match(line("seed:"), /^seed: .*current value is nothing .* Leave it out for the default, 1\.$/);
  assert.match(line("population.size: 3"), /dotted keys .* Write population: and, indented below it, size:$/);
});

Deno.test("a mode called null can be written as it is", () => {
  assert.equal(resolved("market: {mode: null}").settings.market.mode, "null");
  assert.equal(resolved("market: {mode: 'null'}").settings.market.mode, "null");
  assert.equal(resolved("", "market.mode=null").settings.market.mode, "null");
});

Deno.test("findings I.6: a misspelt key, value, variant or coin asks what was meant", () => {
  const meant = (...sets: readonly string[]) => /Did you mean (.*)\?$/.exec(complaints("", ...sets)[0]!)?.[1];
  assert.equal(meant("population.transferTua=.2"), "population.transferTau");
  assert.equal(meant("transferTau=.2"), "population.transferTau");
  assert.equal(meant("clock.transferTau=.2"), "population.transferTau");
  assert.equal(meant("population.transfer_every=3"), "population.transferEvery");
  assert.equal(meant("popluation.size=3"), "population.size");
  assert.equal(meant("taker_fee=0"), "costs.takerFee");
  assert.equal(meant("starting_equity=500"), "startingEquity");
  assert.equal(meant("coin=BTC"), "coins");
  assert.equal(meant("rows=3000"), "market.rows");
  assert.equal(meant("population.transfer=soft-update"), "softUpdate");
  assert.equal(meant("pipeline.trader=agressive"), "aggressive");
  assert.equal(meant("pipeline.risk=var"), "var_based");
  assert.equal(meant("coins=SLO"), "SOL");
  assert.equal(meant("coins=dog"), "DOGE");
  assert.match(complaints("", "a.b=1")[0]!, /no such setting \(--set\)\. popagent config lists them all\.$/);
});

Deno.test("parseAssignment() takes a value as it stands, or as YAML behind a bracket or a quotation mark", () => {
  const value = (text: string) => parseAssignment(text).value;
  const text = { kind: "text", quoted: false, origin: { kind: "flag", flag: "--set" } };
  assert.deepEqual(parseAssignment("a.b=0.2").path, ["a", "b"]);
  assert.deepEqual(value("a.b=x=y"), { ...text, text: "x=y" });
  assert.deepEqual(value("a = b: c #d "), { ...text, text: "b: c #d" });
  assert.deepEqual(value('a="5"'), { ...text, text: "5", quoted: true });
  assert.equal(value("a=[1, 2]").kind, "list");
  assert.equal(value("a={b: 2}").kind, "group");
  for (const wrong of ["a.b", "=3", "a..b=3", ".a=3"]) {
    assert.throws(() => parseAssignment(wrong), /must be written key=value/, wrong);
  }
  assert.throws(
    () => parseAssignment("iterations="),
    /nothing stands behind the =: write iterations=null for none, or =\[\] for an empty list/,
  );
  assert.throws(
    () => parseAssignment("a=[1"),
    /Cannot set a as its value must be YAML: current value is \[1/,
  );
});

Deno.test("a later assignment wins; a group that is set takes the place of what the file said of it", () => {
  const yaml = "population: {size: 3, transferTau: 0, committeeShare: 0.1}\n";
  assert.equal(resolved(yaml, "population.size=9", "population.size=5").settings.population.size, 5);
  assert.deepEqual(
    resolved(yaml, "population={size: 9}").settings,
    settingsSchema.parse({ population: { size: 9 } }),
  );
  assert.deepEqual(resolved(yaml, "population=null").settings, settingsSchema.parse({}));
});

Deno.test("each value knows its place", () => {
  const { origins } = resolved(
    "seed: 3\npopulation:\n  size: 3\n  committeeShare: 0.1\n",
    "population.size=5",
  );
  assert.deepEqual(
    [...origins].map(([path, { origin }]) => [path, origin]),
    [
      ["seed", { kind: "file", file: "my.yaml", line: 1 }],
      ["population.committeeShare", { kind: "file", file: "my.yaml", line: 4 }],
      ["population.size", { kind: "flag", flag: "--set" }],
    ],
  );
});

Deno.test("a tree cannot reach the prototype of all objects", () => {
  for (const key of ["__proto__", "constructor", "toString"]) {
    assert.match(complaints("", `${key}.polluted=true`)[0]!, /no such setting/);
    assert.match(complaints(`${key}: {polluted: 1}`)[0]!, /no such setting/);
    assert.match(complaints("", `population.${key}=1`)[0]!, /no such setting/);
    assert.match(complaints("", `universe.instruments.${key}.tick=1`)[0]!, /no such setting/);
    assert.match(complaints(`universe: {instruments: {${key}: {tick: 1}}}`)[0]!, /a name here must fit/);
  }
  assert.equal(({} as { polluted?: boolean }).polluted, undefined);
});

Deno.test("every setting has a meaning, and every number and list has bounds", () => {
  for (const { path, type, meaning } of catalogueOf(settingsSchema).settings) {
    assert.ok(meaning.length > 3, path);
    if (type.kind === "number") assert.ok(Number.isFinite(type.min) && type.max < 2 ** 53 - 1, path);
    if (type.kind === "list") assert.ok(type.most <= 100, path);
  }
});

Deno.test("the earlier prototype's keys are read as what they are called today, and it is said", () => {
  const yaml = `population:
  enabled: true
  transfer_frequency: 5
  transfer_tau: 0.2
  diversity_weight: 0.3
data:
  symbols: [BTCUSDT, eth/usdt, SOL]
  bybit_csv_dir: bars
  add_cross_features: true
  multi_asset: true
offline_prices_csv: null
`;
  const { settings, origins, notes } = resolved(yaml);
  assert.deepEqual(
    settings,
    settingsSchema.parse({
      population: { transferEvery: 5, transferTau: .2, diversityWeight: .3 },
      coins: ["BTC", "ETH", "SOL"],
      data: { folder: "bars" },
    }),
  );
  const tau = origins.get("population.transferTau")!;
  assert.deepEqual([tau.was, tau.origin], [
    "population.transfer_tau",
    { kind: "file", file: "my.yaml", line: 4 },
  ]);
  assert.equal(notes.length, 9);
  assert.ok(
    notes.includes(
      "population.transfer_tau (my.yaml, line 4) is read as population.transferTau, its name today",
    ),
  );
});

Deno.test("population.mutation was a switch: true and false are read as trigger and off, and it is said", () => {
  for (
    const [was, now] of [["true", "trigger"], ["Yes", "trigger"], ["false", "off"], ["no", "off"]] as const
  ) {
    const { settings, notes } = resolved(`population: { mutation: ${was} }\n`);
    assert.equal(settings.population.mutation, now);
    assert.deepEqual(notes, [
      `population.mutation: ${was} (my.yaml, line 1) is read as ${now}, its name today`,
    ]);
  }
  for (const now of ["off", "trigger", "tested"]) {
    const { settings, notes } = resolved(`population: { mutation: ${now} }\n`);
    assert.deepEqual([settings.population.mutation, notes], [now, []]);
  }
});

Deno.test("a key of the prototype that means nothing today is refused where dropping it would change the run", () => {
  assert.match(
    complaints("population: {enabled: false}")[0]!,
    /multi and run do not: current value is false/,
  );
  const without = resolveSettings(settingsIn("population: {enabled: no}", "my.yaml"), { learns: false });
  assert.match(without.notes[0]!, /^population\.enabled .* is no setting today/);
  assert.equal(resolved("data: {add_cross_features: off}").settings.signals, false);
  assert.match(
    complaints("data: {multi_asset: false}")[0]!,
    /coins names what is traded: write coins: \[BTC\]/,
  );
  assert.deepEqual(resolved("data: {multi_asset: false, symbols: [ETHUSDT]}").settings.coins, ["ETH"]);
  assert.deepEqual(resolved("data: {multi_asset: false}", "coins=SOL").settings.coins, ["SOL"]);
  assert.match(
    complaints("data: {multi_asset: false, symbols: [ETH, SOL]}")[0]!,
    /coins names what is traded/,
  );
  assert.match(complaints("offline_prices_csv: prices.csv")[0]!, /must be Bybit_<coin>\.csv in the folder/);
  assert.equal(resolved("offline_prices_csv: a/b/Bybit_BTC.csv").settings.data.folder, "a/b");
  assert.match(
    complaints("population: {transfer_tau: .2, transferTau: .3}")[0]!,
    /transfer_tau: is called population\.transferTau today, which is given as well.*Leave one out\.$/,
  );
  const flag = resolved("population: {transfer_tau: .2}", "population.transferTau=.3");
  assert.equal(flag.settings.population.transferTau, .3);
  assert.match(complaints("population: {transfer_tau: 2}")[0]!, /transferTau: must be a number from 0 to 1/);
});

Deno.test("committeeSize is read as its share of all teams, whatever their number", () => {
  assert.equal(resolved("population: {committeeSize: 25}").settings.population.committeeShare, .04);
  const { settings, notes } = resolved("population: {committeeSize: 9, size: 3}");
  assert.equal(settings.population.committeeShare, 9 / 81);
  assert.match(
    notes[0]!,
    /^population\.committeeSize .* is read as population\.committeeShare, its name today$/,
  );
  assert.match(
    complaints("population: {committeeSize: 82, size: 3}")[0]!,
    /committeeSize: is called population\.committeeShare today, a share of all/,
  );
});
