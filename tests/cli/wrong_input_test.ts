import assert from "node:assert/strict";
import { join } from "node:path";
import { FIRST_SEALED_SEED } from "popagent/market/seal.ts";
import { inFolder, tree } from "./cli.ts";
import { warmPopagent } from "./warm.ts";

const popagent = warmPopagent();

interface Wrong {
  readonly what: string;
  readonly args: readonly string[];
  /** What one message must say: the place and the rule. */
  readonly says: readonly RegExp[];
  /** Files that are there before: path and content. */
  readonly files?: Readonly<Record<string, string>>;
}

const SMALL = ["population", "--pop-size", "3", "--iterations", "2", "--no-references"];

const cases: readonly Wrong[] = [
  {
    what: "an unknown key in a file",
    files: { "my.yaml": "seed: 1\npopulaton:\n  size: 3\n" },
    args: ["population", "--config", "my.yaml"],
    says: [/my\.yaml/, /populaton: no such setting/],
  },
  {
    what: "an unknown key in a group of a file",
    files: { "my.yaml": "pipeline:\n  analist: technical\n" },
    args: ["multi", "--config", "my.yaml"],
    says: [/my\.yaml/, /pipeline\.analist: no such setting/],
  },
  { what: "an unknown key in --set", args: ["multi", "--set", "a.b=1"], says: [/a\.b: no such setting/] },
  {
    what: "a kill switch that is asked for two things",
    args: ["paper", "halt", "x", "--reduce", "--active"],
    says: [/'--reduce' cannot be used with option '--active'/],
  },
  {
    what: "two counts of bars",
    args: ["paper", "--once", "--rows", "5"],
    says: [/'--once' cannot be used with option '--rows <count>'/],
  },
  {
    what: "a channel that is a folder",
    files: { "told/x": "" },
    args: ["paper", "--once", "--notify", "file:told"],
    says: [/told.* must be a file/],
  },
  {
    what: "a channel that is a file of something else",
    files: { "bars.csv": "time,open\n1,2\n" },
    args: ["paper", "--once", "--notify", "file:bars.csv"],
    says: [/bars\.csv.* must hold notices/],
  },
  { what: "metrics that are neither", args: [...SMALL, "--metrics", "most"], says: [/usual or all/, /most/] },
  { what: "a --set without a value", args: ["multi", "--set", "seed"], says: [/key=value/, /is seed/] },
  {
    what: "a value of the wrong type",
    files: { "my.yaml": "startingEquity: much\n" },
    args: ["multi", "--config", "my.yaml"],
    says: [/my\.yaml/, /startingEquity: .*number.*"much"/],
  },
  {
    what: "a value out of range",
    args: ["population", "--set", "population.transferTau=1.5"],
    says: [/population\.transferTau: .*from 0 to 1: current value is 1\.5/],
  },
  {
    what: "a duplicate key",
    files: { "my.yaml": "seed: 1\nseed: 2\n" },
    args: ["multi", "--config", "my.yaml"],
    says: [/my\.yaml, line 2/, /unique/],
  },
  {
    what: "a file that is no YAML",
    files: { "my.yaml": "coins: [BTC\n" },
    args: ["multi", "--config", "my.yaml"],
    says: [/my\.yaml, line 2/, /YAML/],
  },
  {
    what: "a missing configuration",
    args: ["multi", "--config", "nowhere.yaml"],
    says: [/nowhere\.yaml as it must exist/],
  },
  {
    what: "a missing CSV",
    files: Object.fromEntries(["BTC", "ETH", "SOL", "DOGE"].map((coin) => [`bars/Bybit_${coin}.csv`, ""])),
    args: ["multi", "--data", "bars"],
    says: [/in bars/, /missing is Bybit_XRP\.csv\./],
  },
  {
    what: "a missing folder of bars",
    args: ["data", "check", "--data", "nowhere"],
    says: [/in nowhere \(--data\)/, /it is not there/, /Bybit_BTC\.csv/],
  },
  {
    what: "--data beside --synthetic",
    args: ["multi", "--data", "bars", "--synthetic", "null"],
    says: [/--data cannot be given with --synthetic/],
  },
  {
    what: "an out folder that is a file (population)",
    files: { "out": "" },
    args: [...SMALL, "--out", "out"],
    says: [/folder must be writable/, /current value is out\//],
  },
  {
    what: "an out folder that is a file (multi)",
    files: { "out": "" },
    args: ["multi", "--out", "out"],
    says: [/folder must be writable/, /current value is out\//],
  },
  {
    what: "an out folder that is a file (data features)",
    files: { "out": "" },
    args: ["data", "features", "--out", "out"],
    says: [/Cannot write to out/, /folder/],
  },
  {
    what: "an out folder below a file (data synthetic)",
    files: { "out": "" },
    args: ["data", "synthetic", "--out", "out/bars", "--rows", "1000"],
    says: [/out\/bars must be/],
  },
  {
    what: "an out folder that holds something (data synthetic)",
    files: { "bars/Bybit_BTC.csv": "precious" },
    args: ["data", "synthetic", "--out", "bars", "--rows", "1000"],
    says: [/bars must be a new or an empty folder/, /Bybit_BTC\.csv/],
  },
  { what: "no out folder (data synthetic)", args: ["data", "synthetic"], says: [/--out <folder>/] },
  {
    what: "a synthetic market of too few rows",
    args: ["data", "synthetic", "--out", "bars", "--rows", "10"],
    says: [/market\.rows: .*from 1000 .*: current value is 10/],
  },
  {
    what: "a seed of the pre-registered experiments",
    args: ["data", "synthetic", "--out", "bars", "--seed", String(FIRST_SEALED_SEED)],
    says: [/--seed must be below 1000000/],
  },
  {
    what: "an unknown coin",
    args: ["run", "--coin", "ABC"],
    says: [/coins\.0: .*BTC, ETH, SOL, DOGE, XRP.*"ABC"/],
  },
  {
    what: "an unknown coin in a setting",
    args: ["multi", "--set", "coins=[BTC, ABC]"],
    says: [/coins\.1: .*BTC, ETH.*"ABC"/],
  },
  { what: "run without a coin", args: ["run"], says: [/exactly one/, /--coin BTC/, /multi/] },
  ...["analyst", "researcher", "trader", "risk"].map((role): Wrong => ({
    what: `an unknown ${role}`,
    args: ["multi", `--${role}`, "lucky"],
    says: [new RegExp(`pipeline\\.${role}: must be one of \\w+, \\w+, .*: current value is "lucky"`)],
  })),
  {
    what: "no trades to list",
    args: ["multi", "--trades", "0"],
    says: [/--trades as it must be an integer >= 1: current value is 0/],
  },
  {
    what: "more iterations than there are (population)",
    args: ["population", "--iterations", "500"],
    says: [/iterations must be at most 102 on 4380 rows: current value is 500/],
  },
  {
    what: "more iterations than there are (multi)",
    args: ["multi", "--iterations", "500"],
    says: [/iterations must be at most 102 on 4380 rows: current value is 500/],
  },
  {
    what: "a resume with nothing to go on from",
    args: [...SMALL, "--resume"],
    says: [/Cannot resume population-/, /There is no unfinished run/],
  },
  {
    what: "an unknown flag",
    args: ["multi", "--leverage", "9"],
    says: [/unknown option '--leverage'/, /--help/],
  },
  { what: "an unknown command", args: ["mutli"], says: [/unknown command 'mutli'/, /multi/] },
  { what: "an unknown data command", args: ["data", "chek"], says: [/unknown command 'chek'/] },
  { what: "a surplus argument", args: ["multi", "BTC"], says: [/too many arguments for 'multi'/] },
  {
    what: "a flag without its value",
    args: ["multi", "--config"],
    says: [/'-c, --config <file>' argument missing/],
  },
  {
    what: "an opened holdout of synthetic data",
    args: ["multi", "--opening", "3f2a90cc11"],
    says: [/no real bars/],
  },
  { what: "an ic that is too large", args: ["multi", "--ic", "0.5"], says: [/market\.ic: .*0\.2.*is 0\.5/] },
  { what: "a negative ic", args: ["multi", "--ic", "-0.1"], says: [/market\.ic: .*0.*is -0\.1/] },
  {
    what: "a planted market without an edge",
    args: ["multi", "--synthetic", "planted", "--ic", "0"],
    says: [/ic must be above 0 and at most 0\.2/],
  },
  {
    what: "an ic in a market that plants nothing",
    args: ["multi", "--synthetic", "null", "--ic", "0.1"],
    says: [/ic must be 0 in mode null: current value is 0\.1/],
  },
  {
    what: "an unknown mode",
    args: ["multi", "--synthetic", "real"],
    says: [/market\.mode: .*null.*"real"/],
  },
  {
    what: "no workers",
    args: [...SMALL, "--workers", "0"],
    says: [/integer from 1 to \d+ .*: current value is 0/],
  },
  { what: "seeds that are none", args: [...SMALL, "--seeds", "one"], says: [/1-5 or 1,4,7/, /is one/] },
];

for (const { what, args, says, files = {} } of cases) {
  Deno.test(`the command line refuses ${what}`, () =>
    inFolder(async (folder) => {
      for (const [path, content] of Object.entries(files)) {
        await Deno.mkdir(join(folder, path, ".."), { recursive: true });
        await Deno.writeTextFile(join(folder, path), content);
      }
      const before = await tree(folder);
      const { code, stdout, stderr } = await popagent(folder, ...args);
      assert.equal(code, 1, stderr);
      assert.equal(stdout, "");
      for (const pattern of says) assert.match(stderr, pattern);
      assert.doesNotMatch(
        stderr,
        /fault of PopAgent|^ +at /m,
        "a user's mistake is one message without a stack",
      );
      assert.deepEqual(await tree(folder), before, "nothing may be written");
    }));
}

Deno.test("issue 9.6: a folder that was named and is empty is an error; the usual one is synthetic, said first", () =>
  inFolder(async (folder) => {
    await Deno.mkdir(join(folder, "data", "bybit"), { recursive: true });
    await Deno.writeTextFile(join(folder, "data", "bybit", "README.md"), "Bars go here.");
    for (const named of [["--data", "data/bybit"], ["--set", "data.folder=data/bybit"]]) {
      const { code, stdout, stderr } = await popagent(folder, "data", "check", ...named);
      assert.deepEqual([code, stdout], [1, ""]);
      assert.match(
        stderr,
        /Cannot read bars in data\/bybit.* as it must be a folder that holds them: it is empty\. Looked for/,
      );
    }
    const { code, stdout } = await popagent(folder, "data", "check", "--rows", "1000");
    assert.equal(code, 0);
    assert.match(stdout, /^!! SYNTHETIC DATA/);
  }));
