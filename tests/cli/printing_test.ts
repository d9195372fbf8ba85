import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readRun } from "popagent/adapters/runs/run_files.ts";
import { visible } from "popagent/cli/print.ts";
import { inFolder, only, shell, type Spoken } from "./cli.ts";
import { warmPopagent } from "./warm.ts";

const popagent = warmPopagent();
const LINUX = Deno.build.os === "linux";
/** The same on a device that takes nothing: writing to it fails as on a full disk. */
const inVain = LINUX ? warmPopagent("full") : popagent;
const FULL = { ignore: !LINUX };

const CONFIG = fileURLToPath(new URL("../../configs/smoke.yaml", import.meta.url));
const SHORT = "--iterations 2 --set market.rows=1000";
const COMMANDS = {
  multi: `multi ${SHORT}`,
  run: `run --coin BTC ${SHORT}`,
  population: `population --config ${CONFIG} --iterations 2 --no-references`,
} as const;

/** What a command says whose run is kept and cannot be printed. */
async function assertKept(folder: string, name: string, { code, stderr }: Spoken): Promise<void> {
  assert.equal(code, 1);
  assert.match(
    stderr,
    /Cannot print on stdout as there must be room: the disk is full\. The result is kept in data\/runs\/\w+-s1-\w+\.$/m,
  );
  assert.doesNotMatch(stderr, /fault of PopAgent|^ +at /m);
  const kept = await readRun(await only(join(folder, "data", "runs")));
  assert.equal(kept.result.command, name);
}

for (const name of ["multi", "run"] as const) {
  Deno.test({
    name: `findings J.2: ${name} on a full stdout keeps its run, says so and exits with 1`,
    ...FULL,
    fn: () =>
      inFolder(async (folder) => {
        await assertKept(folder, name, await inVain(folder, ...COMMANDS[name].split(" ")));
      }),
  });
}

Deno.test({
  name:
    "findings J.2: population as a process on a full stdout does so too; --resume prints its run, without running it again",
  ...FULL,
  fn: () =>
    inFolder(async (folder) => {
      const line = COMMANDS.population;
      await assertKept(folder, "population", await shell(folder, `$popagent ${line} > /dev/full`));
      const { code, stdout, stderr } = await popagent(folder, ...line.split(" "), "--resume");
      assert.equal(code, 0);
      assert.match(stdout, /Population \(champion\)/);
      assert.match(stderr, /This run is finished/);
    }),
});

Deno.test({
  name: "findings J.2: a stderr that takes nothing stops no run",
  ...FULL,
  fn: () =>
    inFolder(async (folder) => {
      const { code, stdout } = await shell(folder, `$popagent ${COMMANDS.population} 2> /dev/full`);
      assert.equal(code, 0);
      assert.match(stdout, /Report: data\/runs\/population-s1-\w+\/report\.html/);
    }),
});

Deno.test("a reader that leaves early is no error", () =>
  inFolder(async (folder) => {
    const { code, stderr } = await shell(folder, `$popagent data describe --rows 1000 | head -c 1; echo`);
    assert.equal(code, 0);
    assert.doesNotMatch(stderr, /Cannot|fault/);
  }));

// The escapes clear a line, colour it, set a title, ring; the marks turn the writing direction.
const NASTY = "a\u001b[2K\u001b[31m\u001b]0;t\u0007\rb\u009b1m\u007f\u202ec\u2028d";
const SHOWN = "a\\u001b[2K\\u001b[31m\\u001b]0;t\\u0007\\u000db\\u009b1m\\u007f\\u202ec\\u2028d";

Deno.test("findings J.10: visible() spells out what a terminal would act on, and leaves the rest", () => {
  assert.equal(visible(NASTY), SHOWN);
  const plain = "a table\tof two\nlines: µ–∞ 日本 😀";
  assert.equal(visible(plain), plain);
  const json = JSON.stringify({ path: NASTY });
  assert.deepEqual(JSON.parse(visible(json)), { path: NASTY }, "in JSON it means the same");
});

Deno.test("findings J.10: control characters of a path, a flag or a cell never reach the terminal raw", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(
      join(folder, "my.yaml"),
      `coins: ["${NASTY.replaceAll("\u001b", "\\e").slice(0, 20)}"]`,
    );
    const lines: readonly (readonly string[])[] = [
      [NASTY],
      ["multi", "--config", NASTY],
      ["multi", "--set", `${NASTY}=1`],
      ["multi", "--set", `coins=["${NASTY}"]`],
      ["multi", "--data", NASTY],
      ["multi", "--config", "my.yaml"],
      ["multi", `--${NASTY}`],
      ["population", "--workers", NASTY],
      ["population", "--seeds", NASTY],
      ["data", "synthetic", "--rows", "1000", "--out", NASTY],
    ];
    for (const args of lines) {
      const { stdout, stderr } = await popagent(folder, ...args);
      // deno-lint-ignore no-control-regex
      const raw = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e\u2028]/.exec(stdout + stderr);
      assert.equal(raw, null, `${JSON.stringify(args)}: ${JSON.stringify(stdout + stderr)}`);
    }
  }));
