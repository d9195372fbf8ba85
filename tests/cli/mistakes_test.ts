import assert from "node:assert/strict";
import { join } from "node:path";
import { mistakeOf } from "popagent/cli/mistakes.ts";
import { inFolder } from "./cli.ts";
import { warmPopagent } from "./warm.ts";

const popagent = warmPopagent();

interface Mistake {
  readonly what: string;
  readonly prepare: (folder: string) => void;
  readonly args: readonly string[];
  readonly says: RegExp;
}

const write = (name: string, text: string) => (folder: string) =>
  Deno.writeTextFileSync(join(folder, name), text);
const ALIASES =
  `a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c]\n`;

const MISTAKES: readonly Mistake[] = [
  {
    what: "a folder as --config",
    prepare: (folder) => Deno.mkdirSync(join(folder, "mine")),
    args: ["multi", "--config", "mine"],
    says: /mine as it must be a file: it is a folder/,
  },
  {
    what: "a configuration below a file",
    prepare: write("mine", ""),
    args: ["multi", "--config", "mine/my.yaml"],
    says: /mine\/my\.yaml.*folder is wanted where a file stands/,
  },
  {
    what: "a circle of links as --config",
    prepare: (folder) => Deno.symlinkSync("loop", join(folder, "loop")),
    args: ["multi", "--config", "loop"],
    says: /loop.*in a circle/,
  },
  {
    what: "a circle of links as --data",
    prepare: (folder) => Deno.symlinkSync("loop", join(folder, "loop")),
    args: ["multi", "--data", "loop"],
    says: /loop.*in a circle/,
  },
  {
    what: "an alias without its anchor",
    prepare: write("my.yaml", "seed: *one\n"),
    args: ["multi", "--config", "my.yaml"],
    says: /alias/,
  },
  {
    what: "aliases that multiply",
    prepare: write("my.yaml", ALIASES),
    args: ["multi", "--config", "my.yaml"],
    says: /anchors \(&name\) are not read/,
  },
  {
    what: "a folder as a CSV",
    prepare: (folder) => {
      for (const coin of ["BTC", "ETH", "SOL", "DOGE", "XRP"]) {
        Deno.mkdirSync(join(folder, "bars", `Bybit_${coin}.csv`), { recursive: true });
      }
    },
    args: ["data", "check", "--data", "bars"],
    says: /Bybit_BTC\.csv/,
  },
  {
    what: "a name that is too long",
    prepare: () => {},
    args: ["multi", "--config", "x".repeat(300)],
    says: /its name must be shorter/,
  },
];

for (const { what, prepare, args, says } of MISTAKES) {
  Deno.test(`findings J.7: ${what} is one message, exit code 1 and no stack`, () =>
    inFolder(async (folder) => {
      prepare(folder);
      const { code, stdout, stderr } = await popagent(folder, ...args);
      assert.equal(code, 1, stderr);
      assert.equal(stdout, "");
      assert.match(stderr, says);
      assert.doesNotMatch(stderr, /fault of PopAgent|^ +at /m);
    }));
}

Deno.test("findings J.7: a fault of the program is still told as one", () => {
  assert.equal(mistakeOf(new TypeError("x is not a function")), null);
  assert.equal(mistakeOf(new Error("Unresolved alias of something else")), null);
  assert.match(
    mistakeOf(new ReferenceError("Unresolved alias (the anchor must be set before the alias): one"))!,
    /\*one/,
  );
});

/** Bounds of counts on the command line: the flag, what is refused, and what the refusal must say. */
const BOUNDS: readonly (readonly [readonly string[], RegExp])[] = [
  [["--seeds", "9007199254740993"], /seeds.*from 0 to 4294967295: current value is 9007199254740993/],
  [["--seeds", "1-4294967296"], /from 0 to 4294967295/],
  [["--seeds", "0-10000"], /at most 10000/],
  [["--seeds", "1-6000,7000-13000"], /at most 10000/],
  [["--seeds", "5-1"], /must ascend/],
  [["--seeds", "-1"], /1-5 or 1,4,7/],
  [["--seed", "4294967296"], /seed: .*4_294_967_295.*is 4294967296/],
  [["--set", "market.seed=1e300"], /market\.seed/],
  [
    ["--workers", "1e9"],
    /--workers as it must be an integer from 1 to \d+ .*cores.*GiB.*: current value is 1e9/,
  ],
  [["--workers", "1000000000"], /from 1 to \d+ .*: current value is 1000000000/],
  [["--workers", "abc"], /from 1 to \d+ .*: current value is abc/],
  [["--workers", "0"], /from 1 to \d+/],
  [["--workers", "1.5"], /from 1 to \d+/],
  [["--workers", ""], /from 1 to \d+/],
];

Deno.test("findings G.2 and I.6: seeds and workers have bounds, and the error says them", () =>
  inFolder(async (folder) => {
    for (const [flags, says] of BOUNDS) {
      const { code, stderr } = await popagent(
        folder,
        "population",
        "--iterations",
        "2",
        "--no-references",
        ...flags,
      );
      assert.equal(code, 1, flags.join(" "));
      assert.match(stderr, says);
      assert.doesNotMatch(stderr, /fault of PopAgent|^ +at /m);
    }
    const { code, stderr } = await popagent(folder, "validate", "null", "--workers", "abc");
    assert.equal(code, 1);
    assert.match(stderr, /--workers as it must be an integer from 1 to/);
  }));
