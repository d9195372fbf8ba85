/**
 * The command line, one command after another in one process, so that its modules are loaded once: reads a
 * command a line from stdin (JSON), prints where the real one prints, and says with END that a command is over: on
 * stderr after its exit code, on stdout where that takes anything.
 */
import process from "node:process";
import { createInterface } from "node:readline";
import { main } from "popagent/cli/main.ts";
import { type Asked, END } from "./warm_words.ts";

const bytes = new TextEncoder();
const home = Deno.cwd();

for await (const line of createInterface({ input: process.stdin })) {
  const { cwd, args } = JSON.parse(line) as Asked;
  Deno.chdir(cwd);
  const code = await main(args);
  Deno.chdir(home);
  Deno.stderr.writeSync(bytes.encode(`${code}${END}`));
  try {
    Deno.stdout.writeSync(bytes.encode(END));
  } catch {
    continue; // a full one, which nobody reads
  }
}
