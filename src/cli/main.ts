/** popagent: parse, wire adapters, call, print. */
import { Command, CommanderError } from "commander";
import { listedCommands, loadCommands } from "./commands.ts";
import { versionText } from "./version.ts";
import { mistakeOf } from "./mistakes.ts";
import { say, tell } from "./print.ts";

const EXAMPLES = `
Examples:
  deno task population                     let populations learn on a synthetic market
  deno task population --data data/bybit   the same on real bars
  deno task popagent runs list             what has been run; compare two of them with runs compare
  deno task popagent population --help     everything a command takes
  deno task popagent config                every setting, its default and its meaning
  deno task popagent --version             of PopAgent, Deno, the commit and the locked packages`;

/** Code of the error that asks for the version: reading it takes time, which commander's own option has not. */
const VERSION = "popagent.version";

/** Builds the program of these commands. */
export function createProgram(commands: readonly (() => Command)[]): Command {
  const program = new Command("popagent")
    .enablePositionalOptions() // a flag after a command is that command's, whoever else has one of its name
    .description("Populations of trading agents that co-evolve and share knowledge, honestly measured")
    .option("-V, --version", "print the versions and the commit")
    .on("option:version", () => {
      throw new CommanderError(0, VERSION, "");
    })
    .addHelpText("after", EXAMPLES);
  for (const make of commands) program.addCommand(make());
  prepare(program);
  return program;
}

/** What every command does on a wrong command line, and how it prints; added commands do not inherit it. */
function prepare(command: Command): void {
  command.exitOverride().showHelpAfterError("(add --help for what the command takes)").configureOutput({
    writeOut: (text) => say(text.replace(/\n$/, "")),
    writeErr: (text) => tell(text.replace(/\n$/, "")),
  });
  command.commands.forEach(prepare);
}

/** What a command line needs: the command that it begins with; the list where all are asked for; else every one. */
async function commandsFor([first, ...rest]: readonly string[]): Promise<(() => Command)[]> {
  if (["--help", "-h", "--version", "-V"].includes(first ?? "") && rest.length === 0) return listedCommands();
  const [named] = await loadCommands([first ?? ""]);
  return named ? [named] : await loadCommands();
}

/** Runs a command line. @returns The exit code: 0, or 1 after one message that says what was wrong. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    const program = createProgram(await commandsFor(args));
    await program.parseAsync([...args], { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.code === VERSION) say(await versionText());
      return error.exitCode;
    }
    const mistake = mistakeOf(error);
    tell(mistake ?? `This is a fault of PopAgent, not of yours. What happened:\n${Deno.inspect(error)}`);
    return 1;
  }
}

if (import.meta.main) Deno.exit(await main(Deno.args));
