import assert from "node:assert/strict";
import type { Command } from "commander";
import { loadCommands } from "popagent/cli/commands.ts";
import { createProgram } from "popagent/cli/main.ts";
import { inFolder, popagent } from "./cli.ts";

const COMMANDS = await loadCommands();
const CONFIG = ["--config", "--data", "--synthetic", "--ic", "--seed", "--set"];
const PIPELINE = ["--analyst", "--researcher", "--trader", "--risk", "--opening", "--trades", "--iterations"];
const BARS = [...CONFIG, "--rows", "--json"];

/** Every command with the flags its help must name. */
const FLAGS: Readonly<Record<string, readonly string[]>> = {
  "population": [...CONFIG, "--pop-size", "--transfer-freq", "--iterations", "--seeds", "--no-references"]
    .concat("--opening", "--resume", "--workers", "--memory", "--out", "--metrics", "--json")
    .concat("--cassettes", "--cassette-folder", "--models", "--plan"),
  "multi": [...CONFIG, ...PIPELINE, "--out", "--metrics", "--json"],
  "run": [...CONFIG, ...PIPELINE, "--coin", "--out", "--metrics", "--json"],
  "paper": [
    ...CONFIG,
    "--symbols",
    "--exchange",
    "--once",
    "--rows",
    "--until",
    "--history",
    "--limit",
    "--name",
  ]
    .concat("--out", "--memory", "--json", "--notify", "--reports")
    .concat("--cassettes", "--cassette-folder", "--models"),
  "paper halt": ["--reduce", "--active", "--out"],
  "paper replay": ["--out"],
  "paper divergence": ["--out", "--json"],
  "status": ["--out", "--json", "--follow"],
  "watch": ["--port", "--out"],
  "report": ["--days", "--html", "--out", "--json"],
  "data": [],
  "data check": [...BARS, "--opening"],
  "data describe": BARS,
  "data facts": [...BARS, "--markets"],
  "data features": [...BARS, "--out"],
  "data fetch": ["--coins", "--from", "--to", "--bar", "--out", "--base-url", "--json"],
  "data import": ["--coin", "--out", "--from", "--to", "--utc", "--json"],
  "data synthetic": ["--mode", "--ic", "--seed", "--rows", "--out"],
  "runs": [],
  "runs list": ["--last", "--runs", "--json"],
  "runs show": ["--runs", "--json"],
  "runs compare": ["--runs", "--json"],
  "runs prune": ["--keep", "--yes", "--runs"],
  "explain": ["--time", "--coin", "--strategy", "--extensions", "--data", "--opening", "--runs", "--json"],
  "replay": ["--role", "--agent", "--niches", "--extensions", "--data", "--opening", "--runs", "--json"],
  "branch": ["--without-transfer", "--without-mutation", "--without-learning", "--role", "--quiet"]
    .concat("--extensions", "--data", "--opening", "--runs", "--json"),
  "config": [...CONFIG, "--schema", "--json"],
  "figures": ["--only", "--format", "--theme", "--width", "--candles", "--from", "--to", "--data", "--out"]
    .concat("--runs", "--extensions"),
  "tables": ["--only", "--format", "--out", "--runs"],
  "experiment": [],
  "experiment plan": ["--workers", "--freeze", "--results", "--opening", "--store"],
  "experiment run": [
    "--workers",
    "--only",
    "--opening",
    "--queue",
    "--share",
    "--priority",
    "--robust",
    "--flips",
    "--results",
    "--store",
    "--cassettes",
    "--cassette-folder",
  ],
  "worker": ["--queue", "--workers", "--share", "--memory", "--lock"],
  "queue": ["--queue", "--port"],
  "experiment status": ["--store", "--json"],
  "experiment compare": ["--arm", "--against", "--store", "--json"],
  "experiment summary": ["--results", "--outcome", "--pieces", "--store", "--json"],
  "experiment export": ["--results", "--paper", "--store"],
  "experiment verify": ["--results", "--paper"],
  "experiment shard": ["--index", "--count", "--workers", "--opening", "--store"],
  "experiment merge": ["--store"],
  "inventory": ["--pool", "--extensions", "--json"],
  "llm": [],
  "llm models": ["--models", "--json"],
  "llm ask": [
    "--model",
    "--system",
    "--schema",
    "--max-tokens",
    "--cassettes",
    "--cassette-folder",
    "--models",
  ]
    .concat("--json"),
  "llm draw": [...CONFIG, "--points", "--prompt", "--out"],
  "llm plan": ["--model", "--system", "--schema", "--max-tokens", "--cassette-folder", "--models", "--json"]
    .concat("--benchmark", "--points", "--probed"),
  "llm run": [
    "--model",
    "--max-tokens",
    "--cassettes",
    "--cassette-folder",
    "--models",
    "--benchmark",
    "--minutes",
  ]
    .concat("--points", "--probed"),
  "llm compare": ["--no-simulated", "--markdown", "--json"],
  "llm comment": [
    "--model",
    "--max-tokens",
    "--cassettes",
    "--cassette-folder",
    "--models",
    "--runs",
    "--plan",
    "--json",
  ],
  "llm distil": ["--model", "--iterations", "--plan", "--max-tokens", "--cassettes", "--cassette-folder"]
    .concat("--models", "--runs", "--extensions", "--data", "--opening", "--json"),
  "llm check": ["--model", "--prompt", "--points", "--samples", "--before", "--keep", "--benchmark"]
    .concat("--max-tokens", "--cassettes", "--cassette-folder", "--models"),
  "leakcheck": ["--seed", "--planted", "--extensions", "--markets", "--out", "--json"],
  "holdout": [],
  "holdout open": ["--experiment", "--reason", "--results"],
  "holdout list": ["--json"],
  "news": [],
  "news digest": [...BARS, "--at", "--time"],
  "news fetch": [
    "--from",
    "--to",
    "--provider",
    "--coins",
    "--plan",
    "--cassettes",
    "--settings",
    "--out",
    "--models",
  ]
    .concat("--json"),
  "news enrich": [
    "--model",
    "--most",
    "--coins",
    "--cassettes",
    "--cassette-folder",
    "--out",
    "--models",
    "--json",
  ],
  "validate": [
    "--markets",
    "--first",
    "--rows",
    "--ic",
    "--data",
    "--workers",
    "--out",
    "--stored",
    "--set",
    "--store",
  ],
};

/** The paths of every command there is, groups included. */
function pathsOf({ commands }: Command, above = ""): string[] {
  return commands.flatMap((command) => {
    const path = `${above}${command.name()}`;
    return [path, ...pathsOf(command, `${path} `)];
  });
}

function commandNamed(path: string): Command {
  return path.split(" ").reduce((command, name) => {
    const found = command.commands.find((one) => one.name() === name);
    assert.ok(found, `there must be a command ${path}`);
    return found;
  }, createProgram(COMMANDS));
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

Deno.test("issue 9.7: every command that reads a run is told which in the same way", () => {
  const reading = ["runs show", "runs compare", "explain", "replay", "branch", "figures", "tables"].map(
    commandNamed,
  );
  const runs = ({ options }: Command) => options.find(({ long }) => long === "--runs");
  for (const command of reading) {
    assert.equal(
      command.registeredArguments[0]!.description,
      reading[0]!.registeredArguments[0]!.description,
    );
    assert.deepEqual(
      [runs(command)?.flags, runs(command)?.description, runs(command)?.defaultValue],
      ["--runs <folder>", "the folder of runs", "data/runs"],
    );
  }
});

/** An example calls a task, a command there is and flags it takes. */
function requireKnown(example: string): void {
  const words = example.split(/ {2,}/)[0]!.split(" ");
  assert.deepEqual(words.slice(0, 2), ["deno", "task"], example);
  const rest = words[2] === "popagent" ? words.slice(3) : words.slice(2);
  if (rest[0] === "fetch") rest.unshift("data");
  if (rest[0] === "queue-experiment") rest[0] = "experiment";
  if (/^paper-(bybit|language|notify)$/.test(rest[0]!)) rest[0] = "paper";
  const nested = ["data", "runs", "experiment", "llm", "holdout", "news"].includes(rest[0]!);
  const path = nested || (rest[0] === "paper" && !rest[1]!.startsWith("--"))
    ? rest.slice(0, 2).join(" ")
    : rest[0]!;
  const known = commandNamed(path).options.map(({ long }) => long as string).concat("--help");
  for (const word of rest.filter((one) => one.startsWith("--"))) {
    assert.ok(known.includes(word.split("=")[0]!), `${word} in ${example}`);
  }
}

Deno.test("every command there is has its flags in the table above, and stands in the help of what holds it", () => {
  const program = createProgram(COMMANDS);
  assert.deepEqual(pathsOf(program).sort(), Object.keys(FLAGS).sort());
  for (const command of [program, ...program.commands]) {
    const [, listed = ""] = helpOf(command).split("Commands:\n");
    for (const one of command.commands) {
      assert.match(listed, new RegExp(`^  ${one.name()} `, "m"), one.name());
    }
  }
});

Deno.test("popagent --help prints that help and ends with 0; so does a command without its own", () =>
  inFolder(async (folder) => {
    const { code, stdout, stderr } = await popagent(folder, "--help");
    assert.deepEqual([code, stderr], [0, ""]);
    assert.equal(stdout, helpOf(createProgram(COMMANDS)));
    const asked = await popagent(folder, "population", "--help");
    assert.equal(asked.code, 0);
    assert.match(asked.stdout, /Examples:\n {2}deno task population/);
    const wrong = await popagent(folder, "populaton");
    assert.equal(wrong.code, 1);
    assert.match(wrong.stderr, /unknown command 'populaton'\n\(Did you mean population\?\)/);
  }));

Deno.test("multi and run list every variant in their help", () => {
  for (const path of ["multi", "run"]) {
    const help = helpOf(commandNamed(path)).replace(/\s+/g, " ");
    for (const names of ["technical, statistical, momentum, volatility, hybrid", "var_based, drawdown"]) {
      assert.ok(help.includes(names), names);
    }
  }
});
