import assert from "node:assert/strict";
import type { Command } from "commander";
import { createProgram } from "popagent/cli/main.ts";

const CONFIG = ["--config", "--data", "--synthetic", "--ic", "--seed", "--set"];
const PIPELINE = ["--analyst", "--researcher", "--trader", "--risk", "--holdout", "--trades", "--iterations"];
const BARS = [...CONFIG, "--rows", "--json"];

/** Every command with the flags its help must name. */
const FLAGS: Readonly<Record<string, readonly string[]>> = {
  "population": [...CONFIG, "--pop-size", "--transfer-freq", "--iterations", "--seeds", "--no-references"]
    .concat("--holdout", "--resume", "--workers", "--out", "--json"),
  "multi": [...CONFIG, ...PIPELINE, "--out", "--json"],
  "run": [...CONFIG, ...PIPELINE, "--coin", "--out", "--json"],
  "data": [],
  "data check": BARS,
  "data describe": BARS,
  "data features": [...BARS, "--out"],
  "data synthetic": ["--mode", "--ic", "--seed", "--rows", "--out"],
};

function commandNamed(path: string): Command {
  return path.split(" ").reduce((command, name) => {
    const found = command.commands.find((one) => one.name() === name);
    assert.ok(found, `there must be a command ${path}`);
    return found;
  }, createProgram());
}

/** The help as it is printed, examples included. */
function helpOf(command: Command): string {
  let text = "";
  command.configureOutput({ writeOut: (part) => text += part });
  command.outputHelp();
  return text;
}

for (const [path, flags] of Object.entries(FLAGS)) {
  Deno.test(`popagent ${path} --help names its flags and gives examples that would be understood`, () => {
    const command = commandNamed(path);
    const help = helpOf(command);
    for (const flag of flags) assert.match(help, new RegExp(`(^|[ ,])${flag}[ ,]`, "m"), flag);
    assert.equal(command.options.length, flags.length, "a flag that no test knows of");
    assert.ok(command.options.every(({ description }) => description.length > 0));
    const [, examples] = help.split("Examples:\n");
    assert.ok(examples, "examples");
    for (const line of examples!.trim().split("\n")) requireKnown(line.trim());
  });
}

/** An example calls a task, a command there is and flags it takes. */
function requireKnown(example: string): void {
  const words = example.split(/ {2,}/)[0]!.split(" ");
  assert.deepEqual(words.slice(0, 2), ["deno", "task"], example);
  const rest = words[2] === "popagent" ? words.slice(3) : words.slice(2);
  const path = rest[0] === "data" ? rest.slice(0, 2).join(" ") : rest[0]!;
  const known = commandNamed(path).options.map(({ long }) => long as string).concat("--help");
  for (const word of rest.filter((one) => one.startsWith("--"))) {
    assert.ok(known.includes(word.split("=")[0]!), `${word} in ${example}`);
  }
}

Deno.test("popagent --help lists every command", () => {
  const help = helpOf(createProgram());
  for (const name of ["population", "multi", "run", "data"]) {
    assert.match(help, new RegExp(`^  ${name} `, "m"));
  }
});

Deno.test("multi and run list every variant in their help", () => {
  for (const path of ["multi", "run"]) {
    const help = helpOf(commandNamed(path)).replace(/\s+/g, " ");
    for (const names of ["technical, statistical, momentum, volatility, hybrid", "var_based, drawdown"]) {
      assert.ok(help.includes(names), names);
    }
  }
});
