import { join } from "node:path";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

/** What a command left behind. */
export interface Spoken {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the real command line in a folder, as a user would. */
export async function popagent(cwd: string, ...args: readonly string[]): Promise<Spoken> {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", MAIN, ...args],
    cwd,
    env: { NO_COLOR: "1" },
  });
  return await spokenBy(command);
}

/** Runs the real command line as a part of a shell's line: `$popagent` stands for it, with flags of Deno's. */
export async function shell(cwd: string, line: string, ...flags: readonly string[]): Promise<Spoken> {
  const command = new Deno.Command("sh", {
    args: ["-c", line],
    cwd,
    env: { NO_COLOR: "1", popagent: [Deno.execPath(), "run", "-A", ...flags, MAIN].join(" ") },
  });
  return await spokenBy(command);
}

async function spokenBy(command: Deno.Command): Promise<Spoken> {
  const { code, stdout, stderr } = await command.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

/** Starts the real command line and does not wait for it; what it says is thrown away. */
export function startPopagent(cwd: string, ...args: readonly string[]): Deno.ChildProcess {
  const line = ["run", "-A", MAIN, ...args];
  return new Deno.Command(Deno.execPath(), { args: line, cwd, stdout: "null", stderr: "null" }).spawn();
}

/** Gives a folder of its own to `use` and takes it away afterwards. */
export async function inFolder<Value>(use: (folder: string) => Promise<Value>): Promise<Value> {
  const folder = await Deno.makeTempDir({ prefix: "popagent-cli-" });
  try {
    return await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Everything below a folder, as ascending paths relative to it. */
export async function tree(folder: string, below = ""): Promise<string[]> {
  const paths: string[] = [];
  for await (const entry of Deno.readDir(join(folder, below))) {
    const path = join(below, entry.name);
    paths.push(path);
    if (entry.isDirectory) paths.push(...await tree(folder, path));
  }
  return paths.sort();
}

/** The one entry of a folder, or the one whose name has a pattern. */
export async function only(folder: string, pattern = /./): Promise<string> {
  const all = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name);
  const names = all.filter((name) => pattern.test(name));
  if (names.length !== 1) {
    throw new Error(`Cannot take the one entry of ${folder} as it holds ${names.length}`);
  }
  return join(folder, names[0]!);
}
