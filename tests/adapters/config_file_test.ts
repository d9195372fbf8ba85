import assert from "node:assert/strict";
import { join } from "node:path";
import { readSettingsFile, settingsIn } from "popagent/adapters/config/settings_file.ts";
import { UserError } from "popagent/core/user_error.ts";
import { settingsSchema } from "popagent/experiments/config.ts";
import { inFolder } from "../cli/cli.ts";
import { complaints, resolved } from "./written_settings.ts";

/** The error of a text as a file my.yaml. */
function refusal(text: string): string {
  try {
    settingsIn(text, "my.yaml");
  } catch (error) {
    assert.ok(error instanceof UserError, String(error));
    return error.message;
  }
  return "";
}

Deno.test("settings of a file stand over the defaults", () => {
  const { settings } = resolved(
    "population:\n  transferTau: 0\n  transfer: none\niterations: null\n# a comment\n",
  );
  assert.deepEqual(
    settings,
    settingsSchema.parse({ population: { transferTau: 0, transfer: "none" }, iterations: null }),
  );
});

Deno.test("an empty file is all defaults; a file that is no tree is refused", () => {
  for (const text of ["", "# nothing\n", "---\n", "\ufeff"]) {
    assert.deepEqual(settingsIn(text, "my.yaml"), []);
  }
  assert.match(refusal("- 1\n- 2\n"), /my\.yaml as it must hold keys and values: current value is \[1, 2\]/);
  assert.match(refusal("5\n"), /must hold keys and values: current value is 5/);
});

Deno.test("findings J.9: an empty group is all defaults, with a comment below it or without", () => {
  const defaults = settingsSchema.parse({});
  for (const text of ["market:\n  # rows: 1000\n", "market:\npopulation:\n", "market: {}\n", "market: ~\n"]) {
    assert.deepEqual(resolved(text).settings, defaults, text);
  }
});

// Each of these was read without a word, as something else than it says, or ended in a stack.
Deno.test("findings J.9: what YAML can do beyond groups, lists and texts is refused with its line", () => {
  const cases: readonly (readonly [text: string, says: RegExp])[] = [
    ["seed: 1\nmarket: !!omap\n  - rows: 1000\n", /my\.yaml, line 3, as tags \(.*omap\) are not read/],
    ["market: !!map {rows: 1000}", /line 1, as tags .*map\) are not read/],
    ["seed: !!int 5\n", /line 1, as tags .*int\) are not read|YAML 1\.2: Unresolved tag/],
    ["seed: !mine 5\n", /line 1, as it must be YAML 1\.2: Unresolved tag: !mine/],
    ["market: &m {seed: 2}\n", /line 1, as anchors \(&name\) are not read/],
    ["a: 1\nmarket: *missing\n", /line 2, as aliases \(\*name\) are not read/],
    ["a: &x [1]\nb: *x\n", /line 1, as anchors/],
    ["%YAML 1.1\n---\nseed: 1\n", /as it must be YAML 1\.2: current value is 1\.1/],
    ["%HELLO world\n---\nseed: 1\n", /line 1, as it must be YAML 1\.2: Unknown directive/],
    ["seed: 1\n---\nseed: 2\n", /as it must be YAML 1\.2: .*multiple documents/],
    ["? [seed]\n: 1\n", /line 1, as a key must be a name/],
    [": 1\n", /line 1, as a key must be a name/],
  ];
  for (const [text, says] of cases) assert.match(refusal(text), says, text);
});

Deno.test("findings J.9: a billion laughs are refused before anything is expanded", () => {
  const laughs = Array.from(
    { length: 30 },
    (_, i) => `a${i}: &a${i} [${`*a${i - 1}, `.repeat(i === 0 ? 0 : 9)}]`,
  );
  assert.match(refusal(laughs.join("\n")), /line 1, as anchors/);
});

Deno.test("findings J.9: size, depth and number of keys are bounded, and the error says the bound", () =>
  inFolder(async (folder) => {
    const path = join(folder, "my.yaml");
    await Deno.writeTextFile(path, `seed: 1 # ${"x".repeat(300_000)}\n`);
    await assert.rejects(readSettingsFile(path), /as it may have 256 kB, no more/);
    const keys = Array.from({ length: 20_000 }, (_, i) => `k${i}: 1`).join("\n");
    assert.match(refusal(keys), /line 1000, as it may hold 2000 keys and values, no more/);
    const deep = (depth: number) => `${"{a: ".repeat(depth)}1${"}".repeat(depth)}`;
    for (const depth of [9, 60_000]) assert.match(refusal(deep(depth)), /8 deep within one another/);
    assert.match(complaints(deep(8))[0]!, /^a: no such setting/);
  }));

Deno.test("a key given twice, or broken YAML, is named with its file and line", () => {
  assert.match(
    refusal("seed: 1\npopulation:\n  size: 5\n  size: 3\n"),
    /my\.yaml, line 4, as keys must be unique: size stands in line 3 already/,
  );
  assert.match(refusal("seed: 1\npopulation: [1, 2\nsize: 3\n"), /my\.yaml, line [23],.*YAML/);
  assert.match(refusal("seed: 1\n\tsize: 3\n"), /my\.yaml, line 2, .*Tabs/);
});

Deno.test("a file that cannot be read is named, and why", () =>
  inFolder(async (folder) => {
    const refused = (path: string, says: RegExp) =>
      assert.rejects(
        readSettingsFile(path),
        (error) => error instanceof UserError && error.message.includes(path) && says.test(error.message),
      );
    await refused(join(folder, "none.yaml"), /must exist: there is no such file/);
    await refused(folder, /must be a file: it is a folder/);
    await Deno.symlink("loop.yaml", join(folder, "loop.yaml"));
    await refused(join(folder, "loop.yaml"), /in a circle/);
    await Deno.writeFile(join(folder, "latin.yaml"), Uint8Array.of(0x61, 0x3a, 0x20, 0xe4));
    await refused(join(folder, "latin.yaml"), /text must be UTF-8/);
  }));

Deno.test("what a file holds reaches no terminal raw", () => {
  const lines = complaints('"a\\e[31mb\\u202e": 1\npipeline: {risk: "\\e[2J\\x9b"}\n').join("\n");
  assert.match(lines, /a\\x1b\[31mb\\u\{202e\}: no such setting/);
  assert.match(lines, /current value is "\\u001b\[2J\\x9b"/);
  assert.doesNotMatch(lines, /[^\P{C}\n]/u);
});
